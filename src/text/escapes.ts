/** Makes a text safe as content and as a quoted attribute. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Characters as escapes of JSON and JavaScript, `\\u2028`. @param which a pattern with the flag g, of single units */
export function escapeUnits(text: string, which: RegExp): string {
  return text.replace(which, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Signs of mark-up as entities. @param which those that mean something where the text shall stand, with the flag g */
export function escapeAsEntities(text: string, which: RegExp): string {
  return text.replace(which, (sign) => entities[sign] ?? sign);
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** The entity of a sign of mark-up in HTML and XML; undefined for any other character. */
export function entityOf(character: string): string | undefined {
  return entities.get(character);
}

/** Signs of mark-up as entities. @param which those that mean something where the text shall stand, with the flag g */
export function escapeAsEntities(text: string, which: RegExp): string {
  return text.replace(which, (sign) => entityOf(sign) ?? sign);
}

/** Signs of mark-up as numbers of characters, safe as content and as a quoted attribute. @param which as above */
export function escapeMarkup(text: string, which = /[&<>"']/g): string {
  return text.replace(which, (sign) => `&#${sign.charCodeAt(0)};`);
}

const characters: ReadonlyMap<string, string> = new Map(
  [...entities].map(([sign, entity]) => [entity, sign]),
);

/** Turns back what `escapeAsEntities` wrote of `& < > "`; other entities stay. */
export function unescapeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => characters.get(entity) ?? entity);
}

/** Characters as escapes of JSON and JavaScript, `\\u2028`. @param which a pattern with the flag g, of single units */
export function escapeUnits(text: string, which: RegExp): string {
  return text.replace(which, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

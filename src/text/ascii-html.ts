import { entityOf } from './escapes.ts';

/**
 * A text as ASCII HTML: mark-up characters, control characters and everything beyond ASCII as entities, so that it
 * can stand in an element or in a quoted attribute and one line stays one line. One client decodes answers as
 * ASCII and fails on anything else.
 */
export function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']|[^\x20-\x7e]/gu,
    (character) => entityOf(character) ?? `&#${codeOf(character)};`,
  );
}

/** A text for people to read in HTML: escaped, line ends as line breaks. */
export function htmlLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(escapeHtml)
    .join('<br>');
}

/** A text as one line of ASCII for plain answers: only what is not printable ASCII becomes an entity. */
export function asciiLine(text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? text
    : text.replace(/[^\x20-\x7e]/gu, (character) => `&#${codeOf(character)};`);
}

/** Turns numeric entities back: a client that sends a line of an answer back means the character. */
export function withoutEntities(text: string): string {
  return text.replace(/&#(\d{1,7});/g, (entity, digits: string) => {
    const code = Number(digits);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
  });
}

/** Lone surrogates are no characters; they show as the replacement character. */
function codeOf(character: string): number {
  const code = character.codePointAt(0) ?? 0xff_fd;
  return code >= 0xd8_00 && code <= 0xdf_ff ? 0xff_fd : code;
}

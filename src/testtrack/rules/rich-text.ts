import type { RichText } from '../model/item-record.ts';

export const noText: RichText = Object.freeze({ text: '', html: undefined, images: Object.freeze([]) });

/** Plain text with nothing else. */
export function plainText(text: string): RichText {
  return text === '' ? noText : { text, html: undefined, images: [] };
}

/**
 * A multi-line text as a session sees it. [documented: HTML when formatted text is on, the tags stripped when off]
 */
export function readText(value: RichText, formatted: boolean): string {
  return formatted && value.html !== undefined ? value.html : value.text;
}

/**
 * Takes a multi-line text from a session. [documented: writing in plain mode removes all formatting, images stay]
 */
export function writeText(before: RichText, sent: string, formatted: boolean): RichText {
  if (formatted && looksFormatted(sent)) return { text: stripTags(sent), html: sent, images: before.images };
  if (before.html === undefined && before.text === sent) return before;
  return { text: sent, html: undefined, images: before.images };
}

function looksFormatted(text: string): boolean {
  return /<\/?[a-z][^<>]*>/i.test(text);
}

const blockEnd = /<(?:br\s*\/?|\/p|\/div|\/li|\/tr|\/h[1-6])>/gi;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** HTML as plain text: blocks end in CR LF, tags are gone, entities are characters. */
export function stripTags(html: string): string {
  return html
    .replace(blockEnd, '\r\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/(?:\r\n)+$/, '');
}

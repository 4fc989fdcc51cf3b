/**
 * strong-soap trims every text that it reads, so a description that begins with a blank or ends with a line break
 * would be saved without it. Before it reads, a mark that no text can hold (a Unicode noncharacter) is put around
 * the text of every element that has nothing but text; afterwards the marks are taken away.
 */
const mark = '\uFDD0';

/** A start tag with nothing but text up to the next end tag. Attribute values are read whole: they may hold `>`. */
const textElement = /(<[A-Za-z_][^\s<>/]*(?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*>)([^<]+)(?=<\/)/g;

/** Marks the ends of texts in an XML document. */
export function guardTexts(xml: string): string {
  return xml.replace(textElement, `$1${mark}$2${mark}`);
}

/** Takes the marks away again. */
export function withoutGuards(text: string): string {
  return text.includes(mark) ? text.replaceAll(mark, '') : text;
}

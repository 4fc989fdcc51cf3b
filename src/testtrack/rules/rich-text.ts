import type { RichText, StoredAttachment } from '../model/item-record.ts';
import { cleanHtml, hasMarkup, htmlOf, looksLikeHtml, textOf, withImageNames } from './html.ts';

export const noText: RichText = Object.freeze({ text: '', html: undefined, images: Object.freeze([]) });

/** Plain text with nothing else. */
export function plainText(text: string): RichText {
  return text === '' ? noText : { text, html: undefined, images: noText.images };
}

/** A text written as HTML. Nothing that could act is kept; without any tags left it is plain text. */
export function formattedText(html: string, images: readonly StoredAttachment[]): RichText {
  const clean = cleanHtml(html);
  const text = textOf(clean);
  const isPlain = !clean.includes('<') || (text === '' && !clean.includes('<img'));
  return withImages({ text, html: isPlain ? undefined : clean, images: [] }, images);
}

/** Whether a text holds nothing, not even a picture. */
export function isBlank({ text, images }: RichText): boolean {
  return text === '' && images.length === 0;
}

/**
 * Whether a text has something that writing it in plain mode would take away or move: markup beyond paragraphs and
 * line breaks, or a picture. [inferred]
 */
export function containsFormatting({ html, images }: RichText): boolean {
  return images.length > 0 || (html !== undefined && hasMarkup(html));
}

/**
 * A multi-line text as a session sees it. [documented: HTML when formatted text is on, the tags stripped when off]
 *
 * A text without formatting is the same in both modes, unless it would mean something else as HTML or has pictures,
 * which then stand at its end. [inferred; the place of the pictures documented]
 */
export function readText(value: RichText, formatted: boolean): string {
  const { text, html, images } = value;
  if (!formatted) return text;
  if (html !== undefined) return html;
  if (images.length === 0 && !looksLikeHtml(text)) return text;
  return htmlOf(
    text,
    images.map(({ archiveName }) => archiveName),
  );
}

/**
 * Takes a multi-line text from a session. [documented: writing in plain mode removes all formatting, images stay and
 * move to the end] Sending back what was shown in formatted mode is no change.
 *
 * @throws fault 23 for HTML that cannot be read in reasonable time
 */
export function writeText(before: RichText, sent: string, formatted: boolean): RichText {
  const { images } = before;
  if (formatted && sent === readText(before, true)) return before;
  if (formatted && looksLikeHtml(sent)) return formattedText(sent, images);
  if (before.html === undefined && before.text === sent) return before;
  return { text: sent, html: undefined, images };
}

/**
 * A text with these pictures. In HTML a new picture is named by its file and a stored one by its archive name; the
 * file names are replaced as soon as the pictures are known. [documented]
 */
export function withImages(value: RichText, images: readonly StoredAttachment[]): RichText {
  const { html } = value;
  const names = new Map(images.map(({ fileName, archiveName }) => [fileName, archiveName]));
  for (const { archiveName } of images) names.delete(archiveName);
  const named = html === undefined ? undefined : withImageNames(html, names);
  return named === html && images === value.images ? value : { ...value, html: named, images };
}

/** The pictures in all multi-line texts of a record, wherever they stand in it. */
export function picturesIn(value: unknown): readonly StoredAttachment[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if ('html' in value && 'images' in value) return (value as RichText).images;
  return Object.values(value).flatMap(picturesIn);
}

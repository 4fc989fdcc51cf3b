import type { Steps } from '../answers/steps.ts';

/** A document whose raw carriage returns were swapped for `mark`, a character it holds nowhere else. */
export interface MarkedText {
  readonly xml: string;
  /** To be turned back into CR in every text that the parser reports; undefined when nothing was swapped. */
  readonly mark: string | undefined;
}

const CDATA = '<![CDATA[';
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const GREATER = 0x3e;

/** Characters of the private use area, of which a document would have to hold every one to get no mark. */
const MARKS = ['\ue00d', '\ue0d1', '\ue3d7', '\uf00d', '\uf1d3', '\uf8d5'];

/**
 * Keeps carriage returns in values. XML 1.0 (2.11) turns a raw CR LF into LF, but gSOAP hands it through
 * (observed with 2.8.124), clients such as suds send multi-line text with raw CR LF, and the vendor's own
 * examples rely on it. So each raw CR in text is hidden from the parser; CRs inside tags, comments and
 * around the root element stay what they are: blanks.
 */
export function* hideCarriageReturns(xml: string): Steps<MarkedText> {
  const mark = xml.includes('\r') ? MARKS.find((each) => !xml.includes(each)) : undefined;
  if (mark === undefined) return { xml, mark };
  const end = xml.lastIndexOf('</');
  const pieces: string[] = [];
  let position = 0;
  let insideRoot = false;
  while (position < end) {
    const open = xml.indexOf('<', position);
    const text = xml.slice(position, open);
    if (insideRoot) yield* swapInto(pieces, text, ['\r', mark]);
    else pieces.push(text);
    position = open;
    if (open === end) break;
    const close = endOfMarkup(xml, open);
    const markup = xml.slice(open, close);
    if (insideRoot && markup.startsWith(CDATA)) yield* swapInto(pieces, markup, ['\r', mark]);
    else pieces.push(markup);
    insideRoot ||= markup[1] !== '!' && markup[1] !== '?';
    position = close;
  }
  pieces.push(xml.slice(position));
  return { xml: pieces.join(''), mark };
}

/** Gives a text that the parser reported its carriage returns back. */
export function* restoreCarriageReturns(text: string, mark: string): Steps<string> {
  if (!text.includes(mark)) return text;
  const pieces: string[] = [];
  yield* swapInto(pieces, text, [mark, '\r']);
  return pieces.join('');
}

/** So many characters are looked through at a stretch: a few milliseconds, whatever they are. */
const STRETCH = 64 * 1024;

/** Splitting and joining is five times as fast as replaceAll when there are millions of them. */
function* swapInto(pieces: string[], text: string, [from, to]: readonly [string, string]): Steps<void> {
  for (let at = 0; at < text.length; at += STRETCH) {
    yield;
    const stretch = text.slice(at, at + STRETCH);
    pieces.push(stretch.includes(from) ? stretch.split(from).join(to) : stretch);
  }
}

/** Index after the tag, comment, CDATA section or processing instruction that starts at `open`. */
function endOfMarkup(xml: string, open: number): number {
  if (xml.startsWith('<!--', open)) return after(xml, '-->', open + 4);
  if (xml.startsWith(CDATA, open)) return after(xml, ']]>', open + CDATA.length);
  if (xml.startsWith('<?', open)) return after(xml, '?>', open + 2);
  return endOfTag(xml, open + 1);
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  return found < 0 ? xml.length : found + mark.length;
}

/** A `>` inside a quoted attribute value does not end the tag. */
function endOfTag(xml: string, from: number): number {
  let quote = 0;
  for (let index = from; index < xml.length; index += 1) {
    const code = xml.charCodeAt(index);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return index + 1;
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) quote = code;
  }
  return xml.length;
}

import { SaxesParser } from 'saxes';
import { Pending } from '../../src/answers/pending.ts';
import type { AnyCFile } from '../../src/testtrack/model/operation-types.generated.ts';
import { zipEntries } from './zip-file.ts';

/** What a paragraph of a Word file says; lines are divided by LF. */
export interface WordParagraph {
  /** `Title`, `Heading1` … ; empty for plain text. */
  readonly style: string;
  readonly text: string;
}

/** A Word file as somebody reads it: paragraphs and tables in order, a table as its rows of cells. */
export type WordPart = WordParagraph | { readonly rows: readonly (readonly string[])[] };

/** The file that a call without a wire gives, once its bytes are there. */
export async function finished(result: AnyCFile): Promise<AnyCFile> {
  const value: unknown = result;
  return value instanceof Pending ? ((await value.finish()) as AnyCFile) : result;
}

/** A part of a Word file, such as `word/document.xml`, that is well-formed XML. @throws Error when it is not there */
export function wordXml(file: AnyCFile, name: string): string {
  const entry = zipEntries(file['m-pFileData'] ?? Buffer.alloc(0)).find((each) => each.name === name);
  if (!entry) throw new Error(`the Word file has no ${name}`);
  const text = entry.bytes.toString('utf8');
  new SaxesParser({ xmlns: true }).write(text).close();
  return text;
}

/** What a Word file shows. */
export function wordParts(file: AnyCFile): WordPart[] {
  const parts: WordPart[] = [];
  let rows: string[][] | undefined;
  let style = '';
  let text = '';
  let isText = false;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'w:tbl') rows = [];
    else if (name === 'w:tr') rows?.push([]);
    else if (name === 'w:tc') text = '';
    else if (name === 'w:p') {
      style = '';
      if (!rows) text = '';
    } else if (name === 'w:pStyle') style = attributes['w:val'] ?? '';
    else if (name === 'w:br') text += '\n';
    else if (name === 'w:t') isText = true;
  });
  parser.on('text', (piece) => {
    if (isText) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') isText = false;
    else if (name === 'w:tc') rows?.at(-1)?.push(text);
    else if (name === 'w:tbl') {
      parts.push({ rows: rows ?? [] });
      rows = undefined;
    } else if (name === 'w:p' && !rows && (text !== '' || style !== '')) parts.push({ style, text });
  });
  parser.write(wordXml(file, 'word/document.xml')).close();
  return parts;
}

/** The headings of a Word file, each with its style before it. */
export function headingsOf(file: AnyCFile): string[] {
  return wordParts(file).flatMap((part) =>
    'style' in part && part.style.startsWith('Heading') ? [`${part.style.slice(7)} ${part.text}`] : [],
  );
}

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
  const reader = new PartsReader();
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => reader.open(name, attributes['w:val'] ?? ''));
  parser.on('text', (piece) => reader.read(piece));
  parser.on('closetag', ({ name }) => reader.close(name));
  parser.write(wordXml(file, 'word/document.xml')).close();
  return reader.parts;
}

class PartsReader {
  readonly parts: WordPart[] = [];
  private rows: string[][] | undefined;
  private style = '';
  private text = '';
  private isText = false;

  open(name: string, value: string): void {
    if (name === 'w:tbl') this.rows = [];
    else if (name === 'w:tr') this.rows?.push([]);
    else if (name === 'w:tc') this.text = '';
    else if (name === 'w:p') this.openParagraph();
    else if (name === 'w:pStyle') this.style = value;
    else if (name === 'w:br') this.text += '\n';
    else if (name === 'w:t') this.isText = true;
  }

  read(piece: string): void {
    if (this.isText) this.text += piece;
  }

  close(name: string): void {
    if (name === 'w:t') this.isText = false;
    else if (name === 'w:tc') this.rows?.at(-1)?.push(this.text);
    else if (name === 'w:tbl') this.closeTable();
    else if (name === 'w:p') this.closeParagraph();
  }

  private openParagraph(): void {
    this.style = '';
    if (!this.rows) this.text = '';
  }

  private closeTable(): void {
    this.parts.push({ rows: this.rows ?? [] });
    this.rows = undefined;
  }

  private closeParagraph(): void {
    const { style, text } = this;
    if (!this.rows && (text !== '' || style !== '')) this.parts.push({ style, text });
  }
}

/** The headings of a Word file, each with its style before it. */
export function headingsOf(file: AnyCFile): string[] {
  return wordParts(file).flatMap((part) =>
    'style' in part && part.style.startsWith('Heading') ? [`${part.style.slice(7)} ${part.text}`] : [],
  );
}

import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PIECE = 1 << 20;

/** A text that is made piece by piece, at once or while it comes. */
export type TextPieces = Iterable<string> | AsyncIterable<string>;

/**
 * Writes a text that is made piece by piece beside its file first, so that an old one stays when this fails.
 *
 * @returns how many bytes it has
 * @throws Error with the code of the file system; what the making of the text throws
 */
export async function writeWholeFile(file: string, texts: TextPieces): Promise<number> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  let size = 0;
  try {
    const open = openSync(draft, 'w');
    try {
      for await (const text of inPieces(texts)) {
        writeFileSync(open, text);
        size += Buffer.byteLength(text);
      }
    } finally {
      closeSync(open);
    }
    renameSync(draft, file);
    return size;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Joins short texts, because each write has its price. */
async function* inPieces(texts: TextPieces): AsyncGenerator<string> {
  let piece = '';
  for await (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

import { Readable } from 'node:stream';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Instant } from '../../world/instant.ts';
import type { WordDocument } from './word-document.ts';
import { wordParts } from './word-parts.ts';
import { documentPieces } from './word-xml.ts';

/** So many characters of XML are made and packed at a stretch; then others have their turn. */
const charactersPerTurn = 32 * 1024;

/**
 * Writes a document as a .docx file: a zip file of XML, packed while it is made. What writes zip files is loaded when the
 * first document is asked for, because most twins never write one. Equal documents give equal bytes: nothing in them
 * comes from the clock or the zone of the host.
 *
 * @param signal ends the work
 * @throws Error when it does
 */
export async function packWord(document: WordDocument, signal?: AbortSignal): Promise<Buffer> {
  const { default: Zip } = await import('jszip');
  const zip = new Zip();
  const entry = { date: zipDate(document.madeAt), createFolders: false };
  for (const [name, xml] of Object.entries(wordParts(document))) zip.file(name, xml, entry);
  const text = Readable.from(inBlocks(documentPieces(document), signal), { objectMode: false });
  zip.file('word/document.xml', text, entry);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** Joins pieces, and lets others do something in between. */
async function* inBlocks(pieces: Iterable<string>, signal?: AbortSignal): AsyncGenerator<string> {
  signal?.throwIfAborted();
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < charactersPerTurn) continue;
    yield block;
    block = '';
    await othersTurn();
    signal?.throwIfAborted();
  }
  yield block;
}

/** Zip files know the years 1980 to 2107. */
function zipDate(at: Instant): Date {
  return new Date(Math.min(Date.UTC(2108, 0) - 1, Math.max(Date.UTC(1980, 0), at)));
}

import type { ServerResponse } from 'node:http';
import { codeOf } from '../errors/own-errors.ts';
import type { Log } from '../log/log.ts';

/** What is gathered before it is handed over, in characters. Making it is what one turn of the event loop costs. */
const BLOCK = 64 * 1024;
/** After so long an empty piece ends a block: it says that others may have a turn. */
const STRETCH_MS = 10;

/**
 * Sends an answer whose text is made while it goes out: a block at a time, letting other requests in between, and
 * no faster than the client reads. An answer that breaks off in the middle is cut, so that nobody takes it as whole.
 */
export function sendPieces(response: ServerResponse, pieces: Iterable<string>, log: Log): void {
  sendRest(response, pieces[Symbol.iterator](), log);
}

/** An answer that is made while it goes out. */
export interface LongAnswer {
  readonly pieces: Iterable<string>;
  readonly contentType: string;
  readonly log: Log;
}

/**
 * Sends an answer, head and all. One that fits a block goes out whole, with its length. A longer one has no length:
 * a client that keeps its connection gets it in chunks; for any other it ends with the connection, because the old
 * clients that read to the end of the stream know nothing of chunks. (observed in a client)
 */
export function sendText(response: ServerResponse, { pieces, contentType, log }: LongAnswer): void {
  const source = pieces[Symbol.iterator]();
  const { block, isLast } = nextBlock(source);
  if (isLast) {
    response.writeHead(200, [
      'Content-Type',
      contentType,
      'Content-Length',
      String(Buffer.byteLength(block)),
    ]);
    response.end(block);
    return;
  }
  if (!response.shouldKeepAlive) response.useChunkedEncodingByDefault = false;
  response.writeHead(200, ['Content-Type', contentType]);
  if (block !== '') response.write(block);
  setImmediate(() => sendRest(response, source, log));
}

function sendRest(response: ServerResponse, source: Iterator<string>, log: Log): void {
  const step = (): void => {
    if (response.destroyed) return;
    try {
      const { block, isLast } = nextBlock(source);
      if (isLast) response.end(block);
      else if (block === '' || response.write(block)) setImmediate(step);
      // A drain can come at once, before anything else had its turn; so a turn is waited for in either case.
      else response.once('drain', () => setImmediate(step));
    } catch (error) {
      log.error('A mistake of ours while making an answer', { code: codeOf(error), error });
      response.destroy();
    }
  };
  step();
}

function nextBlock(source: Iterator<string>): { readonly block: string; readonly isLast: boolean } {
  let block = '';
  const end = performance.now() + STRETCH_MS;
  while (block.length < BLOCK) {
    const { value, done } = source.next();
    if (done) return { block, isLast: true };
    block += value;
    if (value === '' && performance.now() >= end) break;
  }
  return { block, isLast: false };
}

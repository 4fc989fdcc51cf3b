import type { ServerResponse } from 'node:http';
import type { Log } from '../log/log.ts';

/** What is gathered before it is handed over, in characters. Making it is what one turn of the event loop costs. */
const BLOCK = 64 * 1024;

/**
 * Sends an answer whose text is made while it goes out: a block at a time, letting other requests in between, and
 * no faster than the client reads. An answer that breaks off in the middle is cut, so that nobody takes it as whole.
 */
export function sendPieces(response: ServerResponse, pieces: Iterable<string>, log: Log): void {
  const source = pieces[Symbol.iterator]();
  const step = (): void => {
    if (response.destroyed) return;
    try {
      const { block, isLast } = nextBlock(source);
      if (isLast) response.end(block);
      else if (response.write(block)) setImmediate(step);
      // A drain can come at once, before anything else had its turn; so a turn is waited for in either case.
      else response.once('drain', () => setImmediate(step));
    } catch (error) {
      log.error('A mistake of ours while making an answer', { error });
      response.destroy();
    }
  };
  step();
}

function nextBlock(source: Iterator<string>): { readonly block: string; readonly isLast: boolean } {
  let block = '';
  while (block.length < BLOCK) {
    const { value, done } = source.next();
    if (done) return { block, isLast: true };
    block += value;
  }
  return { block, isLast: false };
}

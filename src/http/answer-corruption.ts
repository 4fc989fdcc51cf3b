import type { ServerResponse } from 'node:http';
import type { Corruption } from '../fault-rules/intervention.ts';

/** The first bytes of an answer that no client can read: no XML, no JSON and no number. */
const unreadable = Buffer.from('<&');
/**
 * What stands for every `<` behind them. Lenient readers of XML, such as the one in strong-soap, pass over a broken
 * beginning and would find all elements still whole. [observed]
 */
const [elementStart = 0, brokenStart = 0] = Buffer.from('<&');

/**
 * Spoils the answer that is about to be written, whatever writes it: its bytes go through here on their way out. The
 * length that was announced stays what it was.
 */
export function corruptAnswer(response: ServerResponse, corruption: Corruption): void {
  switch (corruption.kind) {
    case 'cut':
      passBytes(response, () => {
        response.destroy();
        return undefined;
      });
      break;
    case 'truncate':
      truncate(response, corruption.bytes);
      break;
    case 'malformed':
      damage(response);
  }
}

function truncate(response: ServerResponse, bytes: number): void {
  let left = bytes;
  let isOver = false;
  passBytes(response, (chunk, write) => {
    if (isOver) return undefined;
    if (chunk.length < left) {
      left -= chunk.length;
      return chunk;
    }
    isOver = true;
    response.flushHeaders();
    if (left > 0) write(chunk.subarray(0, left));
    // The end of the stream follows what was written; the client waits for more in vain.
    response.socket?.end(() => response.destroy());
    return undefined;
  });
}

function damage(response: ServerResponse): void {
  let at = 0;
  passBytes(response, (chunk) => {
    const damaged = Buffer.from(chunk);
    for (let i = damaged.indexOf(elementStart); i >= 0; i = damaged.indexOf(elementStart, i)) {
      damaged[i] = brokenStart;
    }
    if (at < unreadable.length) at += unreadable.copy(damaged, 0, at);
    return damaged;
  });
}

/** Looks at each piece of an answer; gives what is to be sent in its place, or undefined when that is the end. */
type Passing = (chunk: Buffer, write: (chunk: Buffer) => void) => Buffer | undefined;

function passBytes(response: ServerResponse, pass: Passing): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const passed = (chunk: unknown) => pass(bytesOf(chunk), (part) => void write(part));
  response.write = (chunk: unknown) => {
    const next = passed(chunk);
    return next === undefined || write(next);
  };
  response.end = ((chunk?: unknown) => {
    const next = passed(chunk);
    return next === undefined ? response : end(next);
  }) as typeof response.end;
}

function bytesOf(chunk: unknown): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}

import { get } from 'node:http';
import type { Server } from './servers.ts';

/**
 * Asks for something small, again and again, while something large is done: how long the loop of the server was held.
 * One such time has the moments of the machine in it, too; take the median of several.
 *
 * @returns the longest wait in milliseconds
 */
export async function longestWait(server: Server, work: () => Promise<unknown>): Promise<number> {
  let isDone = false;
  let longest = 0;
  const asking = (async () => {
    while (!isDone) longest = Math.max(longest, await timeToGet(server, '/run/rpc.mpl?command=none'));
  })();
  await work().finally(() => {
    isDone = true;
  });
  await asking;
  return longest;
}

/** Asks and reads the whole answer without keeping it. @returns milliseconds */
export function timeToGet({ port }: Server, path: string): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - start));
    }).on('error', reject);
  });
}

import { get } from 'node:http';
import { writeCall } from '../test/support/soap-message.ts';
import { soapPath } from './requests.ts';
import type { Server } from './servers.ts';

/** The ten columns that are asked for. */
export const tenColumns = [
  'Record ID',
  'Number',
  'Summary',
  'Status',
  'Type',
  'Priority',
  'Product',
  'Entered by',
  'Date Entered',
  'Currently Assigned To',
] as const;

/** A list of all defects, ten columns each. */
export function listCall(cookie: number, query?: string): string {
  const columnlist = tenColumns.map((name) => ({ name }));
  const parts = { cookie, tablename: 'Defect', filtername: '', columnlist };
  return query === undefined
    ? writeCall('getRecordListForTable', parts)
    : writeCall('getRecordListForTableWithQuery', { ...parts, query });
}

/** Makes a call so many times. @returns the median time of one in milliseconds, and the last answer */
export async function timeOf(
  server: Server,
  body: string,
  times: number,
): Promise<{ readonly ms: number; readonly text: string }> {
  const taken: number[] = [];
  let text = '';
  for (let turn = 0; turn <= times; turn++) {
    const start = performance.now();
    const answer = await fetch(`http://127.0.0.1:${server.port}${soapPath}`, { method: 'POST', body });
    text = await answer.text();
    // The first one pays for compiling.
    if (turn > 0) taken.push(performance.now() - start);
  }
  return { ms: taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN, text };
}

/** Asks for something small, again and again, while something large is done. @returns the longest wait in milliseconds */
export async function longestWait(server: Server, work: () => Promise<unknown>): Promise<number> {
  let isDone = false;
  let longest = 0;
  const asking = (async () => {
    while (!isDone) {
      const start = performance.now();
      await small(server.port);
      longest = Math.max(longest, performance.now() - start);
    }
  })();
  await work();
  isDone = true;
  await asking;
  return longest;
}

function small(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/run/rpc.mpl?command=none' }, (response) => {
      response.resume();
      response.on('end', resolve);
    }).on('error', reject);
  });
}

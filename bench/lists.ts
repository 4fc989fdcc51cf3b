import { writeCall } from '../test/support/soap-message.ts';
import { median } from './figure.ts';
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
  return { ms: median(taken), text };
}

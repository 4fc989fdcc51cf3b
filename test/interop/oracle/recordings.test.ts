import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloned } from '../../../src/real/clone/clone.ts';
import { soapCallerFor } from '../../../src/real/server-connection.ts';
import { recordingOf, replayOf } from '../../real/recordings.ts';
import { cloneOptions } from '../../real/servers.ts';
import { type Servers, startServers } from './servers.ts';

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers?.[Symbol.asyncDispose]());

test('what a client and a server that gSOAP generated say to each other is recorded, and the same when replayed', async () => {
  const url = `http://127.0.0.1:${servers.oracle}`;
  const recording = await recordingOf(url, async (proxy) => {
    const reach = { url: proxy, option: '--url', trust: {}, timeoutMs: 20_000 };
    const caller = await soapCallerFor(reach, { tell: () => {} });
    const cookie = 12;
    const eventlist = [{ recordid: 1, user: 'Lake', name: 'Comment', notes: 'Grüße <&>', eventaddorder: 0 }];
    const pDefect = { recordid: 3, defectnumber: 7, summary: 'Über', eventlist };
    await caller.call('saveDefect', { cookie, pDefect });
    await caller.call('getDefect', { cookie, defectNumber: 7 });
    await caller.call('getTableList', { cookie });
    caller.target.close();
  });
  expect([...recording.exchanges()].map(({ outcome }) => outcome?.kind)).toEqual(
    Array.from({ length: 3 }, () => 'result'),
  );
  const report = await replayOf([recording], url);
  expect(report.exchanges).toHaveLength(3);
  expect(report.exchanges.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
});

test('a clone of it says that there is no table to read, and that the contract is the one of the package', async () => {
  const told: string[] = [];
  const url = `http://127.0.0.1:${servers.oracle}`;
  const tell = (sentence: string) => told.push(sentence);
  await expect(cloned(cloneOptions(url, { project: 'P' }, { tell }))).rejects.toThrow(
    'This account sees no table of the project',
  );
  expect(told.join('\n')).toContain('the one of this package is used');
});

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { ApTestClient } from '../../src/client/aptest-client.ts';
import { startTwin } from '../../src/index.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import { runWords } from '../support/terminal.ts';
import { recordingOf } from './recordings.ts';
import { storyScenario } from './replay-story.ts';
import { temporaryFolder } from './servers.ts';

const env = { NO_COLOR: '1', APTEST_TOKEN: 'token' };
const account = ['--suite', 'Example', '--rpc-user', 'lake'];

/** What a client and a script do: JSON and lines, reads and writes, a refusal. */
async function work(url: string): Promise<void> {
  const ap = new ApTestClient({ url, token: 'token', username: 'lake', suite: 'Example' });
  await ap.getSessionList();
  await ap.getSessionDetails({ session: 7 });
  await ap.getTestResultData({ session: 7, names: ['a/one'] });
  const session = await ap.createSession({ set: 'all' });
  await ap.result({ session, tid: 0, result: 'pass', executionData: { atm_prid: 'BUG-1' } });
  await ap.result({ session, tid: 0, result: 'odd' }).catch(() => {});
  const form = { rpctoken: 'token', username: 'lake', suite: 'Example', command: 'getSessionResults' };
  await fetch(`${url}/run/rpc.mpl`, { method: 'POST', body: new URLSearchParams(form) });
}

async function twinOf(scenario: object = storyScenario) {
  const twin = await startTwin({ scenario });
  onTestFinished(() => twin.close());
  return twin;
}

async function derivedFrom(...words: readonly string[]): Promise<string> {
  const file = `${temporaryFolder()}/client.json`;
  const run = await runWords(['contract', 'derive', ...words, '--out', file], env);
  expect(run).toEqual({ exitCode: 0, out: '', err: '' });
  return file;
}

const verify = (file: string, url: string, ...more: readonly string[]) =>
  runWords(['contract', 'verify', file, '--rpc-url', url, ...account, ...more], env);

const linesOf = ({ out }: { readonly out: string }, start: string) =>
  out.split('\n').filter((line) => line.startsWith(start));

test('what a client relies on of rpc.mpl is the same from a journal and from a recording, without who called', async () => {
  const twin = await twinOf();
  await work(twin.url);
  const ofJournal = await derivedFrom('--journal', twin.url);
  const { file } = await recordingOf((await twinOf()).url, work);
  const ofRecording = await derivedFrom('--recording', file);
  const text = readFileSync(ofJournal, 'utf8');
  for (const absent of ['lake', 'token', '"username"', '"command"']) expect(text).not.toContain(absent);
  const { operations } = JSON.parse(text);
  const of = (name: string) => operations.find(({ operation }: { operation: string }) => operation === name);
  expect(of('result')).toMatchObject({
    sent: ['EXECDATA_atm_prid', 'result', 'returnJSON', 'sess', 'tid'],
    faults: [{ number: '1' }],
  });
  expect(of('getTestResultData').met).toContain('[].notes[].when');
  expect(of('getSessionResults')).toMatchObject({
    sent: [],
    met: expect.arrayContaining(['[].results.pass']),
  });
  const rows = /getSessionList|getSessionResults/; // The journal keeps no rows of lists that are made while they are sent.
  const { out } = await runWords(['contract', 'diff', ofJournal, ofRecording], env);
  expect(out.split('\n').filter((line) => line !== '' && !rows.test(line))).toEqual([]);
});

test('a server that answers all of it is told from one that lacks a member, and nothing is written', async () => {
  const twin = await twinOf();
  await work(twin.url);
  const file = await derivedFrom('--journal', twin.url);
  twin.reset();
  const good = await verify(file, twin.url);
  expect([good.exitCode, good.err]).toEqual([0, '']);
  expect(linesOf(good, 'not called')).toEqual([
    'not called  createSession: it would write (--allow-writes)',
    'not called  result: it would write (--allow-writes)',
  ]);
  expect(good.out).toContain(
    '6 operations: 4 called, 0 by the contract alone, 2 not at all, 0 things missing',
  );
  expect(twin.diff().report).toEqual([]);
  await using lacking = await wrongServer(twin.url, ({ request, body }) =>
    request.includes('getSessionDetails') ? { body: body.replace('"runmode"', '"mode"') } : undefined,
  );
  const bad = await verify(file, lacking.url);
  expect(bad.exitCode).toBe(1);
  expect(linesOf(bad, 'MISSING')).toEqual([
    'MISSING  getSessionDetails: the answer to the example has no runmode',
  ]);
});

test('a server without the records of the examples is asked about its own', async () => {
  const twin = await twinOf();
  await work(twin.url);
  const file = await derivedFrom('--journal', twin.url);
  const suites = [
    {
      name: 'Example',
      tests: ['x/other'],
      sets: [{ path: 'mine', tests: ['x/other'] }],
      sessions: [{ set: 'mine' }],
    },
  ];
  const alike = await twinOf({ twintrack: 1, aptest: { token: 'token', users: ['lake'], suites } });
  const run = await verify(file, alike.url);
  expect(linesOf(run, 'MISSING')).toEqual([]);
  expect(linesOf(run, 'not called').map((line) => line.split(' ')[3])).toEqual(['createSession:', 'result:']);
  const empty = await twinOf({
    twintrack: 1,
    aptest: { token: 'token', users: ['lake'], suites: [{ name: 'Example' }] },
  });
  const nothing = await verify(file, empty.url);
  expect(nothing.exitCode).toBe(0);
  expect(nothing.out).toContain(
    'not called  getSessionDetails: the server has no session, test or set to ask about',
  );
});

test('with leave to write commands that write are sent too, and one that is refused is missing', async () => {
  const twin = await twinOf();
  await work(twin.url);
  const file = await derivedFrom('--journal', twin.url);
  const run = await verify(file, twin.url, '--allow-writes');
  expect([run.exitCode, run.out]).toEqual([
    0,
    '6 operations: 6 called, 0 by the contract alone, 0 not at all, 0 things missing\n',
  ]);
  await using lacking = await wrongServer(twin.url, ({ request }) =>
    request.includes('command=getSessionDetails')
      ? { body: '1\nUnknown command: getSessionDetails\n' }
      : undefined,
  );
  const bad = await verify(file, lacking.url);
  expect(linesOf(bad, 'MISSING')).toEqual([
    'MISSING  getSessionDetails: it refuses the example: Unknown command: getSessionDetails',
  ]);
});

test('the product that no server is named for is told of, and without any nothing is done', async () => {
  const file = `${temporaryFolder()}/client.json`;
  const operation = { calls: 1, sent: [], met: [], faults: [], example: {} };
  const operations = [
    { api: 'TestTrack', operation: 'getTableList', ...operation },
    { api: 'ApTest', operation: 'getSetList', ...operation },
  ];
  writeFileSync(file, JSON.stringify({ twintrackContract: 1, operations }));
  const run = await verify(file, (await twinOf()).url);
  expect(run.out).toContain('not held  1 operations of TestTrack: no --url is given');
  const none = await runWords(['contract', 'verify', file], env);
  expect(none).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('Say which server to hold it against'),
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import { runWords } from '../support/terminal.ts';
import { recordingOf } from './recordings.ts';
import { storyScenario, tellStory } from './replay-story.ts';
import { temporaryFolder } from './servers.ts';

const env = { NO_COLOR: '1', TESTTRACK_PASSWORD: 'secret' };
const account = ['--project', 'Own Ways', '--user', 'admin'];

async function derived() {
  const twin = await startTwin({ scenario: storyScenario });
  onTestFinished(() => twin.close());
  await tellStory(twin.url);
  const file = `${temporaryFolder()}/client.json`;
  const run = await runWords(['contract', 'derive', '--journal', twin.url, '--out', file], env);
  expect(run).toEqual({ exitCode: 0, out: '', err: '' });
  return { twin, file, contract: JSON.parse(readFileSync(file, 'utf8')) };
}

test('a contract derived from a journal names operations, parts, members and faults, without secrets', async () => {
  const { contract, file } = await derived();
  const of = (name: string) =>
    contract.operations.find(({ operation }: { operation: string }) => operation === name);
  expect(of('getDefect')).toMatchObject({
    api: 'TestTrack',
    calls: 2,
    sent: ['defectNumber'],
    faults: [{ number: '6' }],
    example: { defectNumber: 400 },
  });
  expect(of('getDefect').met).toContain('eventlist[].assigntolist[]');
  expect(of('saveDefect').sent).toContain('pDefect.eventlist[].notes');
  expect(of('createSession')).toMatchObject({ api: 'ApTest' });
  const text = readFileSync(file, 'utf8');
  for (const secret of ['"secret"', 'water', '"wrong"', 'rpctoken', 'cookie'])
    expect(text).not.toContain(secret);
});

// The journal keeps no rows of lists.
test('a contract derived from a recording needs what that of the journal needs', async () => {
  const { file, twin } = await derived();
  const recording = await recordingOf((await twinAlike()).url, tellStory);
  const other = `${temporaryFolder()}/other.json`;
  await runWords(['contract', 'derive', '--recording', recording.file, '--out', other], env);
  const { out } = await runWords(['contract', 'diff', file, other], env);
  expect(
    out
      .split('\n')
      .filter(
        (line) =>
          /TestTrack/.test(line) && !/getProjectList|DatabaseLog|getRecordListForTable: answers/.test(line),
      ),
  ).toEqual([]);
  expect(twin.url).not.toBe('');
});

async function twinAlike() {
  const twin = await startTwin({ scenario: storyScenario });
  onTestFinished(() => twin.close());
  return twin;
}

test('a server that has all of it is told from one that lacks a member, and nothing is written', async () => {
  const { file, twin } = await derived();
  twin.reset();
  const good = await runWords(['contract', 'verify', file, '--url', twin.url, ...account], env);
  expect([good.exitCode, good.err]).toEqual([0, '']);
  expect(good.out).toContain('not called  addDefect: it would write (--allow-writes)');
  expect(twin.diff().report).toEqual([]);
  await using lacking = await wrongServer(twin.url, ({ request, body }) =>
    request.includes(':getDefect>') ? { body: body.replace('<summary>Too hot</summary>', '') } : undefined,
  );
  const bad = await runWords(['contract', 'verify', file, '--url', lacking.url, ...account], env);
  expect(bad.exitCode).toBe(1);
  expect(bad.out.split('\n').filter((line) => line.startsWith('MISSING'))).toEqual([
    'MISSING  getDefect: the answer to the example has no summary',
  ]);
});

test('two contracts are compared by what the new client needs more', async () => {
  const { file, contract } = await derived();
  const next = structuredClone(contract);
  next.operations
    .find(({ operation }: { operation: string }) => operation === 'getTask')
    .met.push('versiondue');
  const other = `${temporaryFolder()}/next.json`;
  writeFileSync(other, JSON.stringify(next));
  expect(await runWords(['contract', 'diff', file, other], env)).toEqual({
    exitCode: 1,
    out: 'needs  TestTrack getTask: answers have versiondue\n',
    err: '',
  });
  const less = await runWords(['contract', 'diff', other, file], env);
  expect(less).toMatchObject({
    exitCode: 0,
    out: 'needs no longer  TestTrack getTask: answers have versiondue\n',
  });
});

test('a file that is no contract is refused with the place', async () => {
  const file = `${temporaryFolder()}/client.json`;
  writeFileSync(file, '{"twintrackContract":1,"operations":[{"api":"Other"}]}');
  const { exitCode, err } = await runWords(['contract', 'diff', file, file], env);
  expect(exitCode).toBe(2);
  expect(err).toContain('client.json: operations.0.api');
});

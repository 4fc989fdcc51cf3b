import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ApTestClient } from '../../src/client/aptest-client.ts';
import { startTwin } from '../../src/index.ts';
import { learnedScenario } from '../../src/real/recording/learned-scenario.ts';
import type { Recording } from '../../src/real/recording/recording-file.ts';
import { differing, recordingOf, replayOf } from './recordings.ts';
import { temporaryFolder } from './servers.ts';

const scenario = {
  twintrack: 1,
  aptest: {
    token: 'token',
    users: ['lake', 'moss'],
    suites: [
      {
        name: 'Example',
        results: ['pass', 'untested', 'fail', 'blocked'],
        fields: [{ name: 'priority', type: 'list', values: ['high', 'low'] }],
        executionFields: [{ name: 'build' }],
        variables: [{ name: 'os', type: 'text' }],
        tests: [
          { id: 'a/one', fields: { priority: 'high' } },
          { id: 'a/two', fields: { priority: 'low' } },
          { id: 'b/three', fields: { priority: 'high' } },
        ],
        requirements: [{ id: 'top/wish' }],
        groups: ['Nightly'],
        sets: [
          { path: 'all', tests: ['a/one', 'a/two', 'b/three'] },
          { path: 'Nightly/few', tests: ['b/three'] },
        ],
        sessions: [
          {
            set: 'all',
            name: 'Last; week',
            number: 7,
            created: 1231790400,
            variables: { os: 'Linux' },
            results: [
              {
                test: 'b/three',
                result: 'pass',
                user: 'moss',
                when: 1231794600,
                note: 'gut; fein',
                data: { build: '17' },
                attachment: { name: 'log.txt', text: 'what was logged' },
              },
            ],
          },
        ],
      },
      { name: 'Other' },
    ],
  },
};

async function twinOf(given: string | object) {
  const twin = await startTwin({ scenario: given });
  onTestFinished(() => twin.close());
  return twin;
}

async function learned(recordings: readonly Recording[]) {
  const out = `${temporaryFolder()}/learned.yaml`;
  const report = await learnedScenario(recordings, { out, format: 'yaml', seed: 'x', now: Date.now() });
  return { out, ...report, what: report.notes.map(({ what }) => what) };
}

const clientOf = (url: string) =>
  new ApTestClient({ url, token: 'token', username: 'lake', suite: 'Example' });

/** Sends a form as a script does, and gives the lines of the answer. */
async function told(url: string, form: Readonly<Record<string, string>>): Promise<string[]> {
  const body = new URLSearchParams({ rpctoken: 'token', username: 'lake', suite: 'Example', ...form });
  return (await (await fetch(`${url}/run/rpc.mpl`, { method: 'POST', body })).text()).split('\n').slice(1);
}

/** What clients do, of which the scenario that is made has to give the same answers. */
const stories: Readonly<Record<string, (url: string) => Promise<void>>> = {
  'a client that reads everything as JSON': async (url) => {
    const ap = clientOf(url);
    await ap.getSuiteList();
    await ap.getTestsSuiteByname();
    await ap.getTestsSuiteByUUID();
    await ap.getSetList({ recursive: true });
    await ap.getTestList({ set: 'all' });
    await ap.getTestList({ session: 7, byUUID: true });
    await ap.getReqUUID({ name: 'top/wish' });
    await ap.getTestCaseDetails({ name: 'a/one' });
    await ap.getTestCaseDetails({ name: 'a/two' });
    await ap.getSessionList();
    await ap.getSessionResults({ showVars: true, everyTest: true, everyTestCase: true });
    await ap.getSessionDetails({ session: 7 });
    await ap.getTestResultData({ session: 7, names: ['b/three', 'a/one'] });
  },
  'a script that reads lines and writes results': async (url) => {
    await told(url, { command: 'getSessionList' });
    const [number = ''] = await told(url, { command: 'createSession', set: 'all', name: 'Today' });
    const tests = await told(url, { command: 'getTestList', sess: number });
    await told(url, { command: 'getSessionStatus', sessNum: number });
    for (const id of tests.filter(Boolean)) {
      await told(url, {
        command: 'result',
        sess: number,
        id,
        result: 'pass',
        note: '',
        EXECDATA_build: '18',
      });
    }
    await told(url, { command: 'getSessionStatus', sessnum: number });
    await told(url, { command: 'getSessionResults' });
    await told(url, { command: 'getTestCaseResult', sessNum: '7', name: 'b/three' });
    await told(url, { command: 'getTestCaseDetails', name: 'b/three' });
    await told(url, { command: 'getSessionDetails', sessNum: '7' });
  },
  'a client that goes on with a session of which nothing but counts was asked': async (url) => {
    const ap = clientOf(url);
    await ap.getSessionStatus({ session: 7 });
    await ap.result({ session: 7, tid: 1, result: 'fail' });
    await ap.getSessionStatus({ session: 7 });
    await ap.result({ session: 7, tid: 0, result: 'blocked' });
    await ap.getSessionStatus({ session: 7 });
    await ap.lockSession({ session: 7 });
    await ap.result({ session: 7, tid: 0, result: 'pass' }).catch(() => {});
    await ap.unlockSession({ session: 7 });
  },
  'a client that writes to a test that had another result, as the counts before and after tell': async (
    url,
  ) => {
    const ap = clientOf(url);
    await ap.getSessionStatus({ session: 7 });
    await ap.result({ session: 7, tid: 2, result: 'fail' });
    await ap.getSessionStatus({ session: 7 });
  },
  'a client that asks for counts after it wrote alone': async (url) => {
    const ap = clientOf(url);
    await ap.result({ session: 7, id: 'a/one', result: 'pass' });
    await ap.getSessionStatus({ session: 7 });
  },
  'a client that makes and removes what it needs': async (url) => {
    const ap = clientOf(url);
    await ap.createGroup({ name: 'Mine', setGroup: 'Nightly' });
    await ap.createSet({
      set: 'own',
      setGroup: 'Nightly/Mine',
      schema: { id: ['a/one'] },
      testPickedBy: 'test',
    });
    const session = await ap.createSession({ set: 'Nightly/Mine/own', variables: { os: 'BSD' } });
    await ap.assignSession({ session, assignTo: ['moss'] });
    await ap.attachFile({ session, tid: 0, fileName: 'mine.txt', content: 'mine' });
    await ap.deleteSession({ session });
    await ap.deleteSet({ set: 'Nightly/Mine/own' });
    await ap.getSetList({ group: 'Nightly' });
  },
};

describe('a scenario of what a recording shows of ApTest answers that recording the same', () => {
  test.each(Object.entries(stories))('%s', async (_, story) => {
    const recording = await recordingOf((await twinOf(scenario)).url, story);
    const { out } = await learned([recording]);
    const report = await replayOf([recording], (await twinOf(out)).url);
    expect(differing(report)).toEqual([]);
    expect(report.exchanges.length).toBeGreaterThan(1);
  });
});

test('what the recorded client made itself is not in the scenario, and what it wrote neither', async () => {
  const recording = await recordingOf((await twinOf(scenario)).url, async (url) => {
    const ap = clientOf(url);
    const session = await ap.createSession({ set: 'all', name: 'Today' });
    await ap.result({ session, tid: 0, result: 'pass', note: 'my own words' });
    await ap.getSessionList();
    await ap.getTestResultData({ session: 7, names: ['b/three'] });
    await ap.result({ session: 7, id: 'a/one', result: 'fail', note: 'my own words' });
    await ap.getTestResultData({ session: 7, names: ['a/one'] });
  });
  const { out, what } = await learned([recording]);
  expect(readFileSync(out, 'utf8')).not.toContain('my own words');
  const ap = clientOf((await twinOf(out)).url);
  expect(await ap.getSessionList()).toEqual([{ sessNum: '00007', name: 'Last; week' }]);
  const { 'b/three': seen } = await ap.getTestResultData({ session: 7, names: ['b/three'] });
  expect(seen).toMatchObject({ results: 'pass', user: 'moss', when: 1231794600, build: '17' });
  expect(await ap.getTestCaseResult({ session: 7, name: 'a/one' })).toBe('untested');
  expect(what).toContain('ApTest: the bytes of an attachment');
});

test('the bytes of an attachment that a client fetched through the proxy are those of the twin', async () => {
  const attachmentOf = async (url: string) => {
    const { 'b/three': shown } = await clientOf(url).getTestResultData({ session: 7, names: ['b/three'] });
    return shown?.notes?.[0]?.attachment;
  };
  const recording = await recordingOf((await twinOf(scenario)).url, async (url) => {
    // The link names the server itself, and the client goes to the proxy.
    await fetch(url + new URL((await attachmentOf(url))?.url ?? '').pathname);
  });
  const { out, what } = await learned([recording]);
  expect(what).not.toContain('ApTest: the bytes of an attachment');
  const attachment = await attachmentOf((await twinOf(out)).url);
  expect(attachment).toMatchObject({ name: 'log.txt', bytes: 15 });
  expect(await (await fetch(attachment?.url ?? '')).text()).toBe('what was logged');
});

test('several recordings are put together, and what they say differently is told', async () => {
  const twin = await twinOf(scenario);
  const reading = (url: string) =>
    clientOf(url)
      .getTestResultData({ session: 7, names: ['a/one'] })
      .then(() => {});
  const first = await recordingOf(twin.url, reading);
  await clientOf(twin.url).result({ session: 7, id: 'a/one', result: 'fail' });
  const second = await recordingOf(twin.url, async (url) => {
    await reading(url);
    await clientOf(url).with({ suite: 'Other' }).getTestsSuiteByname();
  });
  const { out, what, suites, sessions } = await learned([first, second]);
  expect({ suites, sessions }).toEqual({ suites: 2, sessions: 1 });
  expect(what).toContain('ApTest: session 7: recordings contradict one another about a test');
  const ap = clientOf((await twinOf(out)).url);
  expect(await ap.getTestCaseResult({ session: 7, name: 'a/one' })).toBe('untested');
});

test('a suite whose tests go by outline numbers stays one', async () => {
  const outlined = {
    twintrack: 1,
    aptest: { ...scenario.aptest, suites: [{ ...scenario.aptest.suites[0], outline: { tests: true } }] },
  };
  const recording = await recordingOf((await twinOf(outlined)).url, async (url) => {
    const ap = clientOf(url);
    const [name = ''] = await ap.getTestsSuiteByname();
    await ap.getTestsSuiteByUUID();
    await ap.getTestUUID({ name });
    await ap.getTestList({ session: 7 });
    await ap.getTestList({ session: 7, byUUID: true });
  });
  const { out } = await learned([recording]);
  const report = await replayOf([recording], (await twinOf(out)).url);
  expect(differing(report)).toEqual([]);
});

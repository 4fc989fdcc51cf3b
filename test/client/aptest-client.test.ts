import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../src/aptest/commands/index.ts';
import { ApTestApiError, ApTestClient, ApTestConnectionError } from '../../src/client/index.ts';
import { startTwin } from '../../src/index.ts';
import { smallSection, startSeconds } from '../support/aptest.ts';

const twin = await startTwin({
  scenario: {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2009-02-01T00:00:00Z' },
    aptest: smallSection({
      variables: [
        { name: 'os', type: 'single', values: ['Linux', 'Solaris'] },
        { name: 'browsers', type: 'multiple', values: ['Opera', 'Safari'] },
      ],
      fields: [
        { name: 'summary', type: 'text' },
        { name: 'area', type: 'text' },
      ],
      executionFields: [{ name: 'build', type: 'text' }],
      tests: [
        {
          id: 'A/One',
          uuid: 'AC2CD7D2-955D-11D8-A214-90E5C9F5B464',
          fields: { area: 'x', summary: 'Überschrift' },
        },
        { id: 'A/Two', fields: { area: 'x' } },
        { id: 'B/Three', fields: { area: 'y' } },
      ],
      requirements: [{ id: 'top/help', uuid: '5B1F2E60-9D1C-11DD-AD8B-0800200C9A66' }],
      groups: [{ path: 'group' }],
    }),
  },
});
beforeEach(() => twin.reset());
afterAll(() => twin.close());

const at = new ApTestClient({ url: twin.url, token: 'secret', username: 'ann', suite: 'Small' });
const uuid = 'AC2CD7D2-955D-11D8-A214-90E5C9F5B464';
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => Promise.reject(new Error(`it was not refused: ${JSON.stringify(value)}`)),
    (error: unknown) => error,
  );

test('there is a method for each of the 27 commands', () => {
  expect(commands).toHaveLength(27);
  for (const { name } of commands) expect(at).toHaveProperty(name);
});

describe('reading a suite', () => {
  test('lists suites, sets, tests by name and by UUID', async () => {
    expect(await at.with({ suite: '' }).getSuiteList()).toEqual(['Small']);
    expect(await at.getSetList()).toEqual(['all']);
    expect(await at.getSetList({ group: 'group', recursive: true })).toEqual([]);
    expect(await at.getTestsSuiteByname()).toEqual(['A.dir/One.bts', 'A.dir/Two.bts', 'B.dir/Three.bts']);
    expect((await at.getTestsSuiteByUUID())[0]).toBe(uuid);
  });

  test('finds UUIDs by name, or nothing', async () => {
    expect(await at.getTestUUID({ name: 'A/One' })).toBe(uuid);
    expect(await at.getTestUUID({ name: 'A/Nine' })).toBe('');
    expect(await at.getReqUUID({ name: 'top/help' })).toBe('5B1F2E60-9D1C-11DD-AD8B-0800200C9A66');
  });

  test('gives the fields of a test case, or one of them, with any letters', async () => {
    expect(await at.getTestCaseDetails({ uuid })).toMatchObject({ area: 'x', summary: 'Überschrift' });
    expect(await at.getTestCaseDetails({ name: 'A/One', field: 'summary' })).toBe('Überschrift');
  });
});

describe('sets', () => {
  test('are made in groups from selectors, and deleted', async () => {
    expect(await at.createGroup({ name: 'nightly', setGroup: 'group', description: 'd' })).toBe(
      'group/nightly',
    );
    const made = {
      set: 'x only',
      setGroup: 'group/nightly',
      schema: { area: 'x' },
      variables: { os: 'Solaris' },
    };
    expect(await at.createSet({ ...made, startdateplanned: startSeconds, startdatewindow: 14_400 })).toBe(2);
    const set = 'group/nightly/x only';
    expect(await at.getTestList({ set })).toEqual(['A.dir/One.bts', 'A.dir/Two.bts']);
    const session = await at.createSession({ set });
    expect(await at.getSessionDetails({ session })).toMatchObject({
      VAR_os: 'Solaris',
      startdateplanned: startSeconds,
      startdatewindow: 14_400,
    });
    await at.deleteSession({ session });
    await at.deleteSet({ set });
    expect(await at.getSetList()).toEqual(['all']);
  });

  test('are locked, unlocked and assigned', async () => {
    await at.lockSet({ set: 'all' });
    expect(await errorOf(at.deleteSet({ set: 'all' }))).toMatchObject({
      text: expect.stringContaining('locked'),
    });
    await at.unlockSet({ set: 'all' });
    expect(await at.assignSet({ set: 'all', assignTo: ['ann', 'bob'] })).toContain('ann, bob');
    const session = await at.createSession({ set: 'all' });
    expect((await at.getSessionDetails({ session })).assignedto).toBe('ann,bob');
  });
});

describe('sessions', () => {
  test('are made with name, variables and chosen tests', async () => {
    const variables = { os: 'Linux', browsers: ['Opera', 'Safari'] };
    const session = await at.createSession({
      set: 'all',
      name: 'Nightly',
      variables,
      tests: ['B/Three', 'A/One'],
    });
    expect(session).toMatch(/^0*2$/);
    expect(await at.getTestList({ session, byUUID: true })).toHaveLength(2);
    expect(await at.getSessionList({ variables: { browsers: 'Safari' } })).toEqual([
      { sessNum: session, name: 'Nightly' },
    ]);
    const one = await at.createSession({ set: 'all', uuids: [uuid] });
    expect(await at.getTestList({ session: one })).toEqual(['A.dir/One.bts']);
  });

  test('are filtered by lock, progress, set and date', async () => {
    const names = async (filter: Parameters<ApTestClient['getSessionList']>[0]) =>
      (await at.getSessionList(filter)).map(({ name }) => name);
    expect(await names({ status: 'notrun', sets: ['all'], locked: 'unlocked' })).toEqual(['First']);
    expect(await names({ status: 'run' })).toEqual([]);
    expect(await names({ locked: 'locked' })).toEqual([]);
    expect(await names({ date: 3600 })).toEqual(['First']);
    expect(await names({ date: 'range', from: 0, to: startSeconds - 1 })).toEqual([]);
  });

  test('are locked, unlocked, assigned and deleted', async () => {
    await at.lockSession({ session: 1 });
    const refused = at.result({ session: 1, tid: 0, result: 'pass' });
    expect(await errorOf(refused)).toMatchObject({ text: expect.stringContaining('locked') });
    await at.unlockSession({ session: '0001' });
    expect(await at.assignSession({ session: 1, assignTo: ['bob'] })).toContain('bob');
    await at.deleteSession({ session: 1 });
    expect(await at.getSessionList()).toEqual([]);
  });
});

describe('results', () => {
  test('are recorded with note, execution data, time and author', async () => {
    const fragment = await at.result({
      session: 1,
      id: 'A.dir/One.bts',
      result: 'pass',
      note: 'all & well',
      executionData: { build: '17' },
      when: startSeconds - 60,
      user: 'bob',
    });
    expect(fragment).toContain('all &amp; well');
    expect(await at.getTestCaseResult({ session: 1, name: 'A/One' })).toBe('pass');
    const data = await at.getTestResultData({ session: 1, names: ['A/One', 'A/Two'] });
    expect(data['A/One']).toMatchObject({ results: 'pass', build: '17', user: 'bob' });
    expect(await at.getTestResultData({ session: 1, uuids: [uuid] })).toHaveProperty(uuid);
    expect(await at.getSessionStatus({ session: 1 })).toEqual({ numtests: 3, untested: 2, pass: 1, fail: 0 });
  });

  test('are recorded several at once', async () => {
    const fragments = await at.results({
      session: 1,
      note: 'batch',
      entries: {
        mine: [
          { tid: 0, result: 'pass' },
          { id: 'A/Two', result: 'fail', executionData: { build: '18' } },
        ],
      },
    });
    expect(fragments.mine).toHaveLength(2);
    expect(await at.getSessionStatus({ session: 1 })).toMatchObject({ pass: 1, fail: 1 });
  });

  test('come for all sessions, with each test on request', async () => {
    await at.result({ session: 1, uuid, result: 'pass' });
    const [row] = await at.getSessionResults({
      everyTest: true,
      resultFields: ['results'],
      testFields: ['area'],
    });
    expect(row).toMatchObject({ name: 'First', results: { pass: 1 } });
    expect(row?.tests?.[0]).toMatchObject({ tid: 0, uuid, results: 'pass', testFields: { area: 'x' } });
    expect((await at.getSessionResults({ showVars: true }))[0]).toHaveProperty('variables');
  });

  test('take files: bytes, text or a blob', async () => {
    const content = new Uint8Array([0, 255, 10, 13]);
    const fragment = await at.attachFile({ session: 1, tid: 0, fileName: 'log.bin', content, note: 'see' });
    expect(fragment).toContain('see');
    const link = /href="([^"]+)"/.exec(fragment)?.[1] ?? '';
    const file = await fetch(new URL(link, at.url));
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(content);
    await at.attachFile({ session: 1, tid: 1, fileName: 'log.txt', content: 'text' });
    await at.attachFile({ session: 1, tid: 2, fileName: 'log.txt', content: new Blob(['text']) });
  });
});

describe('errors', () => {
  test('a refusal is an ApTestApiError with the message of the server', async () => {
    const error = await errorOf(at.lockSession({ session: 99 }));
    expect(error).toBeInstanceOf(ApTestApiError);
    expect(error).toMatchObject({
      command: 'lockSession',
      code: 1,
      text: 'No such session: 99 (argument sessNum)',
      hint: expect.stringContaining('getSessionList'),
    });
    expect(await errorOf(at.with({ token: 'wrong' }).getSuiteList())).toBeInstanceOf(ApTestApiError);
  });

  test('a server that is not there is an ApTestConnectionError', async () => {
    const closed = createServer().listen(0);
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const nobody = new ApTestClient({ url: `http://127.0.0.1:${port}`, token: 't', username: 'u' });
    const error = await errorOf(nobody.getSuiteList());
    expect(error).toBeInstanceOf(ApTestConnectionError);
    expect(error).toMatchObject({ message: expect.stringContaining('nothing listens there') });
    expect(() => new ApTestClient({ url: 'nonsense', token: 't', username: 'u' })).toThrow(TypeError);
  });

  test.each([
    ['an error page', 502, '<html>Bad gateway</html>', ApTestConnectionError],
    ['JSON of something else', 200, '{"ok":true}', ApTestConnectionError],
    ['a refusal as text', 200, '1\nNo such suite\n', ApTestApiError],
    ['a refusal in words', 200, '{"result":"failure","data":"No such suite"}', ApTestApiError],
  ])('%s is told apart', async (_, status, body, kind) => {
    const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0);
    const { port } = server.address() as AddressInfo;
    const client = new ApTestClient({ url: `http://127.0.0.1:${port}`, token: 't', username: 'u' });
    expect(await errorOf(client.getSuiteList())).toBeInstanceOf(kind);
    server.close();
  });

  test('an answer of an unexpected form is an ApTestConnectionError', async () => {
    const server = createServer((_request, response) =>
      response.end('{"result":"success","data":{}}'),
    ).listen(0);
    const { port } = server.address() as AddressInfo;
    const client = new ApTestClient({ url: `http://127.0.0.1:${port}`, token: 't', username: 'u' });
    expect(await errorOf(client.getSuiteList())).toMatchObject({
      message: 'getSuiteList should answer with a list, but gave {}',
    });
    server.close();
  });
});

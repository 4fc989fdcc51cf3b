import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCaller, demoSection, type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';

let twin: RpcTwin;
beforeAll(async () => {
  twin = await startRpc(demoSection(), { common: demoCaller });
});
afterAll(() => twin.close());

describe('getSessionDetails', () => {
  test('gives key=value lines, multi-line values on one line', async () => {
    const multi = await startRpc(
      smallSection({ sessions: [{ set: 'all', description: 'one\ntwo', locked: 2 }] }),
    );
    const { lines } = await multi.call({ command: 'getSessionDetails', sessNum: '1' });
    expect(lines).toEqual(
      expect.arrayContaining([
        'sessNum=00001',
        'name=one&#10;two',
        'locked=2',
        'numtests=3',
        'numUntested=3',
        'plannedstaff=0',
      ]),
    );
    await multi.close();
  });

  test('adds up the planned times of its tests', async () => {
    const details = await twin.json({ command: 'getSessionDetails', sessNum: '57' });
    expect(details.data).toMatchObject({
      plannedstaff: 2100,
      plannedclock: 2900,
      user: 'tester1',
      numUntested: 2,
    });
  });
});

describe('getSessionResults', () => {
  test('gives number, name and a count for each result code', async () => {
    const reply = await twin.call({ command: 'getSessionResults', sets: 'group1/set1' });
    expect(reply.lines).toEqual([
      '00057;Editor on Mac OS;pass=2;foo=0;retest=1;untested=2;bar=0;blocked=0;fail=1',
    ]);
  });

  test('adds the session variables on request', async () => {
    const args = { command: 'getSessionResults', sets: 'group1/set1', showVars: '1' };
    expect((await twin.call(args)).lines[0]).toContain(';os=Mac_OS_9;');
    expect((await twin.json(args)).data).toMatchObject([
      { variables: { os: 'Mac_OS_9', target: 'Mac_OS_9 build 112' } },
    ]);
  });

  test('adds each test in JSON, with its definition on request', async () => {
    const args = { command: 'getSessionResults', sets: 'group1/set1', everyTest: '1', everyTestCase: '1' };
    const [session] = (await twin.json(args)).data as { tests: Record<string, unknown>[] }[];
    expect(session?.tests).toHaveLength(6);
    expect(session?.tests[0]).toMatchObject({
      id: 'Editor.dir/Undo.bts',
      results: 'pass',
      user: 'tester1',
      exectimeclock: 800,
      tid: 0,
      name: 'Editor/Undo',
      atm_prlink: '',
      testFields: { priority: 'high', TestType: ['functional'] },
    });
    expect((await twin.call(args)).body).not.toContain('Undo');
  });

  test('is an empty list when no session passes the filters', async () => {
    expect(await twin.json({ command: 'getSessionResults', sets: 'theSet' })).toEqual({
      result: 0,
      data: [],
    });
    expect((await twin.call({ command: 'getSessionResults', sets: 'theSet' })).body).toBe('0\n');
  });
});

describe('getTestResultData', () => {
  test('gives the data of several tests, an empty line between them', async () => {
    const reply = await twin.call({ command: 'getTestResultData', sessNum: '1', name: 'foo,Editor/Undo' });
    const at = reply.lines.indexOf('');
    expect(reply.lines[0]).toMatch(/^tid=/);
    expect(reply.lines[at + 1]).toMatch(/^tid=/);
    const json = await twin.json({ command: 'getTestResultData', sessNum: '1', uuid: 'foo' });
    expect(json.data).toMatchObject({ foo: { results: 'untested', id: 'foo.bts' } });
  });

  test('refuses a test that the session does not have', async () => {
    const reply = await twin.call({ command: 'getTestResultData', sessNum: '1', name: 'foo,bar' });
    expect(reply.lines).toEqual(['No such test in the session: bar (argument name)']);
  });
});

describe('getTestCaseDetails', () => {
  test('gives one field alone', async () => {
    const args = { command: 'getTestCaseDetails', name: 'Editor/Save', field: 'TestType' };
    expect((await twin.call(args)).lines).toEqual(['smoke,functional']);
    expect((await twin.json(args)).data).toEqual(['smoke', 'functional']);
    expect((await twin.call({ ...args, field: 'id' })).lines).toEqual(['Editor.dir/Save.bts']);
    expect((await twin.call({ ...args, field: 'prio' })).lines).toEqual([
      'No such field: prio (argument field)',
    ]);
  });

  test('refuses an unknown test case', async () => {
    expect((await twin.call({ command: 'getTestCaseDetails', uuid: 'nope' })).lines).toEqual([
      'No such test case: nope (argument uuid)',
    ]);
  });
});

test('getSuiteList gives only suites with run access, and needs no suite', async () => {
  const list = async (username: string) =>
    (await twin.get(`rpctoken=token&username=${username}&command=getSuiteList`)).lines;
  expect(await list('lake')).toEqual(['Example', 'Installer']);
  expect(await list('reader')).toEqual([]);
});

describe('rpc.mpl without an argument, in a browser,', () => {
  test('shows a page with every command, made from the declarations', async () => {
    const page = await (await fetch(twin.url, { headers: { accept: 'text/html' } })).text();
    for (const name of ['assignSession', 'getSessionResults', 'unlockSet', 'execdata_when'])
      expect(page).toContain(name);
    expect(page.match(/<h2 /g)).toHaveLength(27);
  });
});

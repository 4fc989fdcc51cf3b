import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc, startSeconds } from '../support/aptest.ts';

const suite = {
  tests: ['A/One', 'A/Two', { id: 'B/Three', uuid: 'AAAAAAAA-0000-11DD-8000-000000000003' }],
  variables: [
    { name: 'os', values: [{ value: 'Linux', isDefault: true }, 'Windows'] },
    { name: 'browsers', type: 'multiple', values: ['Firefox', 'Opera'] },
    { name: 'target', type: 'derived', text: '<% os %>!' },
  ],
  sets: [{ path: 'all' }, { path: 'Group/part', tests: ['B/Three', 'A/One'], variables: { os: 'Windows' } }],
  sessions: [
    {
      number: 4,
      set: 'all',
      name: 'Half',
      results: [{ test: 'A/One', result: 'pass' }],
      created: startSeconds - 500,
    },
    {
      number: 7,
      set: 'Group/part',
      description: 'Only described',
      locked: true,
      created: startSeconds - 5000,
    },
  ],
};

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(smallSection(suite));
});
afterEach(() => twin.close());

const list = async (args: Record<string, string | string[]> = {}) =>
  (await twin.call({ command: 'getSessionList', ...args })).lines;

describe('createSession', () => {
  test('answers the next free number with five digits and takes all tests of the set', async () => {
    const reply = await twin.call({ command: 'createSession', set: 'Group/part', name: 'New' });
    expect(reply.body).toBe('0\n00008\n');
    expect((await twin.call({ command: 'getTestList', sessNum: '8' })).body).toBe(
      '0\nB.dir/Three.bts\nA.dir/One.bts\n',
    );
    expect(await list()).toEqual(['00004;Half', '00007;Only described', '00008;New']);
  });

  test('takes only the tests that are named, by name and by UUID', async () => {
    const args = { command: 'createSession', set: 'all', tests: 'A/Two, A.dir/One.bts' };
    await twin.call({ ...args, uuids: 'aaaaaaaa-0000-11dd-8000-000000000003' });
    expect((await twin.call({ command: 'getTestList', sessNum: '8' })).lines).toEqual([
      'A.dir/Two.bts',
      'A.dir/One.bts',
      'B.dir/Three.bts',
    ]);
  });

  test('refuses an unknown test, variable, choice or window and makes nothing', async () => {
    const create = { command: 'createSession', set: 'all' };
    const refusals: [Record<string, string | string[]>, string][] = [
      [{ tests: 'A/One,A/Nine' }, 'No such test case: A/Nine (argument tests)'],
      [{ VAR_colour: 'red' }, 'No such session variable: colour (argument VAR_colour)'],
      [{ VAR_target: 'x' }, 'Not a session variable that can be set: target (argument VAR_target)'],
      [{ VAR_os: 'BeOS' }, 'Not one of Linux, Windows: BeOS (argument VAR_os)'],
      [{ VAR_os: ['Linux', 'Windows'] }, 'Argument given more than once: VAR_os (values Linux, Windows)'],
      [
        { startdateplanned: 'soon' },
        'Not a date in seconds since the epoch: soon (argument startdateplanned)',
      ],
    ];
    for (const [args, message] of refusals) {
      const world = twin.runner.world;
      expect((await twin.call({ ...create, ...args })).lines).toEqual([message]);
      expect(twin.runner.world).toBe(world);
    }
  });

  test('starts with the variables of the set, derived ones computed', async () => {
    await twin.call({ command: 'createSession', set: 'Group/part' });
    await twin.call({ command: 'createSession', set: 'all', VAR_browsers: ['Firefox', 'Opera'] });
    expect(await list({ VAR_os: 'Windows' })).toEqual(['00007;Only described', '00008;']);
    expect(await list({ VAR_target: 'Linux!' })).toEqual(['00004;Half', '00009;']);
    expect(await list({ VAR_browsers: 'Opera' })).toEqual(['00009;']);
  });
});

describe('getSessionList', () => {
  test('filters by how far sessions are', async () => {
    expect(await list({ status: 'partial' })).toEqual(['00004;Half']);
    expect(await list({ status: 'some' })).toEqual(['00004;Half']);
    expect(await list({ status: 'notrun' })).toEqual(['00007;Only described']);
    expect(await list({ status: 'needit' })).toHaveLength(2);
    expect(await list({ status: 'run' })).toEqual([]);
    expect(await list({ status: 'done' })).toEqual([
      'Not one of run, needit, some, partial, notrun: done (argument status)',
    ]);
  });

  test('filters by lock, set and time of the last change', async () => {
    expect(await list({ locked: 'locked' })).toEqual(['00007;Only described']);
    expect(await list({ locked: 'unlocked' })).toEqual(['00004;Half']);
    expect(await list({ sets: ['Group/part', 'all'] })).toHaveLength(2);
    expect(await list({ sets: 'Group/part' })).toEqual(['00007;Only described']);
    expect(await list({ sets: 'part' })).toEqual(['No such set: part (argument sets)']);
    expect(await list({ date: '600' })).toEqual(['00004;Half']);
    expect(await list({ date: 'range', to: String(startSeconds - 1000) })).toEqual(['00007;Only described']);
    expect(await list({ date: 'range', from: String(startSeconds - 1000) })).toEqual(['00004;Half']);
    expect(await list({ date: 'yesterday' })).toEqual([
      'Not "range" or a number of seconds: yesterday (argument date)',
    ]);
  });

  test('gives numbers and names as objects in JSON', async () => {
    expect(await twin.json({ command: 'getSessionList', locked: 'locked' })).toEqual({
      result: 0,
      data: [{ sessNum: '00007', name: 'Only described' }],
    });
  });
});

describe('getSessionStatus', () => {
  test('counts tests by result code, in the order of the suite', async () => {
    expect((await twin.call({ command: 'getSessionStatus', sessNum: '4' })).body).toBe(
      '0\nnumtests=3;pass=1;untested=2;fail=0\n',
    );
    expect(await twin.json({ command: 'getSessionStatus', sessNum: '4' })).toEqual({
      result: 0,
      data: { numtests: 3, pass: 1, untested: 2, fail: 0 },
    });
  });

  test('width of numbers and separator are settings', async () => {
    const other = await startRpc(
      smallSection({}, { settings: { sessionNumberWidth: 6, pairSeparator: ': ' } }),
    );
    expect((await other.call({ command: 'getSessionList' })).lines).toEqual(['000001;First']);
    expect((await other.call({ command: 'getSessionStatus', sessNum: '1' })).lines).toEqual([
      'numtests: 3;pass: 0;untested: 3;fail: 0',
    ]);
    await other.close();
  });
});

describe('getSetList', () => {
  test('gives full paths; of a group with or without its child groups', async () => {
    const nested = await startRpc(
      smallSection({ sets: ['a', 'G/b', 'G/H/c'].map((path) => ({ path })), sessions: [] }),
    );
    const sets = async (args: Record<string, string>) =>
      (await nested.call({ command: 'getSetList', ...args })).lines;
    expect(await sets({})).toEqual(['G/H/c', 'G/b', 'a']);
    expect(await sets({ group: 'G' })).toEqual(['G/b']);
    expect(await sets({ group: 'G', recursive: '1' })).toEqual(['G/H/c', 'G/b']);
    expect(await sets({ group: 'X' })).toEqual(['No such set group: X (argument group)']);
    await nested.close();
  });
});

describe('getTestList and its kin', () => {
  test('lists ids or UUIDs of a session or set', async () => {
    expect((await twin.call({ command: 'getTestList', set: 'Group/part' })).lines).toEqual([
      'B.dir/Three.bts',
      'A.dir/One.bts',
    ]);
    const uuids = (await twin.call({ command: 'getTestList', sessnum: '000007', byUUID: '1' })).lines;
    expect(uuids[0]).toBe('AAAAAAAA-0000-11DD-8000-000000000003');
    expect((await twin.call({ command: 'getTestList' })).lines).toEqual([
      'Missing argument: one of sessNum, set',
    ]);
    expect((await twin.call({ command: 'getTestList', sessNum: '4', byUUID: 'yes' })).lines).toEqual([
      'Not a boolean, 0 or 1: yes (argument byUUID)',
    ]);
  });

  test('getTestUUID answers an empty line for an unknown name', async () => {
    expect((await twin.call({ command: 'getTestUUID', name: 'B.dir/Three.bts' })).body).toBe(
      '0\nAAAAAAAA-0000-11DD-8000-000000000003\n',
    );
    expect((await twin.call({ command: 'getTestUUID', name: 'B/Nine' })).body).toBe('0\n\n');
  });

  test('tests are named by outline number where the suite is in that mode', async () => {
    const outlined = await startRpc(smallSection({ outline: { tests: true } }));
    const one = (await outlined.call({ command: 'getTestUUID', name: '1.1' })).lines[0];
    const list = (await outlined.call({ command: 'getTestList', sessNum: '1', byUUID: '1' })).lines;
    expect(one).toBe(list[0]);
    expect((await outlined.call({ command: 'getTestUUID', name: '2.1' })).lines[0]).toBe(list[2]);
    expect((await outlined.call({ command: 'getTestUUID', name: 'A/One' })).lines).toEqual(['']);
    await outlined.close();
  });

  test('getTestCaseResult takes a name or a UUID', async () => {
    const ask = async (args: Record<string, string>) =>
      (await twin.call({ command: 'getTestCaseResult', sessNum: '4', ...args })).lines;
    expect(await ask({ name: 'A/One' })).toEqual(['pass']);
    expect(await ask({ uuid: 'aaaaaaaa-0000-11dd-8000-000000000003' })).toEqual(['untested']);
    expect(await ask({ name: 'A/Nine' })).toEqual(['No such test in the session: A/Nine (argument name)']);
    expect(await ask({})).toEqual(['Missing argument: one of name, uuid']);
  });
});

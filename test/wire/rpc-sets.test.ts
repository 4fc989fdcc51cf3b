import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';

const suite = {
  fields: [
    { name: 'priority', type: 'list', values: ['high', 'low'] },
    { name: 'kind', type: 'list', style: 'multiple', values: ['smoke', 'stress'] },
    { name: 'title', type: 'text' },
    { name: 'version', type: 'number' },
  ],
  requirementFields: [{ name: 'state', type: 'list', values: ['open', 'done'] }],
  requirements: [
    { id: 'top/one', uuid: 'R-1', fields: { state: 'open', atm_tests: ['A/One'] } },
    { id: 'top/two', uuid: 'R-2', fields: { state: 'done' } },
  ],
  variables: [{ name: 'os', values: [{ value: 'Linux', isDefault: true }, 'Windows'] }],
  tests: [
    { id: 'A/One', fields: { priority: 'high', kind: ['smoke', 'stress'], title: 'The First', version: 1 } },
    { id: 'A/Two', fields: { priority: 'low', kind: ['smoke'], title: 'the second', version: 2 } },
    {
      id: 'B/Three',
      fields: { priority: 'high', kind: ['stress'], title: 'Another', version: 3, atm_reqlink: 'R-2' },
    },
    { id: 'B/C/Four', fields: { priority: 'low', title: 'first again', version: 4 } },
  ],
  groups: ['G/H'],
  sets: [{ path: 'all' }, { path: 'G/empty', select: { title: 'nothing' }, locked: 2 }, { path: 'free' }],
};

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(smallSection(suite));
});
afterEach(() => twin.close());

let made = 0;
async function selected(args: Record<string, string | string[]>): Promise<readonly string[]> {
  const set = `set${++made}`;
  const reply = await twin.call({ command: 'createSet', set, ...args });
  if (reply.code !== '0') return reply.lines;
  const tests = (await twin.call({ command: 'getTestList', set })).lines;
  expect(reply.lines).toEqual([String(tests.length)]);
  return tests;
}

const one = 'A.dir/One.bts';
const two = 'A.dir/Two.bts';
const three = 'B.dir/Three.bts';
const four = 'B.dir/C.dir/Four.bts';

describe('createSet selects', () => {
  test('all tests without a selector, and with "any"', async () => {
    expect(await selected({})).toEqual([one, two, three, four]);
    expect(await selected({ SCHEMA_priority: 'any', SCHEMA_title: '' })).toHaveLength(4);
  });

  test('by alternatives within a field and by all fields together', async () => {
    expect(await selected({ SCHEMA_priority: 'high' })).toEqual([one, three]);
    expect(await selected({ SCHEMA_priority: ['high', 'low'], SCHEMA_kind: 'stress' })).toEqual([one, three]);
    expect(await selected({ SCHEMA_priority: 'low', SCHEMA_kind: ['smoke', 'stress'] })).toEqual([two]);
  });

  test('by text found anywhere, with case only when asked', async () => {
    expect(await selected({ SCHEMA_title: 'first' })).toEqual([one, four]);
    expect(await selected({ SCHEMA_title: 'first', SCHEMA_title_isCS: '1' })).toEqual([four]);
  });

  test('by regular expressions that cannot run away', async () => {
    expect(await selected({ SCHEMA_title: '^the', SCHEMA_title_isRE: '1' })).toEqual([one, two]);
    expect(await selected({ SCHEMA_title: '^the', SCHEMA_title_isRE: '1', SCHEMA_title_isCS: '1' })).toEqual([
      two,
    ]);
    expect(await selected({ SCHEMA_title: '(a+)+$|(x+x+)+y', SCHEMA_title_isRE: '1' })).toEqual([]);
    for (const broken of ['(', 'a{2,1}', '(?=x)', 'n'.repeat(1001)]) {
      const [message] = await selected({ SCHEMA_title: broken, SCHEMA_title_isRE: '1' });
      expect(message).toMatch(/^Not a regular expression \(RE2\): .*\(argument SCHEMA_title\)$/);
    }
  });

  test('by ranges of numbers', async () => {
    expect(await selected({ SCHEMA_version: '2..3' })).toEqual([two, three]);
    expect(await selected({ SCHEMA_version: '>3' })).toEqual([four]);
    expect(await selected({ SCHEMA_version: ['1', '4'] })).toEqual([one, four]);
  });

  test('by picked tests or folders', async () => {
    expect(await selected({ SCHEMA_id: `${two},B/Three`, testPickedBy: 'test' })).toEqual([two, three]);
    expect(await selected({ SCHEMA_atm_id: ['B'], testPickedBy: 'folder' })).toEqual([three, four]);
    expect(await selected({ SCHEMA_id: 'B/C', testPickedBy: 'folder', SCHEMA_priority: 'low' })).toEqual([
      four,
    ]);
  });

  test('by folders that are called by their outline number where the suite is in that mode', async () => {
    const both = { outline: { tests: true, requirements: true } };
    const outlined = await startRpc(smallSection({ ...suite, ...both }));
    const tests = async (set: string, args: Record<string, string>) => {
      const reply = await outlined.call({ command: 'createSet', set, ...args });
      return reply.code === '0' ? (await outlined.call({ command: 'getTestList', set })).lines : reply.lines;
    };
    expect(await tests('of 2', { SCHEMA_id: '2', testPickedBy: 'folder' })).toEqual([three, four]);
    expect(await tests('of 2.2', { SCHEMA_id: '2.2', testPickedBy: 'folder' })).toEqual([four]);
    expect(await tests('of BC', { SCHEMA_id: 'B/C', testPickedBy: 'folder' })).toEqual([four]);
    expect(await tests('of 1', { REQ_id: '1', reqPickedBy: 'folder' })).toEqual([one, three]);
    // 2.1 is a test and no folder.
    expect(await tests('of 2.1', { SCHEMA_id: '2.1', testPickedBy: 'folder' })).toEqual([
      'No such test case: 2.1 (argument SCHEMA_id)',
    ]);
    await outlined.close();
  });

  test('by requirements, whichever side holds the link', async () => {
    expect(await selected({ REQ_state: 'open' })).toEqual([one]);
    expect(await selected({ REQUIREMENT_state: 'done' })).toEqual([three]);
    expect(await selected({ REQ_id: 'top', reqPickedBy: 'folder' })).toEqual([one, three]);
    expect(await selected({ REQSCHEMA_id: 'top/two', reqPickedBy: 'requirement' })).toEqual([three]);
  });
});

describe('createSet', () => {
  test('keeps defaults for the sessions made from it', async () => {
    await twin.call({
      command: 'createSet',
      set: 'new',
      setGroup: 'G/H',
      startdatewindow: '86400',
      VAR_os: 'Windows',
    });
    const session = (await twin.call({ command: 'createSession', set: 'G/H/new' })).lines[0] ?? '';
    const details = await twin.json({ command: 'getSessionDetails', sessNum: session });
    expect(details.data).toMatchObject({ startdatewindow: 86400, VAR_os: 'Windows', testset: 'G/H/new' });
  });

  const refusals: [Record<string, string | string[]>, string][] = [
    [{ set: '' }, 'Missing argument: set'],
    [{ set: 'all' }, 'Set exists already: all (argument set)'],
    [{ set: 'x', setGroup: 'None' }, 'No such set group: None (argument setGroup)'],
    [{ set: 'None/x' }, 'No such set group: None (argument set)'],
    [{ set: 'a\nb' }, 'Not a name of one line and at most 255 characters: a&#10;b (argument set)'],
    [{ set: 'x', SCHEMA_color: 'red' }, 'No such field: color (argument SCHEMA_color)'],
    [{ set: 'x', REQ_color: 'red' }, 'No such field: color (argument REQ_color)'],
    [{ set: 'x', SCHEMA_id: 'A/One' }, 'Missing argument: testPickedBy'],
    [{ set: 'x', REQ_id: 'top/one' }, 'Missing argument: reqPickedBy'],
    [
      { set: 'x', SCHEMA_id: 'A/Nine', testPickedBy: 'test' },
      'No such test case: A/Nine (argument SCHEMA_id)',
    ],
    [{ set: 'x', testPickedBy: 'tests' }, 'Not one of test, folder: tests (argument testPickedBy)'],
    [
      { set: 'x', enddatewindow: '1' },
      'Not one of 14400, 28800, 57600, 86400, 172800, 259200, 604800: 1 (argument enddatewindow)',
    ],
    [
      { set: 'x', enddateplanned: '-1' },
      'Not a date in seconds since the epoch: -1 (argument enddateplanned)',
    ],
  ];
  test.each(refusals)('refuses %j and changes nothing', async (args, message) => {
    const world = twin.runner.world;
    expect((await twin.call({ command: 'createSet', ...args })).body).toBe(`1\n${message}\n`);
    expect(twin.runner.world).toBe(world);
  });
});

describe('groups', () => {
  test('are made in the root or in another group', async () => {
    expect((await twin.call({ command: 'createGroup', name: 'New' })).body).toBe('0\n\n');
    expect(
      await twin.json({ command: 'createGroup', name: 'Inner', setGroup: 'New', description: 'd' }),
    ).toEqual({
      result: 0,
      data: 'New/Inner',
    });
    expect((await twin.call({ command: 'createGroup', name: 'New' })).lines).toEqual([
      'Set group exists already: New (argument name)',
    ]);
    expect((await twin.call({ command: 'createGroup', name: 'x', setGroup: 'None' })).lines).toEqual([
      'No such set group: None (argument setGroup)',
    ]);
  });
});

describe('locking and deleting sets', () => {
  const say = async (command: string, set: string) => (await twin.call({ command, set })).lines[0];

  test('locking twice succeeds, and a locked set is neither deleted nor assigned', async () => {
    expect(await say('lockSet', 'free')).toBe('');
    expect(await say('lockSet', 'free')).toBe('');
    expect(await say('deleteSet', 'free')).toBe('Set is locked: free (argument set)');
    const assign = await twin.call({ command: 'assignSet', set: 'free', assignTo: 'ann' });
    expect(assign.lines).toEqual(['Set is locked: free (argument set)']);
    expect((await twin.call({ command: 'createSession', set: 'free' })).code).toBe('0');
    expect(await say('unlockSet', 'free')).toBe('');
    expect(await say('unlockSet', 'free')).toBe('');
  });

  test('level 2 cannot be taken away', async () => {
    expect(await say('unlockSet', 'G/empty')).toBe('Set is super-locked: G/empty (argument set)');
  });

  test('a set with sessions is not deleted', async () => {
    expect(await say('deleteSet', 'all')).toBe('Set still has 1 sessions: all (argument set)');
    await twin.call({ command: 'deleteSession', sessNum: '1' });
    expect(await say('deleteSet', 'all')).toBe('');
    expect(await say('deleteSet', 'all')).toBe('No such set: all (argument set)');
  });
});

describe('assigning', () => {
  test('a session made from an assigned set starts with its assignees', async () => {
    const reply = await twin.call({ command: 'assignSet', set: 'all', assignTo: 'ann,bob' });
    expect(reply.lines).toEqual(['Set all is assigned to ann, bob']);
    await twin.call({ command: 'createSession', set: 'all' });
    const data = await twin.call({ command: 'getTestResultData', sessNum: '2', name: 'A/One' });
    expect(data.lines).toContain('assignedto=ann,bob');
  });

  test('refuses unknown and disabled users and a missing list', async () => {
    const assign = async (assignTo: string) =>
      (await twin.call({ command: 'assignSession', sessNum: '1', assignTo })).lines;
    expect(await assign('ann,eve')).toEqual(['No such user: eve (argument assignTo)']);
    expect(await assign('gone')).toEqual(['User is disabled: gone (argument assignTo)']);
    expect(await assign(',')).toEqual(['Missing argument: assignTo']);
    expect(await assign('')).toEqual(['Missing argument: assignTo']);
  });
});

describe('locking and deleting sessions', () => {
  const say = async (command: string) => (await twin.call({ command, sessNum: '1' })).lines[0];

  test('a locked session is not written to, and can be unlocked', async () => {
    expect(await say('lockSession')).toBe('');
    expect(await say('lockSession')).toBe('');
    expect(await say('deleteSession')).toBe('Session is locked: 1 (argument sessNum)');
    expect((await twin.call({ command: 'assignSession', sessNum: '1', assignTo: 'ann' })).lines).toEqual([
      'Session is locked: 1 (argument sessNum)',
    ]);
    expect(await say('getSessionStatus')).toContain('numtests=4');
    expect(await say('unlockSession')).toBe('');
    expect(await say('deleteSession')).toBe('');
    expect(await say('deleteSession')).toBe('No such session: 1 (argument sessNum)');
  });

  test('a deleted session takes everything of it along, and its number is not given again', async () => {
    const before = twin.runner.world.collections;
    await twin.call({ command: 'createSession', set: 'all' });
    await twin.call({ command: 'result', sess: '2', tid: '0', result: 'pass', note: 'n' });
    await twin.call({ command: 'deleteSession', sess: '2' });
    for (const [path, collection] of twin.runner.world.collections) {
      expect([path, collection.size]).toEqual([path, before.get(path)?.size ?? 0]);
    }
    expect((await twin.call({ command: 'createSession', set: 'all' })).lines).toEqual(['00003']);
  });
});

test('a set that selects by "me" is read anew for each user who asks', async () => {
  const own = await startRpc(
    smallSection({
      fields: [{ name: 'author', type: 'user' }],
      tests: [
        { id: 'One', fields: { author: 'ann' } },
        { id: 'Two', fields: { author: 'bob' } },
      ],
      sessions: [],
    }),
  );
  expect((await own.call({ command: 'createSet', set: 'mine', SCHEMA_author: 'me' })).lines).toEqual(['1']);
  expect((await own.call({ command: 'getTestList', set: 'mine' })).lines).toEqual(['One.bts']);
  expect((await own.call({ command: 'getTestList', set: 'mine', username: 'bob' })).lines).toEqual([
    'Two.bts',
  ]);
  await own.close();
});

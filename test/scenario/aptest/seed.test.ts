import { describe, expect, test } from 'vitest';
import { testCases } from '../../../src/aptest/model/test-case.ts';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { TestSet } from '../../../src/aptest/run/test-set.ts';
import { demoSection, loadApTest, openSuite, smallSection } from '../../support/aptest.ts';

const problem = (suite: object, rest: object = {}): string => {
  try {
    loadApTest(smallSection(suite, rest));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
};

describe('the ApTest part of a scenario', () => {
  test('is useful with a few lines: names become full ids, codes and fields come from the defaults', () => {
    const open = openSuite(smallSection());
    expect(open.tests.ordered.map(({ id }) => id)).toEqual([
      'A.dir/One.bts',
      'A.dir/Two.bts',
      'B.dir/Three.bts',
    ]);
    expect(open.definition.results.map(({ code }) => code)).toEqual(['pass', 'untested', 'fail']);
    expect(open.definition.executionFields.map(({ name }) => name)).toContain('atm_prid');
    expect(open.tests.ordered[0]?.uuid).toMatch(
      /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}$/,
    );
  });

  test('gives the same UUIDs each time, from the seed', () => {
    const uuids = () => openSuite(smallSection()).tests.ordered.map(({ uuid }) => uuid);
    expect(uuids()).toEqual(uuids());
    expect(new Set(uuids()).size).toBe(3);
  });

  test('makes the groups that the paths of sets need', () => {
    const open = openSuite(
      smallSection({ sets: [{ path: 'all' }, { path: 'X/Y/z' }], groups: [{ path: 'X', description: 'd' }] }),
    );
    expect(open.groups.sorted()).toEqual([
      { path: 'X', description: 'd' },
      { path: 'X/Y', description: '' },
    ]);
  });

  test('numbers sessions, and keeps the numbers it names for those that name them', () => {
    const open = openSuite(
      smallSection({ sessions: [{ set: 'all' }, { number: 5, set: 'all' }, { set: 'all' }] }),
    );
    expect(open.sessions.sorted().map(({ number }) => number)).toEqual([5, 6, 7]);
  });

  test('records results with the rules of the product', () => {
    const open = openSuite(
      smallSection({
        sessions: [
          {
            set: 'all',
            created: '2009-01-01T00:00:00Z',
            assignTo: ['ann', 'bob'],
            disabled: ['B/Three'],
            results: [
              {
                test: 'A/One',
                result: 'pass',
                when: '2009-01-02T00:00:00Z',
                user: 'bob',
                note: 'n',
                data: { prid: 42 },
              },
              {
                test: 'A/Two',
                result: 'fail',
                when: 1231000000,
                attachment: { name: 'x.log', text: 'abc' },
                clocktime: 5,
              },
            ],
          },
        ],
      }),
    );
    const session = new TestSession(open, 1);
    expect(session.numUntested()).toBe(0);
    expect(session.testCase(0)).toMatchObject({
      results: 'pass',
      user: 'bob',
      when: '1230854400',
      atm_prid: '42',
      assignedto: 'ann,bob',
    });
    expect(session.notesOfTest(1)[0]?.attachment).toMatchObject({ name: 'x.log', content: { size: 3 } });
    expect([session.startdateactual(), session.enddateactual()]).toEqual([1230854400, 1231000000]);
    expect([session.ctime(), session.mtime()]).toEqual([1230768000, 1231000000]);
    expect(Object.values(session.disabled())).toEqual(['B.dir/Three.bts']);
  });

  test('has static and dynamic sets', () => {
    const open = openSuite(
      smallSection({
        sets: [
          { path: 'all' },
          { path: 'two', tests: ['B/Three', 'A/One'] },
          {
            path: 'frozen',
            isStatic: true,
            select: { atm_id: 'A' },
            testPickedBy: 'folder',
            assignTo: 'bob',
          },
        ],
      }),
    );
    expect(new TestSet(open, 'all').isStatic()).toBe(false);
    expect(new TestSet(open, 'two').testList()).toEqual(['B.dir/Three.bts', 'A.dir/One.bts']);
    const frozen = new TestSet(open, 'frozen', true);
    expect(frozen.testList()).toEqual(['A.dir/One.bts', 'A.dir/Two.bts']);
    expect(frozen.numtests()).toBe(2);
    expect(frozen.assignedto()).toBe('bob');
    expect([frozen.group(), frozen.sessions(), frozen.title]).toEqual(['', [], 'frozen']);
    expect(frozen.isStatic(false)).toBe(false);
  });

  test('loads the demo', () => {
    const open = openSuite(demoSection(), { suite: 'Example', user: 'lake' });
    expect(open.sessions.size).toBe(7);
    expect(openSuite(demoSection(), { suite: 'Installer', user: 'lake' }).sessions.size).toBe(1);
  });

  test('puts 100,000 test cases in at once', () => {
    const tests = Array.from({ length: 100_000 }, (_, at) => `F${at % 100}/T${at}`);
    const { world } = loadApTest(smallSection({ tests, sessions: [] }));
    expect(world.collection(testCases, 'aptest:Small').size).toBe(100_000);
  });
});

describe('a mistake in the scenario is named with its place', () => {
  const session = (rest: object) => ({ sessions: [{ set: 'all', ...rest }] });
  const cases: [string, object, object, string][] = [
    [
      'unknown set',
      { sessions: [{ set: 'alll' }] },
      {},
      'aptest.suites[0].sessions[0].set: there is no set "alll". Did you mean "all"?',
    ],
    [
      'unknown user',
      session({ user: 'anne' }),
      {},
      'aptest.suites[0].sessions[0].user: there is no user "anne". Did you mean "ann"?',
    ],
    [
      'unknown test',
      session({ results: [{ test: 'A/Noe' }] }),
      {},
      'aptest.suites[0].sessions[0].results[0].test: there is no test "A/Noe"',
    ],
    [
      'unknown code',
      session({ results: [{ test: 'A/One', result: 'passed' }] }),
      {},
      'the suite has no result code "passed" (pass, untested, fail)',
    ],
    [
      'unknown variable',
      session({ variables: { os: 'x' } }),
      {},
      'aptest.suites[0].sessions[0].variables.os: the suite has no session variable "os"',
    ],
    [
      'unknown execution field',
      session({ results: [{ test: 'A/One', data: { x: '1' } }] }),
      {},
      'results[0].data.x: the suite has no execution field "x"',
    ],
    [
      'unknown field',
      { tests: [{ id: 'A', fields: { prio: 'x' } }], sessions: [] },
      {},
      'aptest.suites[0].tests[0].fields.prio: the suite has no field "prio"',
    ],
    [
      'unknown selector',
      { sets: [{ path: 'all', select: { prio: 'x' } }] },
      {},
      'aptest.suites[0].sets[0].select.prio: the suite has no field "prio"',
    ],
    [
      'doubled test',
      { tests: ['A/One', 'A.dir/One.bts'], sessions: [] },
      {},
      'aptest.suites[0].tests[1]: "A.dir/One.bts" is there twice',
    ],
    [
      'doubled UUID',
      {
        tests: [
          { id: 'A', uuid: 'x' },
          { id: 'B', uuid: 'X' },
        ],
        sessions: [],
      },
      {},
      'the UUID "X" is there twice',
    ],
    [
      'doubled set',
      { sets: [{ path: 'all' }, { path: '/all/' }] },
      {},
      'there are two sets with the path "all"',
    ],
    [
      'doubled session',
      {
        sessions: [
          { number: 3, set: 'all' },
          { number: 3, set: 'all' },
        ],
      },
      {},
      'there are two sessions with the number 3',
    ],
    ['doubled user', {}, { users: ['ann', 'ann'] }, 'aptest.users[1]: there are two users named "ann"'],
    ['doubled code', { results: ['untested', 'a', 'a'] }, {}, 'aptest.suites[0].results: "a" is there twice'],
    [
      'unknown suite in access',
      {},
      { users: ['ann', { name: 'x', access: { Smal: ['browse'] } }] },
      'aptest.users[1].access.Smal: there is no suite "Smal". Did you mean "Small"?',
    ],
    [
      'no code for untested',
      { results: ['good', 'bad'] },
      {},
      'the code for "no result yet", "untested", is not among the results (good, bad)',
    ],
    [
      'tests of a dynamic set',
      { sets: [{ path: 'all', isStatic: false, tests: ['A/One'] }] },
      {},
      'only a static set has a list of tests',
    ],
    ['unknown key', { colour: 'red' }, {}, 'aptest.suites[0].colour: is no known key'],
    ['window', session({ startdatewindow: 5 }), {}, '14400'],
    [
      'attachment without a file',
      session({ results: [{ test: 'A/One', attachment: { name: 'x', file: 'y' } }] }),
      {},
      'this scenario does not come from a file',
    ],
  ];
  test.each(cases)('%s', (_what, suite, rest, message) => {
    expect(problem(suite, rest)).toContain(message);
  });

  test('two suites of one name', () => {
    const section = smallSection();
    const [suite] = section.suites as object[];
    expect(() => loadApTest({ ...section, suites: [suite, suite] })).toThrow(
      'there are two suites named "Small"',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { inSuite } from '../../../src/aptest/run/in-suite.ts';
import type { OpenSuite } from '../../../src/aptest/run/open-suite.ts';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { Runner } from '../../../src/runner/runner.ts';
import { Clock } from '../../../src/world/clock.ts';
import { demoSection, loadApTest, openSuite, smallSection, startSeconds } from '../../support/aptest.ts';

const suite = (): OpenSuite =>
  openSuite(
    smallSection({
      tests: ['A/One', 'A/Two', 'B/Three', 'B/Four'],
      fields: [{ name: 'kind', type: 'list', values: ['smoke', 'stress'] }],
      executionFields: [
        { name: 'build' },
        { name: 'browser', type: 'list', style: 'multiple', values: ['Firefox', 'Opera'] },
        { name: 'keep', flags: ['noclear'] },
      ],
      variables: [
        { name: 'os', isRequired: true, values: ['Linux', { value: 'Mac', isDefault: true }] },
        { name: 'mail' },
        { name: 'text', text: 'default' },
        { name: 'derived', type: 'derived', text: '<% os %>/<% text %>/<% derived %>' },
      ],
    }),
  );

describe('the life of a session', () => {
  test('as the manual shows it: made, described, selected, saved, opened', () => {
    const open = openSuite(demoSection(), { suite: 'Example', user: 'lake' });
    const made = new TestSession(open);
    made.description('A sample session');
    made.selector('TestType', 'smoke');
    expect(made.selectTests()).toBe(6);
    made.setVariables(true);
    made.variable('email_address', 'username@example.com');
    const number = made.save(true, 'new');
    expect(number).toBe('00124');
    const opened = new TestSession(open, Number(number));
    expect(opened.description()).toBe('A sample session');
    expect(opened.numtests()).toBe(6);
    expect(opened.selector()).toEqual({ TestType: { values: ['smoke'] } });
    expect(opened.variable('target')).toBe('Linux build 100');
  });

  test('has no number before it is saved, and none is taken', () => {
    const open = suite();
    const made = new TestSession(open);
    expect(made.sessionId()).toBeUndefined();
    expect(made.save(true)).toBeUndefined();
    expect(made.save(true, 1)).toBeUndefined();
    expect(made.save(false, 40)).toBe('00040');
    expect(made.save(true, 'new')).toBe('00040');
    expect(open.nextSessionNumber()).toBe(41);
  });

  test('keeps results and notes that it got before it was saved', () => {
    const made = new TestSession(suite());
    made.selectTests();
    made.note(2, 'early', 'fail');
    made.saveAsText('new');
    expect(made.result(2)).toBe('fail');
    expect(made.noteText(2, true)).toBe('early');
  });

  test('is read-only unless asked', () => {
    const open = suite();
    const reader = new TestSession(open, 1);
    expect(() => reader.description('x')).toThrow('Session 1 was opened for reading');
    expect(() => reader.note(0, 'x', 'pass')).toThrow('opened for reading');
    expect(() => reader.deleteTest(0)).toThrow('opened for reading');
    expect(new TestSession(open, 1, true).description('x')).toBe('x');
  });

  test('is opened by the number that save gave, and with a timeout', () => {
    const open = suite();
    const made = new TestSession(open);
    made.description('saved');
    const number = made.save(true, 'new');
    expect(number).toBe('00002');
    expect(new TestSession(open, number, false, 60).description()).toBe('saved');
    expect(() => new TestSession(open, 'one')).toThrow('Not a whole number from 0: one (argument sessID)');
    expect(() => new TestSession(open, 1, false, -1)).toThrow('Not a whole number from 0: -1');
  });

  test('that does not exist cannot be opened', () => {
    expect(() => new TestSession(suite(), 9)).toThrow('No such session: 9');
  });

  test('moves to another number with everything it has', () => {
    const open = suite();
    const session = new TestSession(open, 1, true);
    session.note(0, 'n', 'pass');
    expect(session.sessionId(12)).toBe('00012');
    expect(open.sessions.get(1)).toBeUndefined();
    expect(new TestSession(open, 12).result(0)).toBe('pass');
  });

  test('can be worked on in a running twin, all or nothing', () => {
    const { world, clock } = loadApTest(smallSection());
    const runner = new Runner(world, new Clock(() => 0, clock));
    const who = { suite: 'Small', user: 'bob' };
    const session = inSuite(runner, who, (open) => {
      const found = new TestSession(open, 1, true);
      found.note(0, 'done', 'pass');
      return found;
    });
    expect(session.user()).toBe('bob');
    const saved = runner.world;
    expect(() =>
      inSuite(runner, who, (open) => new TestSession(open, 1, true).addTest({ id: 'none' })),
    ).toThrow('No such test case: none');
    expect(() => inSuite(runner, { ...who, suite: 'None' }, () => 0)).toThrow('No such suite: None');
    expect(runner.world).toBe(saved);
  });
});

describe('properties', () => {
  test('read without a value and are set with one', () => {
    const session = new TestSession(suite(), 1, true);
    expect(session.summary('s')).toBe('s');
    expect(session.summary()).toBe('s');
    expect(session.name()).toBe('First');
    expect(session.name('')).toBe('');
    expect(session.tpno(4)).toBe(4);
    expect(session.runmode()).toBe('continue');
    expect(session.runmode('step')).toBe('step');
    expect(session.notified()).toBe(false);
    expect(session.notified(true)).toBe(true);
    expect(session.locked(2)).toBe(2);
    expect(session.isActive(false)).toBe(false);
    expect(session.reordered(true)).toBe(true);
    expect(session.refreshable()).toBe(true);
    expect(session.testset('other')).toBe('other');
    expect(session.mtime(5)).toBe(5);
    expect(session.ctime(6)).toBe(6);
    for (const date of ['startdateplanned', 'enddateplanned', 'startdateactual', 'enddateactual'] as const) {
      expect(session[date]()).toBeUndefined();
      expect(session[date](7)).toBe(7);
    }
    expect([session.startdatewindow(14400), session.enddatewindow(86400)]).toEqual([14400, 86400]);
    expect(session.profName()).toBe('default');
    expect(session.orAmongFields(true)).toBe(true);
    expect(session.searchAndReplace(true)).toBe(true);
    expect(session.idsAsStrings(true)).toBe(true);
  });

  test('are checked as the arguments of rpc.mpl are', () => {
    const session = new TestSession(suite(), 1, true);
    const anyValue = (value: unknown) => value as never;
    expect(() => session.locked(anyValue(3))).toThrow('Not one of 0, 1, 2: 3 (argument locked)');
    expect(() => session.runmode(anyValue('jump'))).toThrow(
      'Not one of continue, pause, step, error, single',
    );
    expect(() => session.startdateplanned(-1)).toThrow('Not a date in seconds since the epoch: -1');
    expect(() => session.mtime(0.5)).toThrow('Not a date in seconds since the epoch: 0.5 (argument mtime)');
    expect(() => session.startdatewindow(5)).toThrow('Not one of 14400,');
    expect(() => session.note(0, 'x', 'passed')).toThrow('No such result code: passed (argument result)');
    expect(() => session.testCase(0, { results: 'passed' })).toThrow('No such result code: passed');
    expect(() => session.testCase(0, { when: 'soon' })).toThrow(
      'Not a date in seconds since the epoch: soon',
    );
    expect(session.locked()).toBe(0);
    expect(session.note(0)).toBe('');
    expect(() => session.variable('os', 'Amiga')).toThrow('Not one of Linux, Mac: Amiga (argument VAR_os)');
    expect(() => session.variable('derived', 'x')).toThrow('Not a session variable that can be set: derived');
  });

  test('a change notes who made it and when', () => {
    const session = new TestSession(suite(), 1, true);
    session.user('somebody');
    session.summary('s');
    expect(session.user()).toBe('ann');
    expect(session.currentUser()).toBe('ann');
    expect(session.mtime()).toBe(startSeconds);
  });

  test('users are listed by what they may do', () => {
    const session = new TestSession(suite(), 1);
    expect(session.userList()).toEqual(['ann', 'bob']);
    expect(session.userList('browse')).toEqual(['ann', 'bob', 'reader']);
    expect(session.userList('manage')).toEqual([]);
  });

  test('assignees are a comma list, counted from the tests', () => {
    const session = new TestSession(suite(), 1, true);
    expect(session.assignedto('bob, ann')).toBe('ann,bob');
    session.testCase(0, { assignedto: 'bob' });
    session.testCase(1, { assignedto: undefined });
    expect(session.assignedto(undefined, true)).toBe('ann,bob');
    for (const tid of [2, 3]) session.testCase(tid, { assignedto: 'bob' });
    expect(session.assignedto()).toBe('bob');
  });
});

describe('the whole session', () => {
  test('is cleared but for ids and what is flagged noclear', () => {
    const session = new TestSession(suite(), 1, true);
    session.note(1, 'n', 'fail');
    session.testCase(1, { build: '7', keep: 'x', assignedto: 'bob' });
    expect(session.clear()).toBe(4);
    expect(session.testCase(1)).toEqual({
      id: 'A.dir/Two.bts',
      uuid: session.testUUIDList()[1],
      results: 'untested',
      keep: 'x',
      assignedto: 'bob',
    });
    expect(session.note(1)).toBe('');
    expect(session.numUntested()).toBe(4);
    expect(session.startdateactual()).toBeUndefined();
  });

  test('is cleared for one test, and without the named fields', () => {
    const session = new TestSession(suite(), 1, true);
    session.note(0, 'n', 'fail');
    session.note(1, 'n', 'pass');
    expect(session.clear(['results', 'note'], 0)).toBe(1);
    expect(session.result(0)).toBe('fail');
    expect(session.notesOfTest(0)).toHaveLength(1);
    expect(session.clear([], 1)).toBe(1);
    expect(session.result(1)).toBe('untested');
    expect(session.clear([], 9)).toBe(0);
    expect(session.head.results).toEqual({ fail: 1, untested: 3 });
  });

  test('takes over another one, with another set when asked', () => {
    const open = suite();
    const other = new TestSession(open, 1, true);
    other.note(0, 'n', 'pass');
    const session = new TestSession(open);
    session.copy(other, 'elsewhere');
    expect(session.testset()).toBe('elsewhere');
    expect(session.result(0)).toBe('pass');
    expect(session.noteText(0, true)).toBe('n');
    session.note(0, 'later', 'fail');
    expect(other.result(0)).toBe('pass');
  });

  test('is populated with samples that are the same each time', () => {
    const sample = () => {
      const session = new TestSession(suite(), 1, true);
      session.populate(0);
      session.populate();
      return [session.testCase(0), session.head.variables];
    };
    expect(sample()).toEqual(sample());
    expect(sample()[0]).toMatchObject({ build: expect.any(String), browser: [expect.any(String)] });
    expect(sample()[1]).toMatchObject({ os: expect.stringMatching(/^(Linux|Mac)$/) });
  });

  test('is printed for people', () => {
    const session = new TestSession(suite(), 1, true);
    session.note(0, 'words', 'pass');
    expect(session.print(0)).toContain('results = pass');
    expect(session.print(0)).toContain('note = words');
    expect(session.print()).toContain('test 3');
    expect(session.print(9)).toBe('');
  });

  test('has a free store of names and values', () => {
    const session = new TestSession(suite(), 1, true);
    expect(session.dbdata('a.one', '1')).toBe('1');
    session.dbdata('a.two', ['x', 'y']);
    session.dbdata('b', '3');
    expect(session.dbdelete('^a\\.')).toBe(2);
    expect(session.dbdelete('(')).toBe(0);
    expect(session.dbdata()).toEqual({ b: '3' });
    expect(session.dbdata('constructor')).toBeUndefined();
  });

  test('knows where it is, in the words of the twin', () => {
    const session = new TestSession(suite(), 1);
    expect(session.path()).toBe('aptest:Small/sessions/1');
    expect(session.rundata()).toBe('aptest/suites/Small/executionFields');
    expect(session.rundata('/x')).toBe('/x');
    expect(session.suiteDir('/y')).toBe('/y');
    expect(session.cacheDB('handle')).toBe('handle');
    expect(session.release()).toBe(true);
    expect(session.cacheDB()).toEqual({ suite: 'Small', mode: 'write' });
    expect(session.updateSuiteDB()).toBe(1);
    expect(new TestSession(suite()).updateSuiteDB()).toBeUndefined();
    expect(session.plannedtimes()).toEqual([0, 0]);
  });
});

describe('variables', () => {
  test('take the defaults of the account before those of the suite, and none without an account', () => {
    const variables = { os: 'Mac', mail: 'ann@example.com', unknown: 'x' };
    const section = smallSection(
      {
        variables: [
          { name: 'os', values: [{ value: 'Linux', isDefault: true }, 'Mac'] },
          { name: 'mail' },
          { name: 'text', text: 'default' },
        ],
      },
      { users: [{ name: 'ann', variables }] },
    );
    const own = new TestSession(openSuite(section, { suite: 'Small', user: 'ann' }));
    expect(own.setVariables(true)).toEqual({ os: 'Mac', mail: 'ann@example.com', text: 'default' });
    const nobody = new TestSession(openSuite(section, { suite: 'Small', user: 'stranger' }));
    expect(nobody.setVariables(true)).toBeUndefined();
  });

  test('only the required ones come in without defaults', () => {
    const session = new TestSession(suite());
    expect(session.setVariables()).toEqual({ os: 'Mac' });
  });

  test('defaults fill what has no value', () => {
    const session = new TestSession(suite());
    session.variable('os', 'Linux');
    expect(session.variable('os', 'Mac', true)).toBe('Linux');
    expect(session.setVariables(true)).toEqual({ os: 'Linux', text: 'default', derived: 'Linux/default/' });
    expect(session.defaultVariable('mail')).toBeUndefined();
    expect(session.defaultVariable('text')).toBe('default');
    expect(session.defaultVariable('nothing')).toBeUndefined();
    expect(session.calcVariables()).toMatchObject({ derived: 'Linux/default/' });
    expect(() => session.variable('nothing', 'x')).toThrow('No such session variable: nothing');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TestSession } from '../../../src/aptest/run/test-session.ts';
import { TestSet } from '../../../src/aptest/run/test-set.ts';
import { openSuite, smallSection } from '../../support/aptest.ts';

const tests = ['A/One', 'A/Two', 'B/Three', 'B/Four'];
const open = () =>
  openSuite(
    smallSection({
      tests: tests.map((id, at) => ({
        id,
        uuid: `U-${at}`,
        fields: { rank: String(4 - at), kind: at % 2 ? 'odd' : 'even' },
      })),
      fields: [
        { name: 'rank', type: 'number' },
        { name: 'kind', type: 'list', values: ['odd', 'even'] },
      ],
      sets: [{ path: 'all' }, { path: 'even', select: { kind: 'even' } }],
      sessions: [{ set: 'all' }, { set: 'even' }],
    }),
  );
const session = () => new TestSession(open(), 1, true);

describe('the list of tests', () => {
  test('finds a test by id, in either form, and by UUID, in either case', () => {
    expect(session().tcById('B.dir/Three.bts')).toBe(2);
    expect(session().tcById('B/Three')).toBe(2);
    expect(session().tcByUUID('u-3')).toBe(3);
    expect(session().tcById('none')).toBeUndefined();
    expect(session().tcByUUID('none')).toBeUndefined();
  });

  test('shows names for people', () => {
    expect(session().displayId(2)).toBe('B/ Three');
    expect(session().displayId(2, true)).toBe('Three');
    expect(session().id(2)).toBe('B.dir/Three.bts');
    expect(session().id()).toBe('');
  });

  test('shows outline numbers where the suite is in that mode', () => {
    const outlined = openSuite(smallSection({ outline: { tests: true } }));
    const one = new TestSession(outlined, 1, true);
    expect([0, 1, 2].map((tid) => one.displayId(tid))).toEqual(['1.1', '1.2', '2.1']);
    expect(one.displayId(2, true)).toBe('2.1');
    expect(one.displayId(9)).toBe('');
  });

  test('renumbers when tests come and go, and keeps their results with them', () => {
    const one = session();
    one.note(2, 'n', 'fail');
    expect(one.lastTest()).toBe(2);
    expect(one.deleteTest(0)).toBe(3);
    expect(one.lastTest()).toBe(1);
    expect(one.result(1)).toBe('fail');
    expect(one.inserTest(0, { uuid: 'U-0' })).toBe(4);
    expect(one.insertTest(0, { uuid: 'U-0' })).toBe(4);
    expect(one.addTest({ id: 'A/One' })).toBe(4);
    expect(one.testList()).toEqual(['A.dir/One.bts', 'A.dir/Two.bts', 'B.dir/Three.bts', 'B.dir/Four.bts']);
    expect(one.lastTest()).toBe(2);
    expect(one.deleteTest(9)).toBeUndefined();
    expect(one.addTest({ uuid: 'own', id: 'Outside.bts' })).toBe(5);
    expect(one.numtests(2)).toBe(2);
    expect(one.head.results).toEqual({ untested: 2 });
  });

  test('notes a disabled test, and refresh does not bring it back', () => {
    const one = session();
    expect(one.disableTest(1)).toBe(3);
    expect(one.disabled()).toEqual({ 'U-1': 'A.dir/Two.bts' });
    expect(one.disableTest(9)).toBeUndefined();
    expect(one.refresh()).toBe(3);
    one.disabled({});
    expect(one.refresh()).toBe(4);
  });

  test('is ordered by a list, or by keys up and down', () => {
    const one = session();
    one.note(3, '', 'fail');
    expect(one.arrange(['U-3', 'U-1'])).toBe(4);
    expect(one.testUUIDList()).toEqual(['U-3', 'U-1', 'U-0', 'U-2']);
    expect(one.reordered()).toBe(true);
    expect(one.lastTest()).toBe(0);
    one.sortKeys(['+kind', '-rank']);
    one.arrange();
    expect(one.testUUIDList()).toEqual(['U-0', 'U-2', 'U-1', 'U-3']);
    expect(one.reordered()).toBe(false);
    expect(new TestSession(one.suite, 1).sortKeys()).toEqual([]);
  });

  test('takes the ids that the test cases have now', () => {
    const one = session();
    one.updateIDs();
    expect(one.testList()).toHaveLength(4);
  });
});

describe('attributes of a test', () => {
  test('are merged, and taken away by undefined', () => {
    const one = session();
    expect(one.testCase(0, { atm_prid: '42', prlink: 'http://x' })).toMatchObject({
      atm_prid: '42',
      atm_prlink: 'http://x',
    });
    expect(one.testCase(0, { atm_prid: undefined })).not.toHaveProperty('atm_prid');
    one.testCase(0, { results: 'pass', when: '5', user: 'bob', id: 'no', uuid: 'no' });
    expect(one.testCase(0)).toMatchObject({
      results: 'pass',
      when: '5',
      user: 'bob',
      id: 'A.dir/One.bts',
      uuid: 'U-0',
    });
    one.testCase(0, { results: undefined, when: undefined, user: undefined });
    expect(one.testCase(0)).toEqual({
      id: 'A.dir/One.bts',
      uuid: 'U-0',
      results: 'untested',
      atm_prlink: 'http://x',
    });
    expect(one.testCase()).toHaveLength(4);
    expect(one.testCase(9)).toBeUndefined();
    expect(() => one.testCase(0, { nothing: 'x' })).toThrow('No such field: nothing');
  });
});

describe('refresh', () => {
  test('disables tests that the set no longer chooses, but keeps those with results unless told', () => {
    const suite = open();
    const two = new TestSession(suite, 2, true);
    expect(two.testUUIDList()).toEqual(['U-0', 'U-2']);
    two.note(0, '', 'pass');
    new TestSet(suite, 'even', true).selector('kind', 'odd');
    expect(two.refresh()).toBe(3);
    expect(two.testUUIDList()).toEqual(['U-0', 'U-1', 'U-3']);
    expect(two.disabled()).toEqual({ 'U-2': 'B.dir/Three.bts' });
    expect(two.refresh(new TestSet(suite, 'even'), true)).toBe(2);
    expect(two.head.results).toEqual({ untested: 2 });
    two.refreshable(false);
    expect(two.refresh()).toBeUndefined();
    two.refreshable(true);
    two.testset('gone');
    expect(() => two.refresh()).toThrow('No such set: gone');
  });
});

test('the counts in the record are those of the tests, whatever is done', () => {
  const action = fc.oneof(
    fc.record({
      kind: fc.constant('note' as const),
      tid: fc.nat(5),
      code: fc.constantFrom('pass', 'fail', 'untested'),
    }),
    fc.record({ kind: fc.constant('delete' as const), tid: fc.nat(5) }),
    fc.record({ kind: fc.constant('disable' as const), tid: fc.nat(5) }),
    fc.record({ kind: fc.constant('add' as const), tid: fc.nat(3) }),
    fc.record({
      kind: fc.constant('assign' as const),
      tid: fc.nat(5),
      to: fc.constantFrom('ann', 'bob', 'ann,bob'),
    }),
    fc.record({ kind: fc.constant('clear' as const), tid: fc.nat(5) }),
    fc.record({ kind: fc.constant('refresh' as const) }),
    fc.record({ kind: fc.constant('assignAll' as const), to: fc.constantFrom('ann', 'bob') }),
  );
  type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;
  const does = (one: TestSession, each: Action): void => {
    switch (each.kind) {
      case 'note':
        if (each.tid < one.numtests()) one.note(each.tid, 'n', each.code);
        break;
      case 'delete':
        one.deleteTest(each.tid);
        break;
      case 'disable':
        one.disableTest(each.tid);
        break;
      case 'add':
        one.addTest({ uuid: `U-${each.tid}` });
        break;
      case 'assign':
        one.testCase(each.tid, { assignedto: each.to });
        break;
      case 'clear':
        one.clear([], each.tid);
        break;
      case 'refresh':
        one.refresh();
        break;
      case 'assignAll':
        one.assignedto(each.to);
    }
  };
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      const one = session();
      for (const each of actions) does(one, each);
      const attributes = one.testCase();
      expect(one.numtests()).toBe(attributes.length);
      const counted: Record<string, number> = {};
      for (const { results } of attributes) counted[String(results)] = (counted[String(results)] ?? 0) + 1;
      expect(one.head.results).toEqual(counted);
      const kept = one.assignedto();
      expect(one.assignedto(undefined, true)).toBe(kept);
      const last = one.lastTest();
      if (last !== undefined) expect(last).toBeLessThan(one.numtests());
    }),
    { numRuns: 150 },
  );
});

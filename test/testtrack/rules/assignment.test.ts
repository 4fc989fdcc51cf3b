import { describe, expect, test } from 'vitest';
import { faultOf, project } from '../../support/testtrack.ts';

const users = [
  { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
  { login: 'ann', first: 'Ann', last: 'Archer' },
  { login: 'bob', first: 'Bob', last: 'Baker', groups: ['Developers'] },
];
const [ann, bob] = ['Archer, Ann', 'Baker, Bob'];

/** A defect workflow in which "Fixed" has an assignment rule. */
function workflow(assignmentRule: string) {
  return {
    Defect: {
      states: [
        { name: 'Open' },
        { name: 'Fixed', assignmentRule },
        { name: 'Failed' },
        { name: 'Closed', isOpen: false },
      ],
      events: [
        { name: 'Assign', assigns: true },
        { name: 'Comment' },
        { name: 'Fix', from: ['Open', 'Failed'], to: ['Fixed'], hours: 'work' },
        { name: 'Verify', from: ['Fixed'], to: ['Closed', 'Failed'], hours: 'work' },
      ],
    },
  };
}

/** A fixed defect that these people have. */
function fixedDefect(assignmentRule: string, ...people: string[]) {
  const harness = project({
    users,
    workflows: workflow(assignmentRule),
    defects: [{ summary: 'Printer', events: [{ name: 'Fix' }, { name: 'Assign', assignTo: people }] }],
  });
  const { tt, cookie } = harness;
  const get = () => tt.getDefect({ cookie, defectNumber: 1 });
  const add = (...eventlist: object[]) => addAs(cookie, ...eventlist);
  const addAs = (by: number | bigint, ...eventlist: object[]) => {
    tt.editDefect({ cookie: by, defectNumber: 1 });
    try {
      return tt.saveDefect({ cookie: by, pDefect: { recordid: 1, eventlist } });
    } finally {
      if (harness.runner.world.collections.get('testtrack:Project/locks')?.size) {
        tt.cancelSaveDefect({ cookie: by, recordID: 1 });
      }
    }
  };
  const status = () => {
    const assignments = get().eventlist?.map(({ assigntolist }) => assigntolist?.join('; '));
    return { state: get().state, assignments };
  };
  return { ...harness, get, add, addAs, status };
}

describe('a defect that several users have', () => {
  test('moves with the first answer, which takes the assignment from the others', () => {
    const { add, get } = fixedDefect('anyone', 'ann', 'bob');
    add({ name: 'Verify', user: ann, resultingstate: 'Failed' });
    expect(get().state).toBe('Failed');
    // No user has it any more: the rule of its state would not let another user in otherwise.
    add({ name: 'Fix' });
    add({ name: 'Verify', resultingstate: 'Closed' });
    expect(get().state).toBe('Closed');
  });

  test('keeps its users while events leave the state alone', () => {
    const { add } = fixedDefect('assigned', 'ann', 'bob');
    add({ name: 'Comment', user: ann });
    expect(faultOf(() => add({ name: 'Comment' })).code).toBe(23);
    expect(() => add({ name: 'Comment', user: bob })).not.toThrow();
  });

  test('lists all of them in the event that assigned it, each once', () => {
    const { add, status } = fixedDefect('anyone', 'ann');
    add({ name: 'Assign', assigntolist: [ann, bob, ann, 'Nobody, Known'] });
    expect(status().assignments).toEqual(['', ann, `${ann}; ${bob}`]);
  });
});

describe('a state that only assigned users may leave', () => {
  test('refuses everybody else with 23 and says who may', () => {
    const { add, get } = fixedDefect('assigned', 'ann');
    const fault = faultOf(() => add({ name: 'Verify' }));
    expect([fault.code, fault.text]).toEqual([23, expect.stringContaining('only assigned users')]);
    expect(fault.hint).toContain('assigned to Ann Archer');
    expect(get().state).toBe('Fixed');
  });

  test('lets everybody in while nobody has the item', () => {
    const { add, get } = fixedDefect('assigned');
    add({ name: 'Verify' });
    expect(get().state).toBe('Closed');
  });
});

describe('a state that waits for all assigned users', () => {
  test('keeps the item until the last of them has answered', () => {
    const { add, get } = fixedDefect('all assigned', 'ann', 'bob');
    add({ name: 'Verify', user: ann, resultingstate: 'Closed' });
    expect(get().state).toBe('Fixed');
    add({ name: 'Verify', user: ann, resultingstate: 'Closed' });
    expect(get().state).toBe('Fixed');
    add({ name: 'Verify', user: bob, resultingstate: 'Closed' });
    expect(get().state).toBe('Closed');
  });

  test('goes by the answer of the highest priority: the state that the workflow names first', () => {
    const { add, get } = fixedDefect('all assigned', 'ann', 'bob');
    add({ name: 'Verify', user: ann, resultingstate: 'Failed' });
    add({ name: 'Verify', user: bob, resultingstate: 'Closed' });
    expect(get().state).toBe('Failed');
  });

  test('is left by an event of the server, and the answers name the event they answer', () => {
    const { add, get } = fixedDefect('all assigned', 'ann', 'bob');
    const assign = get().eventlist?.[1]?.recordid;
    add({ name: 'Verify', user: ann }, { name: 'Verify', user: bob });
    expect(get().eventlist?.slice(2)).toMatchObject([
      { name: 'Verify', user: ann, generatedeventtype: 'User', parenteventid: assign },
      { name: 'Verify', user: bob, generatedeventtype: 'User', parenteventid: assign },
      { name: 'Verify', generatedeventtype: 'Multiple User Assignment', resultingstate: 'Closed' },
    ]);
  });

  test('does not wait when one user has the item', () => {
    const { add, get } = fixedDefect('all assigned', 'ann');
    add({ name: 'Verify', user: ann });
    expect(get().state).toBe('Closed');
  });

  test('can be left at once by somebody who overrides the workflow', () => {
    const { add, get } = fixedDefect('all assigned', 'ann', 'bob');
    add({ name: 'Verify', overrideuser: 'Administrator, System' });
    expect(get()).toMatchObject({ state: 'Closed' });
    expect(get().eventlist?.at(-1)?.overrideuser).toBe('Administrator, System');
  });

  test('cannot be overridden without the command for it', () => {
    const { addAs, get, logOn } = fixedDefect('all assigned', 'ann', 'bob');
    const fault = faultOf(() => addAs(logOn('bob', ''), { name: 'Verify', overrideuser: bob }));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('Override Workflow')]);
    expect(get().state).toBe('Fixed');
  });
});

describe('an event', () => {
  test('may name the event of the same item that it answers, and no other', () => {
    const { add, get } = fixedDefect('anyone', 'ann');
    add({ name: 'Comment', parenteventid: 1 });
    expect(get().eventlist?.at(-1)?.parenteventid).toBe(1);
    expect(faultOf(() => add({ name: 'Comment', parenteventid: 99 })).code).toBe(23);
  });

  test('of several in one save is entered in the order of eventaddorder', () => {
    const { add, get } = fixedDefect('anyone');
    add(
      { name: 'Fix', eventaddorder: 2 },
      { name: 'Verify', resultingstate: 'Failed', eventaddorder: 1 },
      { name: 'Verify', resultingstate: 'Closed', eventaddorder: 3 },
    );
    expect(
      get()
        .eventlist?.slice(2)
        .map(({ name, resultingstate }) => `${name}: ${resultingstate}`),
    ).toEqual(['Verify: Failed', 'Fix: Fixed', 'Verify: Closed']);
    expect(get().state).toBe('Closed');
  });

  test('shows the actual hours of all events, whatever the client sent', () => {
    const { add, get } = fixedDefect('anyone');
    add({ name: 'Verify', hours: 2.5, resultingstate: 'Failed', totaltimespent: -1 });
    add({ name: 'Fix', hours: 1 });
    expect(get().eventlist?.map(({ totaltimespent }) => totaltimespent)).toEqual([3.5, 3.5, 3.5, 3.5]);
    expect(get().actualhourstofix).toBe(3.5);
  });

  test('cannot be made to look generated by a client', () => {
    const { add, get } = fixedDefect('anyone');
    add({ name: 'Comment', generatedeventtype: 'Auto Assignment', generatedbyname: 'Rule' });
    expect(get().eventlist?.at(-1)).toMatchObject({ generatedeventtype: 'User', generatedbyname: '' });
  });

  test('of an assignment rule can stand in a scenario', () => {
    const { tt, cookie } = project({
      users,
      defects: [
        {
          summary: 'Printer',
          events: [
            { name: 'Assign', assignTo: 'ann', generatedType: 'Auto Assignment', generatedBy: 'Admin rule' },
          ],
        },
      ],
    });
    expect(tt.getDefect({ cookie, defectNumber: 1 }).eventlist).toMatchObject([
      { generatedeventtype: 'Auto Assignment', generatedbyname: 'Admin rule', assigntolist: [ann] },
    ]);
  });
});

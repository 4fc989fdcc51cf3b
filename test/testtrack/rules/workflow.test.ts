import { describe, expect, test } from 'vitest';
import { faultOf, project } from '../../support/testtrack.ts';

/** A defect that has gone through these events. */
function defectAfter(...events: object[]) {
  const harness = project({ defects: [{ summary: 'Printer', enteredBy: 'admin', events }] });
  const { tt, cookie } = harness;
  const get = () => tt.getDefect({ cookie, defectNumber: 1 });
  const add = (...eventlist: object[]) => {
    const before = tt.editDefect({ cookie, defectNumber: 1 });
    return tt.saveDefect({
      cookie,
      pDefect: { ...before, eventlist: [...(before.eventlist ?? []), ...eventlist] },
    });
  };
  return { ...harness, get, add };
}

describe('the state of a defect', () => {
  test('is the first of the workflow when nothing happened', () => {
    expect(defectAfter().get().state).toBe('Open');
  });

  test('follows the last event that changes it, and an event without a choice takes the only state', () => {
    const { add, get } = defectAfter({ name: 'Assign', assignTo: 'lake' });
    add({ name: 'Fix' });
    expect(get().state).toBe('Fixed');
    add({ name: 'Verify', resultingstate: 'Open (Verify Failed)' });
    expect(get().state).toBe('Open (Verify Failed)');
    add({ name: 'Comment', notes: 'hm' });
    expect(get().state).toBe('Open (Verify Failed)');
  });

  test('stays when the client says <No State Change>', () => {
    const { add, get } = defectAfter({ name: 'Fix' });
    add({ name: 'Verify', resultingstate: '<No State Change>' });
    expect(get().state).toBe('Fixed');
    expect(get().eventlist?.at(-1)?.resultingstate).toBe('<No State Change>');
  });

  test('cannot be set: what a client sends as state is ignored, not refused', () => {
    const { tt, cookie, get } = defectAfter();
    const before = tt.editDefect({ cookie, defectNumber: 1 });
    tt.saveDefect({ cookie, pDefect: { ...before, state: 'Closed' } });
    expect(get().state).toBe('Open');
  });
});

describe('an event', () => {
  test('that the state does not allow is refused with 23, and the hint lists those it does', () => {
    const { add } = defectAfter();
    const fault = faultOf(() => add({ name: 'Verify' }));
    expect(fault.code).toBe(23);
    expect(fault.hint).toContain('In "Open" these events are possible: Assign, Estimate');
  });

  test('that the workflow does not have is refused with 23', () => {
    expect(faultOf(() => defectAfter().add({ name: 'Celebrate' })).code).toBe(23);
  });

  test('that cannot lead to the state it names is refused with 23', () => {
    const { add } = defectAfter();
    expect(faultOf(() => add({ name: 'Fix', resultingstate: 'Closed' })).hint).toContain(
      '"Fix" leads to: Fixed',
    );
  });

  test('gets the caller, the moment and a record ID when the client gives none', () => {
    const { add, get } = defectAfter();
    add({ name: 'Comment', notes: 'line 1\r\nline 2' });
    expect(get().eventlist).toMatchObject([
      {
        recordid: 1,
        name: 'Comment',
        user: 'Administrator, System',
        date: '2026-03-02T10:00:00-05:00',
        notes: 'line 1\r\nline 2',
        generatedeventtype: 'User',
      },
    ]);
  });

  test('that is not sent again stays', () => {
    const { tt, cookie, get } = defectAfter({ name: 'Comment', notes: 'first' });
    tt.editDefect({ cookie, defectNumber: 1 });
    tt.saveDefect({ cookie, pDefect: { recordid: 1, eventlist: [{ name: 'Comment', notes: 'second' }] } });
    expect(get().eventlist?.map(({ notes }) => notes)).toEqual(['first', 'second']);
  });

  test('is changed in place by its record ID', () => {
    const { tt, cookie, get } = defectAfter({ name: 'Comment', notes: 'teh' });
    tt.editDefect({ cookie, defectNumber: 1 });
    tt.saveDefect({ cookie, pDefect: { recordid: 1, eventlist: [{ recordid: 1, notes: 'the' }] } });
    expect(get().eventlist).toMatchObject([{ recordid: 1, name: 'Comment', notes: 'the' }]);
  });

  test('with a record ID that the defect does not have is refused with 23', () => {
    const { tt, cookie } = defectAfter();
    tt.editDefect({ cookie, defectNumber: 1 });
    const save = () => tt.saveDefect({ cookie, pDefect: { recordid: 1, eventlist: [{ recordid: 99 }] } });
    expect(faultOf(save).code).toBe(23);
  });

  test('carries its own custom fields, checked against their lists', () => {
    const { add, get } = defectAfter();
    const resolution = (value: string) => ({ $type: 'CDropdownField', name: 'Resolution', value });
    expect(faultOf(() => add({ name: 'Fix', fieldlist: [resolution('Prayer')] })).code).toBe(23);
    const { tt, cookie } = defectAfter();
    tt.editDefect({ cookie, defectNumber: 1 });
    tt.saveDefect({
      cookie,
      pDefect: {
        recordid: 1,
        eventlist: [
          { name: 'Fix', fieldlist: [{ $type: 'CDropdownField', name: 'Resolution', value: 'Code Change' }] },
        ],
      },
    });
    const { fieldlist } = tt.getDefect({ cookie, defectNumber: 1 }).eventlist?.[0] ?? {};
    expect(fieldlist?.find(({ name }) => name === 'Resolution')).toMatchObject({
      $type: 'CDropdownField',
      value: 'Code Change',
    });
    expect(get().state).toBe('Open');
  });
});

describe('hours', () => {
  test('follow from the events: the last estimate, and the sum of work', () => {
    const { get } = defectAfter(
      { name: 'Estimate', hours: 3 },
      { name: 'Estimate', hours: 8 },
      { name: 'Enter Work', hours: 2 },
      { name: 'Fix', hours: 1.5 },
    );
    expect(get()).toMatchObject({
      estimatedhours: 8,
      actualhourstofix: 3.5,
      remaininghours: 4.5,
      variance: -4.5,
    });
  });
});

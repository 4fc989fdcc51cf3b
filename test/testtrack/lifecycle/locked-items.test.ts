import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const users = [
  { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
  { login: 'editor', last: 'Editor', groups: ['Editors'] },
  { login: 'keeper', last: 'Keeper', groups: ['Editors', 'Keepers'] },
];
const groups = [
  { name: 'Editors', commands: ['View Defects', 'Edit Defects', 'View Test Cases', 'Edit Test Cases'] },
  { name: 'Keepers', commands: ['Edit Locked Defects', 'Edit Locked Test Cases'] },
];
const workflow = {
  states: [{ name: 'Draft' }, { name: 'Frozen', locksItem: true }],
  events: [
    { name: 'Freeze', from: ['Draft'], to: ['Frozen'] },
    { name: 'Thaw', from: ['Frozen'], to: ['Draft'] },
  ],
};

function withFrozen() {
  const events = [{ name: 'Freeze' }];
  const harness = project({
    users,
    groups,
    workflows: { Defect: workflow, 'Test Case': workflow },
    defects: [{ summary: 'frozen', events }, { summary: 'draft' }],
    testCases: [{ summary: 'frozen', events }, { summary: 'draft' }],
  });
  return { ...harness, as: (login: string) => harness.logOn(login, '') };
}

describe('an item in a state that locks it', () => {
  test.each(['Defect', 'Test Case'])('takes another command to be changed: %s', (table) => {
    const harness = withFrozen();
    const { tt, as } = harness;
    const edit = (cookie: number | bigint) =>
      table === 'Defect'
        ? tt.editDefect({ cookie, defectNumber: 1 })
        : tt.editTestCase({ cookie, testCaseNumber: 1 });
    const save = (cookie: number | bigint) =>
      table === 'Defect'
        ? tt.saveDefect({ cookie, pDefect: { recordid: 1, summary: 'melted' } })
        : tt.saveTestCase({ cookie, pTestCase: { recordid: 1, summary: 'melted' } });
    const editor = as('editor');
    expect(edit(editor).summary).toBe('frozen');
    const fault = refusalOf(harness, () => save(editor));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining(`Edit Locked ${table}s`)]);
    tt.DatabaseLogoff({ cookie: editor });
    const keeper = as('keeper');
    edit(keeper);
    expect(save(keeper)).toBe(0);
  });

  test('takes workflow events from users who may edit it, and keeps everything else exactly as it is', () => {
    const { tt, as, runner, cookie: admin } = withFrozen();
    const cookie = as('editor');
    const old = tt.editDefect({ cookie, defectNumber: 1 });
    const record = () => runner.world.collections.get('testtrack:Project/defects')?.get(1) as object;
    const before = record();
    const event = { recordid: 0, name: 'Thaw', notes: 'Too early.' };
    tt.saveDefect({ cookie, pDefect: { ...old, eventlist: [...(old.eventlist ?? []), event] } });
    const after = tt.getDefect({ cookie: admin, defectNumber: 1 });
    expect([after.state, after.eventlist?.at(-1)?.notes]).toEqual(['Draft', 'Too early.']);
    const { events, state, assignedTo, modified, ...rest } = record() as Record<string, unknown>;
    expect(before).toMatchObject(rest);
    expect([events, assignedTo]).toEqual([expect.any(Array), []]);
    expect([state, modified]).toEqual(['Draft', expect.objectContaining({ by: 2 })]);
  });

  test('loses no formatting to an event from a session in plain mode', () => {
    const { tt, as, cookie: admin } = withFrozen();
    tt.formattedTextSupport({ cookie: admin, enableFormattedText: true });
    tt.editDefect({ cookie: admin, defectNumber: 1 });
    tt.saveDefect({ cookie: admin, pDefect: { recordid: 1, workaround: '<p><b>None</b></p>' } });
    const cookie = as('editor');
    const old = tt.editDefect({ cookie, defectNumber: 1 });
    expect(old.workaround).toBe('None');
    tt.saveDefect({ cookie, pDefect: { ...old, eventlist: [{ name: 'Thaw' }] } });
    expect(tt.getDefect({ cookie: admin, defectNumber: 1 }).workaround).toBe('<p><b>None</b></p>');
  });

  test('can be read, and items in other states can be edited', () => {
    const { tt, as } = withFrozen();
    const cookie = as('editor');
    expect(tt.getTestCase({ cookie, testCaseNumber: 1 }).summary).toBe('frozen');
    expect(tt.editTestCase({ cookie, testCaseNumber: 2 }).summary).toBe('draft');
  });

  test('is free again when it comes into a state that does not lock it', () => {
    const { tt, as } = withFrozen();
    const keeper = as('keeper');
    tt.editTestCase({ cookie: keeper, testCaseNumber: 1 });
    tt.saveTestCase({ cookie: keeper, pTestCase: { recordid: 1, eventlist: [{ name: 'Thaw' }] } });
    expect(tt.editTestCase({ cookie: as('editor'), testCaseNumber: 1 }).state).toBe('Draft');
  });

  test('is locked by an edit like any other', () => {
    const { tt, as } = withFrozen();
    tt.editDefect({ cookie: as('keeper'), defectNumber: 1 });
    expect(faultOf(() => tt.editDefect({ cookie: as('editor'), defectNumber: 1 })).code).toBe(22);
  });
});

import { describe, expect, test } from 'vitest';
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
  test.each(['Defect', 'Test Case'])('takes another command to be edited: %s', (table) => {
    const { tt, as, runner } = withFrozen();
    const edit = (cookie: number | bigint) =>
      table === 'Defect'
        ? tt.editDefect({ cookie, defectNumber: 1 })
        : tt.editTestCase({ cookie, testCaseNumber: 1 });
    const cookie = as('editor');
    const before = runner.world.collections.get('testtrack:Project/locks');
    const fault = faultOf(() => edit(cookie));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining(`Edit Locked ${table}s`)]);
    expect(runner.world.collections.get('testtrack:Project/locks')).toBe(before);
    expect(edit(as('keeper')).summary).toBe('frozen');
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

  test('says so before it says that somebody edits it', () => {
    const { tt, as } = withFrozen();
    tt.editDefect({ cookie: as('keeper'), defectNumber: 1 });
    expect(faultOf(() => tt.editDefect({ cookie: as('editor'), defectNumber: 1 })).code).toBe(5);
    expect(faultOf(() => tt.editDefect({ cookie: as('keeper'), defectNumber: 1 })).code).toBe(22);
  });
});

import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../../src/testtrack/operation.ts';
import { operations } from '../../../src/testtrack/operations/index.ts';
import { tableNames } from '../../../src/testtrack/rules/table-names.ts';
import { refusalOf } from '../../support/refusal.ts';
import { project } from '../../support/testtrack.ts';

/** The operations of each area, by what their names say, and an area that does not open them. */
const areas = [
  { area: 'TestTrack Pro', names: /Defect/, instead: 'TestTrack TCM' },
  { area: 'TestTrack TCM', names: /TestCase|TestRuns?(?!StepsModes|Defect)/, instead: 'TestTrack RM' },
  { area: 'TestTrack RM', names: /Requirement|DocumentTree|Snapshot/, instead: 'TestTrack Pro' },
] as const;

/** These give constants, which every client may know. */
const constants: readonly string[] = ['getTestRunStepsModes'];

describe.each(areas)('a session that did not open $area', ({ area, names, instead }) => {
  const closed = Object.keys(operations).filter((name) => names.test(name) && !constants.includes(name));

  test.each(closed as OperationName[])('is refused %s with 5, whatever it asks for', (name) => {
    const harness = project({ groups: [{ name: 'Nobody', commands: [] }] });
    const cookie = harness.logOn('admin', 'secret', [instead]);
    const fault = refusalOf(harness, () => harness.tt[name]({ cookie } as never));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('did not open "TestTrack')]);
    expect(fault.hint).toContain(`it opened ${instead}`);
    expect(area).not.toBe(instead);
  });
});

test.each([
  ['getColumnsForTable', { tablename: 'Test Case' }],
  ['getFilterListForTable', { tablename: 'Test Run' }],
  ['getDropdownFieldForTable', { tablename: 'Requirement' }],
  ['getRecordListForTable', { tablename: 'Requirement Document' }],
  ['getRecordListForTableWithQuery', { tablename: 'Test Case' }],
  ['getEventDefinitionList', { tablename: 'Requirement' }],
  ['getCustomFieldsDefinitionList', { tablename: 'Test Case' }],
  ['getAttachment', { tablename: 'Test Case' }],
  ['getItemHyperlinks', { itemType: 'Requirement' }],
  ['getLinksForItem', { tablename: 'Test Case' }],
] as const)('%s is refused for a table of an area that was not opened', (name, parts) => {
  const harness = project();
  const cookie = harness.logOn('admin', 'secret', ['TestTrack Pro']);
  const fault = refusalOf(harness, () => harness.tt[name]({ cookie, ...parts } as never));
  expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('did not open "TestTrack')]);
});

describe('getTableList', () => {
  const names = (items: readonly { readonly name?: string | undefined }[]) => items.map(({ name }) => name);
  const admin = { login: 'admin', password: 'secret', last: 'Admin' };

  test('lists the tables of the areas that were opened, and those that belong to none', () => {
    const { tt, logOn } = project();
    const listed = (areas: string[]) =>
      names(tt.getTableList({ cookie: logOn('admin', 'secret', areas) })).filter(
        (name) =>
          !['Customer', 'Folder', 'Links', 'Report', 'Task', 'Test Config', 'User'].includes(name ?? ''),
      );
    expect(listed(['TestTrack Pro'])).toEqual(['Defect']);
    expect(listed(['TestTrack RM'])).toEqual(['Requirement', 'Requirement Document']);
    expect(listed(['TestTrack TCM'])).toEqual(['Test Case', 'Test Run', 'Test Variant']);
  });

  test('lists what the groups show and may view, and getColumnsForTable answers for exactly those', () => {
    const harness = project({
      groups: [
        { name: 'One', commands: ['View Defects', 'View Users', 'View Links'], hiddenTables: ['Links'] },
        { name: 'Two', commands: ['View Test Cases'], hiddenTables: ['Links', 'Task'] },
      ],
      users: [admin, { login: 'some', password: 's', last: 'Some', groups: ['One', 'Two'] }],
    });
    const cookie = harness.logOn('some', 's');
    const listed = names(harness.tt.getTableList({ cookie }));
    expect(listed).toEqual(['Defect', 'Test Case', 'Test Variant', 'User']);
    for (const tablename of tableNames) {
      const ask = () => harness.tt.getColumnsForTable({ cookie, tablename });
      if (listed.includes(tablename)) expect(ask().length).toBeGreaterThan(1);
      else expect(refusalOf(harness, ask).code, tablename).toBe(5);
    }
  });
});

test('getFilterList has no filters of tables of an area that was not opened', () => {
  const filters = { Defect: [{ name: 'Open', query: {} }], Requirement: [{ name: 'Draft', query: {} }] };
  const { tt, logOn } = project({ filters });
  expect(tt.getFilterList({ cookie: logOn('admin', 'secret', ['TestTrack RM']) })).toEqual([
    { name: 'Draft' },
  ]);
});

test.each([
  ['getColumnsForTable', { tablename: 'Customer' }],
  ['getFilterListForTable', { tablename: 'Customer' }],
  ['getDropdownFieldForTable', { tablename: 'Customer' }],
  ['getDropdownFieldValuesForTable', { tablename: 'Customer' }],
  ['addDropdownFieldValuesForTable', { tablename: 'Customer' }],
  ['getRecordListForTable', { tablename: 'Customer' }],
  ['getEventDefinitionList', { tablename: 'Customer' }],
  ['getCustomFieldsDefinitionList', { tablename: 'Customer' }],
  ['getCustomer', {}],
  ['addGlobalCustomer', {}],
  ['promoteCustomer', {}],
] as const)('%s is refused for a table that the groups of the user hide', (name, parts) => {
  const harness = project({
    groups: [{ name: 'Blind', commands: 'all', hiddenTables: ['Customer'] }],
    users: [
      { login: 'admin', password: 'secret', last: 'Admin' },
      { login: 'blind', password: 'b', last: 'Blind', groups: ['Blind'] },
    ],
  });
  const cookie = harness.logOn('blind', 'b');
  const fault = refusalOf(harness, () => harness.tt[name]({ cookie, ...parts } as never));
  expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('hidden')]);
});

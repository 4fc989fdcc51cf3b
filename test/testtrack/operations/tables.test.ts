import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { project } from '../../support/testtrack.ts';

const names = (items: readonly { readonly name?: string | undefined }[]) => items.map(({ name }) => name);
const values = (items: readonly { readonly value?: string | undefined }[]) => items.map(({ value }) => value);

describe('the columns of a table', () => {
  test('hold all that clients were seen to ask of defects', () => {
    const { tt, cookie } = project();
    const columns = names(tt.getColumnsForTable({ cookie, tablename: 'Defect' }));
    const attested =
      'Record ID,Number,Summary,Status,Type,Product,Priority,Disposition,Reference,Component,Severity,Entered by,Date Entered,Date Created,Created By,Date Modified,Modified By,Currently Assigned To,Assigned To User,Assign Date,Current Assignment Date,Fix Date,Fixed By User,Verify Date,Force Close Date,Re-Open Date,Closed Date,Closed By,Estimate Completion Date,Date Found,Description,Folders';
    for (const name of attested.split(',')) expect(columns).toContain(name);
    expect(new Set(columns).size).toBe(columns.length);
  });

  test.each([
    ['Requirement', ['Number', 'Tag', 'Summary', 'Description', 'Status', 'Folders', 'Closed Date']],
    ['Folder', ['Record ID', 'Name', 'Path']],
    ['Test Run', ['Test Run Set', 'Test Case Number']],
    ['Test Variant', ['Record ID', 'Name']],
  ])('of %s hold those that are known', (tablename, expected) => {
    const { tt, cookie } = project();
    expect(names(tt.getColumnsForTable({ cookie, tablename }))).toEqual(expect.arrayContaining(expected));
  });

  test('follow the workflow and the fields of the project', () => {
    const { tt, cookie } = project({
      renamedFields: { Defect: { Product: 'Bug Category', Status: 'Standing' } },
      customFields: { Defect: [{ name: 'AE Responsible', type: 'string' }] },
      workflows: {
        Defect: {
          states: [{ name: 'Open' }],
          events: [{ name: 'In Development', fields: [{ name: 'Branch', type: 'string' }] }],
        },
      },
    });
    const columns = names(tt.getColumnsForTable({ cookie, tablename: 'Defect' }));
    expect(columns).toEqual(
      expect.arrayContaining([
        'Bug Category',
        'Standing',
        'AE Responsible',
        'In Development Date',
        'In Development By User',
        'In Development Branch',
      ]),
    );
    for (const gone of ['Product', 'Status', 'Fix Date']) expect(columns).not.toContain(gone);
  });
});

describe('filters', () => {
  const filters = {
    Defect: [
      { name: 'Open', query: "{'Status':'Open'}" },
      { name: 'All', query: {} },
    ],
    'Test Case': [{ name: 'All', query: '{}' }],
  };

  test('are listed by table, in the order of the scenario', () => {
    const { tt, cookie } = project({ filters });
    expect(names(tt.getFilterListForTable({ cookie, tablename: 'Defect' }))).toEqual(['Open', 'All']);
    expect(tt.getFilterListForTable({ cookie, tablename: 'User' })).toEqual([]);
  });

  test('are listed for all tables that the caller sees, each name once', () => {
    const { tt, cookie, logOn } = project({
      filters,
      groups: [{ name: 'Testers', commands: 'all', hiddenTables: ['Defect'] }],
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'lake', password: 'water', last: 'Lake', groups: ['Testers'] },
      ],
    });
    expect(names(tt.getFilterList({ cookie }))).toEqual(['Open', 'All']);
    expect(names(tt.getFilterList({ cookie: logOn('lake', 'water') }))).toEqual(['All']);
  });

  test('of an unknown table are refused with 77', () => {
    const harness = project({ filters });
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.getFilterListForTable({ cookie, tablename: 'Bugs' })).code).toBe(77);
  });
});

const withFields = {
  customFields: {
    Defect: [
      { name: 'Browser', type: 'dropdown', values: ['Firefox', 'Opera'] },
      { name: 'Note', type: 'string' },
    ],
  },
  renamedFields: { Defect: { Product: 'Bug Category' } },
};

describe('drop-down fields', () => {
  test('are the columns whose values come from a list', () => {
    const { tt, cookie } = project(withFields);
    const fields = names(tt.getDropdownFieldForTable({ cookie, tablename: 'Defect' }));
    expect(fields).toEqual(
      expect.arrayContaining([
        'Type',
        'Bug Category',
        'Version Found',
        'Entered by',
        'Browser',
        'Fix Resolution',
      ]),
    );
    for (const other of ['Summary', 'Product', 'Note', 'Status', 'Record ID'])
      expect(fields).not.toContain(other);
    const columns = names(tt.getColumnsForTable({ cookie, tablename: 'Defect' }));
    expect(columns).toEqual(expect.arrayContaining(fields));
  });

  test('of test variants are the variants themselves', () => {
    const { tt, cookie } = project({ lists: { 'Test Variant': { System: ['Linux', 'BSD'] } } });
    const tablename = 'Test Variant';
    expect(names(tt.getDropdownFieldForTable({ cookie, tablename }))).toContain('System');
    expect(values(tt.getDropdownFieldValuesForTable({ cookie, tablename, fieldname: 'System' }))).toEqual([
      'Linux',
      'BSD',
    ]);
  });

  test.each([
    ['Defect', 'Priority', ['Immediate', 'High', 'Medium', 'Low']],
    ['Defect', 'Bug Category', ['WysiWrite', 'WysiCalc', 'Wysi CRM']],
    ['Defect', 'Browser', ['Firefox', 'Opera']],
    ['Defect', 'Entered by', ['Administrator, System', 'Lake, Veronica']],
    ['User', 'E-mail Type', ['Internet', 'Other']],
    ['User', 'Security Group', expect.arrayContaining(['Administrators', 'Developers', 'Guests'])],
    ['Requirement', 'Requirement Type', expect.arrayContaining(['Functional Requirement'])],
  ])('give the values of %s, %s in list order', (tablename, fieldname, expected) => {
    const { tt, cookie } = project(withFields);
    expect(values(tt.getDropdownFieldValuesForTable({ cookie, tablename, fieldname }))).toEqual(expected);
  });

  test.each([
    ['an unknown table with 77', 'Bugs', 'Priority', 77, 'No table "Bugs"'],
    ['an unknown field with 11', 'Defect', 'Colour', 11, 'Drop-down fields of Defect: Bug Category, Type'],
    ['a field without a list with 11', 'Defect', 'Summary', 11, 'Drop-down fields of Defect'],
    ['a renamed field by its old name with 11', 'Defect', 'Product', 11, 'called "Bug Category"'],
    ['the states with 11', 'Defect', 'Status', 11, 'Drop-down fields of Defect'],
  ])('are refused for %s', (_, tablename, fieldname, code, hint) => {
    const harness = project(withFields);
    const { tt, cookie } = harness;
    for (const call of [
      () => tt.getDropdownFieldValuesForTable({ cookie, tablename, fieldname }),
      () => tt.addDropdownFieldValuesForTable({ cookie, tablename, fieldname, pValueList: [{ value: 'x' }] }),
    ]) {
      const fault = refusalOf(harness, call);
      expect(fault.code).toBe(code);
      expect(fault.hint).toContain(hint);
    }
  });
});

describe('adding values to a drop-down field', () => {
  const added = [{ value: 'Never' }, { value: 'High' }, { value: 'Later' }, { value: 'Never' }];

  test('puts them at the end, passing over those that are there', () => {
    const { tt, cookie, logOn } = project(withFields);
    const field = { tablename: 'Defect', fieldname: 'Priority' };
    expect(tt.addDropdownFieldValuesForTable({ cookie, ...field, pValueList: added })).toBe(0);
    const seen = tt.getDropdownFieldValuesForTable({ cookie: logOn('lake', 'water'), ...field });
    expect(values(seen)).toEqual(['Immediate', 'High', 'Medium', 'Low', 'Never', 'Later']);
    tt.addDefect({ cookie, pDefect: { summary: 'x', priority: 'Never' } });
    expect(tt.getDefect({ cookie, summary: 'x' }).priority).toBe('Never');
  });

  test('works for custom fields and for the fields of events, and what holds them stays as it was', () => {
    const { tt, cookie } = project({
      ...withFields,
      defects: [{ summary: 'x', customFields: { Browser: 'Opera' } }],
    });
    for (const fieldname of ['Browser', 'Fix Resolution']) {
      tt.addDropdownFieldValuesForTable({
        cookie,
        tablename: 'Defect',
        fieldname,
        pValueList: [{ value: 'New' }],
      });
      const now = values(tt.getDropdownFieldValuesForTable({ cookie, tablename: 'Defect', fieldname }));
      expect(now.at(-1)).toBe('New');
    }
    const columnlist = [{ name: 'Browser' }];
    const list = tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist });
    expect(list.records?.[0]?.row).toEqual([{ value: 'Opera' }]);
    const defect = tt.editDefect({ cookie, defectNumber: 1 });
    const customFieldList = [{ $type: 'CDropdownField', name: 'Browser', value: 'New' }] as const;
    const eventlist = [
      { name: 'Fix', fieldlist: [{ $type: 'CDropdownField', name: 'Resolution', value: 'New' }] },
    ] as const;
    tt.saveDefect({ cookie, pDefect: { ...defect, customFieldList, eventlist } });
    const names = [{ name: 'Browser' }, { name: 'Fix Resolution' }];
    const after = tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist: names });
    expect(after.records?.[0]?.row).toEqual([{ value: 'New' }, { value: 'New' }]);
  });

  test('of nothing changes nothing', () => {
    const { tt, cookie, runner } = project();
    const before = runner.world.collections;
    const field = { cookie, tablename: 'Defect', fieldname: 'Priority' };
    expect(tt.addDropdownFieldValuesForTable({ ...field, pValueList: [] })).toBe(0);
    expect(tt.addDropdownFieldValuesForTable({ ...field, pValueList: [{ value: 'High' }] })).toBe(0);
    expect(
      [...before.keys()].filter((path) => before.get(path) !== runner.world.collections.get(path)),
    ).toEqual([]);
  });

  test.each([
    ['no list with 2', { fieldname: 'Priority', pValueList: undefined }, 2],
    ['an empty value with 11', { fieldname: 'Priority', pValueList: [{ value: 'x' }, { value: ' ' }] }, 11],
    ['a value that is missing with 11', { fieldname: 'Priority', pValueList: [{}] }, 11],
    ['a user field with 11', { fieldname: 'Entered by', pValueList: [{ value: 'Somebody' }] }, 11],
  ])('is refused for %s', (_, parts, code) => {
    const harness = project();
    const { tt, cookie } = harness;
    const call = () => tt.addDropdownFieldValuesForTable({ cookie, tablename: 'Defect', ...parts });
    expect(refusalOf(harness, call).code).toBe(code);
  });

  test('needs its command: 5', () => {
    const harness = project({
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'lake', password: 'water', last: 'Lake', groups: ['Developers'] },
      ],
    });
    const cookie = harness.logOn('lake', 'water');
    const parts = { cookie, tablename: 'Defect', fieldname: 'Priority', pValueList: [{ value: 'x' }] };
    const fault = refusalOf(harness, () => harness.tt.addDropdownFieldValuesForTable(parts));
    expect(fault.code).toBe(5);
    expect(fault.hint).toContain('Configure List Values');
  });

  test('is refused with 75 while somebody configures the project, until that lock ends', () => {
    const harness = project({ adminLock: { by: 'lake', minutes: 5 } });
    const { tt, cookie, clock } = harness;
    const parts = { cookie, tablename: 'Defect', fieldname: 'Priority', pValueList: [{ value: 'x' }] };
    const fault = refusalOf(harness, () => tt.addDropdownFieldValuesForTable(parts));
    expect(fault.code).toBe(75);
    expect(fault.hint).toContain('Veronica Lake; the lock ends at 2026-03-02T15:05:00.000Z');
    clock.advance(5 * 60_000 - 1);
    expect(refusalOf(harness, () => tt.addDropdownFieldValuesForTable(parts)).code).toBe(75);
    clock.advance(1);
    expect(tt.addDropdownFieldValuesForTable(parts)).toBe(0);
  });
});

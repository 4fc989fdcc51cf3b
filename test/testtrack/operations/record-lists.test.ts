// Long because each of the thirteen tables is listed, with all its documented columns.
import { describe, expect, test } from 'vitest';
import { tableNames } from '../../../src/testtrack/rules/table-names.ts';
import { refusalOf } from '../../support/refusal.ts';
import { project } from '../../support/testtrack.ts';

const described = {
  testConfigs: [{ name: 'Laptop' }],
  defects: [
    {
      recordId: 20,
      number: 1,
      summary: 'Printer on fire',
      type: 'Crash - Data Loss',
      priority: 'High',
      product: 'WysiWrite',
      enteredBy: 'lake',
      dateEntered: '2018-02-03',
      createdAt: '2018-02-03T14:15:00Z',
      reportedBy: [
        {
          foundBy: 'lake',
          dateFound: '2018-02-01',
          description: 'Smoke\r\nFlames',
          foundInVersion: '5.1',
          testConfig: 'Laptop',
        },
        { foundBy: 'admin', dateFound: '2018-02-02', description: 'Me too' },
      ],
      attachments: [{ name: 'fire.txt', text: 'hot' }],
      events: [
        {
          name: 'Estimate',
          at: '2018-02-04T15:00:00Z',
          user: 'admin',
          hours: 8,
          fields: { 'Completion Date': '2018-03-01' },
        },
        { name: 'Assign', at: '2018-02-05T15:00:00Z', user: 'admin', assignTo: 'lake' },
        { name: 'Enter Work', at: '2018-02-06T15:00:00Z', user: 'lake', hours: 3 },
      ],
    },
    {
      recordId: 10,
      number: 2,
      summary: 'Wrong colour',
      events: [
        { name: 'Assign', at: '2018-03-01T15:00:00Z', user: 'lake', assignTo: ['admin', 'lake'] },
        {
          name: 'Fix',
          at: '2018-03-02T15:00:00Z',
          user: 'lake',
          notes: 'Painted',
          hours: 1,
          fields: { Resolution: 'Code Change', 'Affects Documentation': true },
        },
        { name: 'Verify', at: '2018-03-03T15:00:00Z', user: 'admin', resultingState: 'Open (Verify Failed)' },
        { name: 'Fix', at: '2018-03-04T15:00:00Z', user: 'admin', notes: 'Again' },
        { name: 'Verify', at: '2018-03-05T15:00:00Z', user: 'lake', resultingState: 'Closed' },
      ],
    },
  ],
};

type Harness = ReturnType<typeof project>;

function rows(
  { tt, cookie }: Pick<Harness, 'tt' | 'cookie'>,
  names: readonly string[],
  tablename = 'Defect',
) {
  const list = tt.getRecordListForTable({ cookie, tablename, columnlist: names.map((name) => ({ name })) });
  expect(list.columnlist).toEqual(names.map((name) => ({ name })));
  return (list.records ?? []).map(({ row = [] }) => row.map(({ value }) => value));
}

describe('a list of records', () => {
  test('has a row for each record, by record ID, and its cells in the order of the columns asked for', () => {
    const harness = project(described);
    expect(rows(harness, ['Summary', 'Record ID', 'Number', 'Summary'])).toEqual([
      ['Wrong colour', '10', '2', 'Wrong colour'],
      ['Printer on fire', '20', '1', 'Printer on fire'],
    ]);
  });

  test('has all columns when none is asked for', () => {
    const { tt, cookie } = project(described);
    const columns = tt.getColumnsForTable({ cookie, tablename: 'Defect' });
    for (const columnlist of [undefined, []]) {
      const list = tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist });
      expect(list.columnlist).toEqual(columns);
      expect(list.records?.map(({ row }) => row?.length)).toEqual([columns.length, columns.length]);
    }
  });

  test('is empty, not absent, when there is nothing', () => {
    const { tt, cookie } = project();
    expect(
      tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist: [{ name: 'Number' }] }),
    ).toEqual({
      columnlist: [{ name: 'Number' }],
      records: [],
    });
  });

  test.each(tableNames)('can be had of the table %s, with every column it has', (tablename) => {
    const { tt, cookie } = project({
      ...described,
      testCases: [{ summary: 'Print' }],
      folders: [{ name: 'Box' }],
    });
    const columns = tt.getColumnsForTable({ cookie, tablename });
    const list = tt.getRecordListForTable({ cookie, tablename, columnlist: columns });
    expect(list.columnlist).toEqual(columns);
    for (const { row } of list.records ?? []) expect(row).toHaveLength(columns.length);
  });

  test('of users has no customers, and the other way round', () => {
    const harness = project({ customers: [{ first: 'Carla', last: 'Buyer' }] });
    expect(rows(harness, ['Last Name'], 'User')).toEqual([['Administrator'], ['Lake']]);
    expect(rows(harness, ['Last Name'], 'Customer')).toEqual([['Buyer']]);
  });

  test('shows what a save has just changed, to every session', () => {
    const harness = project(described);
    const { tt, cookie, logOn } = harness;
    rows(harness, ['Summary']);
    const defect = tt.editDefect({ cookie, defectNumber: 1 });
    tt.saveDefect({ cookie, pDefect: { ...defect, summary: 'Printer is fine' } });
    tt.addDefect({ cookie, pDefect: { summary: 'New' } });
    expect(rows({ tt, cookie: logOn('lake', 'water') }, ['Summary'])).toEqual([
      ['Wrong colour'],
      ['Printer is fine'],
      ['New'],
    ]);
  });
});

describe('the columns of a defect', () => {
  test.each([
    [
      [
        'Record ID',
        'Number',
        'Summary',
        'Type',
        'Product',
        'Priority',
        'Disposition',
        'Reference',
        'Component',
        'Severity',
      ],
      ['10', '2', 'Wrong colour', '', '', '', '', '', '', ''],
      ['20', '1', 'Printer on fire', 'Crash - Data Loss', 'WysiWrite', 'High', '', '', '', ''],
    ],
    [
      ['Entered by', 'Date Entered', 'Date Created', 'Created By'],
      ['Administrator, System', '3/2/2026', '3/2/2026 10:00 AM', 'Administrator, System'],
      ['Lake, Veronica', '2/3/2018', '2/3/2018 9:15 AM', 'Lake, Veronica'],
    ],
    [
      ['Date Modified', 'Modified By'],
      ['3/5/2018 10:00 AM', 'Lake, Veronica'],
      ['2/6/2018 10:00 AM', 'Lake, Veronica'],
    ],
    [
      ['Status', 'Currently Assigned To', 'Assigned To User'],
      ['Closed', '', 'Administrator, System; Lake, Veronica'],
      ['Open, assigned to Lake, Veronica', 'Lake, Veronica', 'Lake, Veronica'],
    ],
    [
      ['Assign Date', 'Current Assignment Date', 'Currently Assigned By'],
      ['3/1/2018 10:00 AM', '', ''],
      ['2/5/2018 10:00 AM', '2/5/2018 10:00 AM', 'Administrator, System'],
    ],
    [
      [
        'Fix Date',
        'Fixed By User',
        'Fix By User',
        'Fix Notes',
        'Fix Resolution',
        'Fix Affects Documentation',
      ],
      ['3/4/2018 10:00 AM', 'Administrator, System', 'Administrator, System', 'Again', '', 'No'],
      ['', '', '', '', '', 'No'],
    ],
    [
      ['Verify Date', 'Verified By User', 'Verify Resulting State', 'Force Close Date', 'Re-Open Date'],
      ['3/5/2018 10:00 AM', 'Lake, Veronica', 'Closed', '', ''],
      ['', '', '', '', ''],
    ],
    [
      ['Closed Date', 'Closed By', 'Date Entered State'],
      ['3/5/2018 10:00 AM', 'Lake, Veronica', '3/5/2018 10:00 AM'],
      ['', '', '2/3/2018 9:15 AM'],
    ],
    [
      ['Estimate Completion Date', 'Estimate Hours', 'Estimated Hours', 'Actual Hours', 'Remaining Hours'],
      ['', '', '0', '1', '0'],
      ['3/1/2018', '8', '8', '3', '5'],
    ],
    [
      ['Found by', 'Date Found', 'Description', 'Version Found', 'Computer Config', 'Has File Attachments'],
      ['Administrator, System', '3/2/2026', '', '', '', 'No'],
      ['Lake, Veronica', '2/1/2018', 'Smoke\r\nFlames', '5.1', 'Laptop', 'Yes'],
    ],
  ])('are computed: %j', (names, first, second) => {
    expect(rows(project(described), names)).toEqual([first, second]);
  });

  test('name people in the display format of the user who asks', () => {
    const { tt, logOn } = project({
      ...described,
      users: [
        { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
        { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake', nameFormat: 'first-last' },
      ],
    });
    const [, second] = rows({ tt, cookie: logOn('lake', 'water') }, ['Status', 'Entered by']);
    expect(second).toEqual(['Open, assigned to Veronica Lake', 'Veronica Lake']);
  });

  test('say in which folders it is, and what it is linked to', () => {
    const { tt, cookie } = project({
      ...described,
      folders: [
        {
          name: 'Box',
          items: [{ table: 'Defect', number: 1 }],
          folders: [{ name: 'Inner', items: [{ table: 'Defect', number: 1 }] }],
        },
      ],
      links: [
        {
          definition: 'Related Items',
          children: [
            { table: 'Defect', number: 1 },
            { table: 'Defect', number: 2 },
          ],
        },
      ],
    });
    const names = [
      'Folders',
      'Folder Paths',
      'Has Links',
      'Linked Items',
      'Related Items Linked Items',
      'Is Parent In Link',
    ];
    expect(rows({ tt, cookie }, names)).toEqual([
      ['', '', 'Yes', 'Defect 1', 'Defect 1', 'No'],
      ['Box; Inner', '/Public/Box; /Public/Box/Inner', 'Yes', 'Defect 2', 'Defect 2', 'No'],
    ]);
  });

  test('lose a user who is deleted, and keep the rest', () => {
    const { tt, cookie } = project({
      ...described,
      users: [
        { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
        { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
      ],
    });
    tt.deleteUser({ cookie, firstName: 'Veronica', lastName: 'Lake' });
    expect(rows({ tt, cookie }, ['Status', 'Entered by', 'Number'])).toEqual([
      ['Closed', 'Administrator, System', '2'],
      ['Open', '', '1'],
    ]);
  });
});

describe('columns are found', () => {
  test('by the labels of the project: a renamed field answers to its new label only', () => {
    const harness = project({ ...described, renamedFields: { Defect: { Product: 'Bug Category' } } });
    expect(rows(harness, ['Bug Category'])).toEqual([[''], ['WysiWrite']]);
    const fault = refusalOf(harness, () => rows(harness, ['Product']));
    expect(fault).toMatchObject({ code: 11, text: 'A parameter is invalid: no column "Product".' });
    expect(fault.hint).toContain('called "Bug Category"');
  });

  test('in any case, and are echoed as they were asked for; only Record ID is case-sensitive', () => {
    const harness = project(described);
    expect(rows(harness, ['sUMMARY'])).toEqual([['Wrong colour'], ['Printer on fire']]);
    expect(refusalOf(harness, () => rows(harness, ['record id']))).toMatchObject({ code: 11 });
  });

  test('of a custom field by its name, which hides a column of the same name that an event would bring', () => {
    const harness = project({
      customFields: { Defect: [{ name: 'Fix Date', type: 'string' }] },
      defects: [{ summary: 'x', customFields: { 'Fix Date': 'soon' }, events: [{ name: 'Fix' }] }],
    });
    expect(rows(harness, ['Fix Date'])).toEqual([['soon']]);
  });
});

describe('a list is refused', () => {
  test.each([
    ['an unknown table with 77', { tablename: 'Bugs' }, 77, 'No table "Bugs"'],
    ['no table with 77', { tablename: '' }, 77, 'Table names:'],
    [
      'an unknown column with 11',
      { tablename: 'Defect', columnlist: [{ name: 'Colour' }] },
      11,
      'Columns: Record ID, Number, Summary',
    ],
    ['a column without a name with 2', { tablename: 'Defect', columnlist: [{}] }, 2, 'needs a name'],
    ['an unknown filter with 11', { tablename: 'Defect', filtername: 'Mine' }, 11, 'Filters of Defect: none'],
    [
      'more columns than there can be with 11',
      { tablename: 'Defect', columnlist: Array.from({ length: 1_001 }, () => ({ name: 'Number' })) },
      11,
      '1000 columns',
    ],
  ])('for %s', (_, parts, code, hint) => {
    const harness = project(described);
    const fault = refusalOf(harness, () =>
      harness.tt.getRecordListForTable({ cookie: harness.cookie, ...parts }),
    );
    expect(fault.code).toBe(code);
    expect(fault.hint).toContain(hint);
  });

  test('without a session with 17, before anything else is looked at', () => {
    const harness = project();
    const fault = refusalOf(harness, () =>
      harness.tt.getRecordListForTable({ cookie: 1, tablename: 'Bugs' }),
    );
    expect(fault.code).toBe(17);
  });

  test('of an area that was not opened, of a hidden table and without the command with 5, in this order', () => {
    const harness = project({
      groups: [
        { name: 'Blind', commands: 'all', hiddenTables: ['Defect'] },
        { name: 'Weak', commands: [] },
      ],
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'blind', password: 'b', last: 'B', groups: ['Blind'] },
        { login: 'weak', password: 'w', last: 'W', groups: ['Weak'] },
      ],
    });
    const { tt, logOn } = harness;
    const hintFor = (cookie: number | bigint) =>
      refusalOf(harness, () => tt.getRecordListForTable({ cookie, tablename: 'Defect', filtername: 'none' }))
        .hint;
    expect(hintFor(logOn('blind', 'b', ['TestTrack TCM']))).toContain('did not open "TestTrack Pro"');
    expect(hintFor(logOn('blind', 'b'))).toContain('hidden');
    expect(hintFor(logOn('weak', 'w'))).toContain('View Defects');
  });

  test('hides the columns of fields that the groups of a user do not see', () => {
    const { tt, logOn } = project({
      ...described,
      groups: [{ name: 'Outside', commands: 'all', fields: { Defect: { Priority: 'hidden' } } }],
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'lake', password: 'water', last: 'Lake', groups: ['Outside'] },
      ],
    });
    const cookie = logOn('lake', 'water');
    const names = tt.getColumnsForTable({ cookie, tablename: 'Defect' }).map(({ name }) => name);
    expect(names).toContain('Severity');
    expect(names).not.toContain('Priority');
    const harness = project(described);
    expect(harness.tt.getColumnsForTable({ cookie: harness.cookie, tablename: 'Defect' })).toContainEqual({
      name: 'Priority',
    });
  });
});

describe('a list with a query', () => {
  const asked = { tablename: 'Defect', columnlist: [{ name: 'Number' }] };
  const numbers = ({ tt, cookie }: Harness, parts: object) =>
    (tt.getRecordListForTableWithQuery({ cookie, ...asked, ...parts }).records ?? []).map(
      ({ row }) => row?.[0]?.value,
    );

  test('holds what the query lets through', () => {
    const harness = project(described);
    expect(numbers(harness, { query: "{'Priority':'High'}" })).toEqual(['1']);
    expect(numbers(harness, { query: '' })).toEqual(['2', '1']);
    expect(numbers(harness, { query: "{'Number': 99}" })).toEqual([]);
  });

  test('needs both the filter and the query to hold', () => {
    const filters = {
      Defect: [
        { name: 'Old', query: { 'Date Entered': { '<through>': '2018-12-31' } } },
        { name: 'All', query: '{}' },
      ],
    };
    const harness = project({ ...described, filters });
    expect(numbers(harness, { filtername: 'Old', query: '' })).toEqual(['1']);
    expect(numbers(harness, { filtername: 'All', query: "{'Number':2}" })).toEqual(['2']);
    expect(numbers(harness, { filtername: 'Old', query: "{'Number':2}" })).toEqual([]);
  });

  test('is for tables of items only: 77 for others', () => {
    const harness = project(described);
    const { tt, cookie } = harness;
    const fault = refusalOf(harness, () =>
      tt.getRecordListForTableWithQuery({ cookie, tablename: 'User', query: '{}' }),
    );
    expect(fault).toMatchObject({ code: 77 });
    expect(fault.hint).toContain('Defect, Test Case, Test Run, Requirement, Requirement Document');
  });

  test('names every faulty field, sorted by name', () => {
    const harness = project(described);
    const fault = refusalOf(harness, () =>
      numbers(harness, {
        query: "{'Priority':'Highest','Number':'one','colour':'red','Date Entered':'someday'}",
      }),
    );
    expect(fault.code).toBe(11);
    expect(fault.text).toBe(
      'A parameter is invalid: query: "colour" is no field here; "Date Entered" takes a date or a period, not "someday"; "Number" takes a whole number, not "one"; "Priority" has no value "Highest".',
    );
    expect(fault.hint).toContain('Priority: Values: Immediate, High, Medium, Low.');
  });
});

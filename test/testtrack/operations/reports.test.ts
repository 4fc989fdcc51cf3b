import { describe, expect, test } from 'vitest';
import { readPng } from '../../support/png-file.ts';
import { refusalOf } from '../../support/refusal.ts';
import { fileText, reportPage, rowsOf, textsOf } from '../../support/report-page.ts';
import { project } from '../../support/testtrack.ts';

const section = {
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
    { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
    { login: 'narrow', password: 'narrow', last: 'Narrow', groups: ['Narrow'] },
    { login: 'blind', password: 'blind', last: 'Blind', groups: ['Blind'] },
    { login: 'only', password: 'only', last: 'Only', groups: ['Only Reports'] },
  ],
  groups: [
    { name: 'Narrow', commands: 'all', fields: { Defect: { Priority: 'hidden' } } },
    { name: 'Blind', commands: 'all', hiddenTables: ['Report'] },
    { name: 'Only Reports', commands: ['View Reports', 'Run Reports'] },
  ],
  customFields: { Defect: [{ name: 'Platforms', type: 'multiselect', values: ['Windows', 'macOS'] }] },
  defects: [
    {
      summary: '<script>alert("1")</script> & \'more\'',
      description: 'First line\r\nSecond <line>',
      priority: 'Low',
      createdAt: '2026-02-03T04:05:00Z',
      customFields: { Platforms: ['Windows', 'macOS'] },
    },
    { summary: 'Second', priority: 'Immediate', customFields: { Platforms: ['Windows'] } },
    { summary: 'Third', priority: 'Low', events: [{ name: 'Assign', assignTo: 'lake' }] },
    { summary: 'Fourth' },
  ],
  filters: {
    Defect: [
      { name: 'Low ones', query: { Priority: 'Low' } },
      { name: 'Ask me', query: { Priority: 'Low' }, isInteractive: true },
    ],
  },
  reports: [
    {
      name: 'All',
      type: 'list',
      table: 'Defect',
      columns: ['Number', 'Summary', 'Description', 'Date Created'],
    },
    {
      name: 'Low',
      type: 'list',
      table: 'Defect',
      columns: ['Summary'],
      filter: 'Low ones',
      query: { Summary: 'Third' },
    },
    { name: 'Grouped', type: 'list', table: 'Defect', columns: ['Summary', 'Priority'], groupBy: 'Priority' },
    {
      name: 'One by one',
      title: 'Every <detail>',
      type: 'detail',
      table: 'Defect',
      sortOrder: 'Number desc',
    },
    { name: 'By priority', type: 'distribution', table: 'Defect', groupBy: 'Priority' },
    { name: 'By platform', type: 'distribution', table: 'Defect', groupBy: 'Platforms' },
    { name: 'By state', type: 'distribution', table: 'Defect', groupBy: 'Status' },
    { name: 'Moving', type: 'live chart', table: 'Defect' },
    { name: 'Asking', type: 'list', table: 'Defect', columns: ['Summary'], filter: 'Ask me' },
    { name: 'Mine', type: 'list', table: 'Defect', columns: ['Summary'], owner: 'lake', access: 'Private' },
    { name: 'Cases', type: 'list', table: 'Test Case', columns: ['Summary'] },
    { name: 'Öffne Fehler / 2026 "x"', type: 'distribution', table: 'Defect', groupBy: 'Type', recordId: 90 },
    { name: '日本', type: 'list', table: 'Defect', columns: ['Summary'], recordId: 91 },
  ],
};
const harness = project(section);
const { tt, logOn } = harness;
const cookie = harness.cookie;
const run = (name: string, by = cookie) => tt.getReportRunResultsByName({ cookie: by, name });
const refusal = (name: string, by = cookie) => refusalOf(harness, () => run(name, by));

describe('a list report', () => {
  test('is one HTML page with a row for each record and its columns in order', () => {
    const page = reportPage(run('All'));
    expect(textsOf(page, 'th')).toEqual(['Number', 'Summary', 'Description', 'Date Created']);
    expect(rowsOf(page).slice(1)).toEqual([
      ['1', '<script>alert("1")</script> & \'more\'', 'First line\nSecond <line>', '2/2/2026 11:05 PM'],
      ['2', 'Second', '', '3/2/2026 10:00 AM'],
      ['3', 'Third', '', '3/2/2026 10:00 AM'],
      ['4', 'Fourth', '', '3/2/2026 10:00 AM'],
    ]);
  });

  test('escapes everything that clients stored', () => {
    const page = reportPage(run('All'));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;');
    expect(page).toContain('First line<br />Second &lt;line&gt;');
  });

  test('says what it is, of which project, how many records, when and by whom', () => {
    const page = reportPage(run('Low', logOn('lake', 'water')));
    expect(textsOf(page, 'h1')).toEqual(['Low']);
    expect(textsOf(page, 'p')[0]?.split('\n')).toEqual([
      'Project: Project',
      'Filter: Low ones',
      'Records: 1',
      'Created 3/2/2026 10:00 AM by Lake, Veronica',
    ]);
  });

  test('shows what filter and query let through together', () => {
    expect(rowsOf(reportPage(run('Low'))).slice(1)).toEqual([['Third']]);
  });

  test('is divided by the values of a field in list order, what has none last', () => {
    const page = reportPage(run('Grouped'));
    expect(textsOf(page, 'h2')).toEqual([
      'Priority: Immediate (1)',
      'Priority: Low (2)',
      'Priority: <not set> (1)',
    ]);
    expect(rowsOf(page).flat()).toEqual([
      ...['Second', 'Immediate'],
      ...['<script>alert("1")</script> & \'more\'', 'Low', 'Third', 'Low'],
      ...['Fourth', ''],
    ]);
  });

  test('leaves out the fields that the groups of the caller hide', () => {
    const narrow = logOn('narrow', 'narrow');
    expect(textsOf(reportPage(run('Grouped', narrow)), 'th')).toEqual(['Summary']);
  });
});

describe('a detail report', () => {
  test('shows each record with all its fields', () => {
    const page = reportPage(run('One by one'));
    expect(textsOf(page, 'h1')).toEqual(['Every <detail>']);
    expect(textsOf(page, 'h2')).toEqual([
      '4 – Fourth',
      '3 – Third',
      '2 – Second',
      '1 – <script>alert("1")</script> & \'more\'',
    ]);
    const columns = tt.getColumnsForTable({ cookie, tablename: 'Defect' }).map(({ name }) => name);
    const labels = textsOf(page, 'th');
    expect(labels).toHaveLength(4 * columns.length);
    expect(labels.slice(0, columns.length)).toEqual(columns);
    expect(page).toContain('<tr><th>Status</th><td>Open, assigned to Lake, Veronica</td></tr>');
  });
});

describe('a distribution report', () => {
  test('is a page and a picture that the page names', () => {
    const files = run('By priority')['m-FileList'] ?? [];
    expect(files.map((file) => file['m-strFileName'])).toEqual(['By_priority.html', 'By_priority_1.png']);
    expect(fileText(files[0])).toContain('<img src="By_priority_1.png" alt="Records by Priority" />');
    const { width, colourAt } = readPng(files[1]?.['m-pFileData'] ?? Buffer.alloc(0));
    // The first bar is one record, the second two: only the second reaches up here.
    const middle = (bar: number) => 56 + bar * 34 + 17;
    expect([width, colourAt(middle(0), 60), colourAt(middle(1), 60)]).toEqual([360, '#ffffff', '#f28e2b']);
  });

  test('counts the records of each value', () => {
    expect(rowsOf(reportPage(run('By priority'))).slice(1)).toEqual([
      [' 1', 'Immediate', '1', '25.0%'],
      [' 2', 'Low', '2', '50.0%'],
      [' 3', '<not set>', '1', '25.0%'],
    ]);
  });

  test('counts a record with several values under each of them', () => {
    const counts = rowsOf(reportPage(run('By platform'))).slice(1);
    expect(counts.map(([, value, count]) => `${value} ${count}`)).toEqual([
      'Windows 2',
      'macOS 1',
      '<not set> 2',
    ]);
  });

  test('counts states, of items of every user', () => {
    const counts = rowsOf(reportPage(run('By state'))).slice(1);
    expect(counts.map(([, value, count]) => `${value} ${count}`)).toEqual(['Open 4']);
  });

  test('by a field that the groups of the caller hide is refused with 11', () => {
    const fault = refusal('By priority', logOn('narrow', 'narrow'));
    expect([fault.code, fault.text]).toEqual([11, expect.stringContaining('Priority')]);
  });
});

describe('the files of a report', () => {
  test('carry the moment they were made', () => {
    for (const file of run('By priority')['m-FileList'] ?? []) {
      expect(file['m-dateTimeCreated']).toBe('2026-03-02T10:00:00-05:00');
      expect(file['m-dateTimeModified']).toBe('2026-03-02T10:00:00-05:00');
    }
  });

  test('have names that any file system takes', () => {
    const names = (name: string) => (run(name)['m-FileList'] ?? []).map((file) => file['m-strFileName']);
    expect(names('Öffne Fehler / 2026 "x"')).toEqual([
      'Offne_Fehler_2026_x.html',
      'Offne_Fehler_2026_x_1.png',
    ]);
    expect(names('日本')).toEqual(['report_91.html']);
  });

  test('are the same bytes for the same state and moment', () => {
    for (const name of ['All', 'One by one', 'By platform']) expect(run(name)).toEqual(run(name));
  });

  test('are found by record ID as well', () => {
    expect(tt.getReportRunResultsByRecordID({ cookie, recordID: 90 })).toEqual(
      run('Öffne Fehler / 2026 "x"'),
    );
  });
});

describe('running a report is refused', () => {
  test.each([
    ['that does not exist', 'Nonsense', 6],
    ['without a name', '', 6],
    ['that is private to another user', 'Mine', 6],
    ['that is a live chart', 'Moving', 11],
    ['whose filter is interactive', 'Asking', 11],
  ])('%s', (_, name, code) => {
    expect(refusal(name).code).toBe(code);
  });

  test.each([0, -1, 4711])('with record ID %i', (recordID) => {
    const fault = refusalOf(harness, () => tt.getReportRunResultsByRecordID({ cookie, recordID }));
    expect(fault.code).toBe(6);
  });

  test('without the command, without the table, without its area and without its records', () => {
    expect(refusal('All', logOn('guest', 'guest')).hint).toContain('"Run Reports"');
    expect(refusal('All', logOn('blind', 'blind')).hint).toContain('"Report"');
    expect(refusal('Cases', logOn('admin', 'secret', ['TestTrack Pro'])).hint).toContain('TestTrack TCM');
    expect(refusal('All', logOn('only', 'only')).hint).toContain('"View Defects"');
  });

  test('and a private report runs for its owner', () => {
    expect(rowsOf(reportPage(run('Mine', logOn('lake', 'water'))))).toHaveLength(5);
  });

  test('when two reports that the caller sees have one name', () => {
    const own = [
      { name: 'Same', type: 'list', table: 'Defect', columns: ['Summary'] },
      { name: 'Same', type: 'detail', table: 'Defect', owner: 'lake', access: 'Private' },
    ];
    const twice = project({ users: section.users.slice(0, 2), reports: own });
    const lake = twice.logOn('lake', 'water');
    expect(
      refusalOf(twice, () => twice.tt.getReportRunResultsByName({ cookie: lake, name: 'Same' })).code,
    ).toBe(74);
    const results = twice.tt.getReportRunResultsByName({ cookie: twice.cookie, name: 'Same' });
    expect(results['m-FileList']).toHaveLength(1);
  });
});

describe('the table of reports', () => {
  test('has the columns of the product', () => {
    const columns = tt.getColumnsForTable({ cookie, tablename: 'Report' }).map(({ name }) => name);
    expect(columns.toSorted()).toEqual(['Access', 'Contains', 'Name', 'Owner', 'Record ID', 'Title', 'Type']);
  });

  test('lists the reports that the caller sees', () => {
    const list = (by: typeof cookie) =>
      tt
        .getRecordListForTable({
          cookie: by,
          tablename: 'Report',
          columnlist: ['Record ID', 'Name', 'Title', 'Type', 'Contains', 'Access', 'Owner'].map((name) => ({
            name,
          })),
        })
        .records?.map(({ row }) => row?.map(({ value }) => value).join('|'));
    expect(list(cookie)?.slice(3, 5)).toEqual([
      '4|One by one|Every <detail>|Detail|Defects|Public|Administrator, System',
      '5|By priority||Distribution|Defects|Public|Administrator, System',
    ]);
    expect(list(cookie)).toHaveLength(section.reports.length - 1);
    expect(list(logOn('lake', 'water'))?.[9]).toBe('10|Mine||List|Defects|Private|Lake, Veronica');
  });

  test('leads to hyperlinks, of a private report for its owner only', () => {
    const link = (by: typeof cookie, itemID: number) =>
      tt.getItemHyperlinks({ cookie: by, itemType: 'Report', itemID }).ttstudioHyperlink;
    expect(link(cookie, 5)).toContain('/rprt?recordID=5');
    expect(refusalOf(harness, () => link(cookie, 10)).code).toBe(6);
    expect(link(logOn('lake', 'water'), 10)).toContain('/rprt?recordID=10');
  });
});

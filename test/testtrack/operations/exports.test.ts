import { describe, expect, test } from 'vitest';
import type { OperationTypes } from '../../../src/testtrack/model/operation-types.generated.ts';
import { refusalOf } from '../../support/refusal.ts';
import { project } from '../../support/testtrack.ts';
import { finished, headingsOf, wordParts } from '../../support/word-file.ts';

const type = 'Functional Requirement';
const section = {
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
    { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
    { login: 'narrow', password: 'narrow', last: 'Narrow', groups: ['Narrow'] },
    { login: 'blind', password: 'blind', last: 'Blind', groups: ['Blind'] },
    { login: 'only', password: 'only', last: 'Only', groups: ['Only Export'] },
  ],
  groups: [
    { name: 'Narrow', commands: 'all', fields: { Defect: { Priority: 'hidden' } } },
    { name: 'Blind', commands: 'all', hiddenTables: ['Defect', 'Folder', 'Requirement Document'] },
    { name: 'Only Export', commands: ['Export to Word'] },
  ],
  defects: [
    { summary: 'Crash', priority: 'High', description: 'on\r\nstart', createdAt: '2026-02-03T22:05:00Z' },
    { summary: 'Typo', priority: 'Low', recordId: 20 },
    { summary: 'Slow', priority: 'High' },
  ],
  filters: {
    Defect: [
      { name: 'High', query: { Priority: 'High' } },
      { name: 'Ask me', query: { Priority: 'Low' }, isInteractive: true },
    ],
  },
  requirements: [
    { type, summary: 'Print', description: 'The editor prints.' },
    { type, summary: 'Print in color' },
    { type, summary: 'Save' },
  ],
  requirementDocuments: [
    {
      name: 'Guide',
      description: 'All that it does',
      recordId: 70,
      tree: [{ requirement: 1, children: [2] }, 3],
      snapshots: [{ label: 'Kick-off' }],
    },
  ],
  folders: [
    {
      name: 'Release',
      description: 'The next one',
      items: [
        { table: 'Defect', number: 3 },
        { table: 'Defect', number: 1 },
        { table: 'Requirement', number: 1 },
      ],
      folders: [{ name: 'Sprint', items: [{ table: 'Defect', number: 2 }] }],
    },
    { name: 'Own', privateTo: 'lake', items: [{ table: 'Defect', number: 1 }] },
  ],
  exportTemplates: [
    {
      name: 'Defects',
      heading: 'All defects',
      kind: 'records',
      table: 'Defect',
      fields: ['Priority', 'Description', 'Date Created'],
    },
    {
      name: 'Grid',
      kind: 'records',
      table: 'Defect',
      fields: ['Number', 'Summary'],
      layout: 'table',
      groupBy: 'Priority',
    },
    { name: 'Specification', kind: 'document', fields: ['Requirement Type', 'Description'] },
    { name: 'Folder', kind: 'folder', table: 'Defect', fields: ['Summary'], layout: 'table' },
    { name: 'Plan', kind: 'folder', table: 'Defect', fields: ['Priority'], recordId: 50 },
  ],
};
const harness = project(section);
const { tt, logOn } = harness;
const cookie = harness.cookie;
type Parts<N extends keyof OperationTypes> = Partial<OperationTypes[N]['input']>;

const recordParts = { cookie, templateName: 'Defects', tablename: 'Defect' };
const documentParts = { cookie, templateName: 'Specification', documentID: 70 };
const folderParts = { cookie, templateName: 'Plan', folderPath: '/Public/Release', tablename: 'Defect' };
const exportRecords = (parts: Parts<'getDocForExportTemplate'> = {}) =>
  finished(tt.getDocForExportTemplate({ ...recordParts, ...parts }));
const exportDocument = (parts: Parts<'getDocForExportTemplateReqDoc'> = {}) =>
  finished(tt.getDocForExportTemplateReqDoc({ ...documentParts, ...parts }));
const exportFolder = (parts: Parts<'getDocForExportTemplateFolder'> = {}) =>
  finished(tt.getDocForExportTemplateFolder({ ...folderParts, ...parts }));

describe('a document of records', () => {
  test('shows the fields of the template under the number and summary of each record', async () => {
    expect(wordParts(await exportRecords({ recordIDs: [1] }))).toEqual([
      { style: 'Title', text: 'All defects' },
      { style: '', text: 'Project, 3/2/2026 10:00 AM, Administrator, System' },
      { style: 'Heading1', text: '1 – Crash' },
      {
        rows: [
          ['Priority', 'High'],
          ['Description', 'on\nstart'],
          ['Date Created', '2/3/2026 5:05 PM'],
        ],
      },
    ]);
  });

  test('has all records of the table without a filter, query or record IDs', async () => {
    const all = ['1 1 – Crash', '1 2 – Typo', '1 3 – Slow'];
    // The record ID of the third is counted on from the second's.
    expect(headingsOf(await exportRecords())).toEqual(all);
    expect(headingsOf(await exportRecords({ recordIDs: [] }))).toEqual(all);
  });

  test('has what filter, query and record IDs let through together', async () => {
    const headings = async (parts: Parts<'getDocForExportTemplate'>) =>
      headingsOf(await exportRecords(parts));
    expect(await headings({ filtername: 'High' })).toEqual(['1 1 – Crash', '1 3 – Slow']);
    expect(await headings({ query: "{'Summary': 'Slow'}" })).toEqual(['1 3 – Slow']);
    expect(await headings({ recordIDs: [21, 20, 21] })).toEqual(['1 3 – Slow', '1 2 – Typo']);
    expect(await headings({ filtername: 'High', recordIDs: [21, 20] })).toEqual(['1 3 – Slow']);
    expect(await headings({ filtername: 'High', query: "{'Summary': 'Slow'}", recordIDs: [1, 20] })).toEqual(
      [],
    );
  });

  test('is divided by the groups of the template, each with a table', async () => {
    expect(wordParts(await exportRecords({ templateName: 'Grid' })).slice(2)).toEqual([
      { style: 'Heading1', text: 'Priority: High' },
      {
        rows: [
          ['Number', 'Summary'],
          ['1', 'Crash'],
          ['3', 'Slow'],
        ],
      },
      { style: 'Heading1', text: 'Priority: Low' },
      {
        rows: [
          ['Number', 'Summary'],
          ['2', 'Typo'],
        ],
      },
    ]);
  });

  test('leaves out the fields that the groups of the caller hide', async () => {
    const [, , , table] = wordParts(await exportRecords({ cookie: logOn('narrow', 'narrow') }));
    expect(table).toMatchObject({
      rows: [
        ['Description', 'on\nstart'],
        ['Date Created', expect.anything()],
      ],
    });
  });

  test.each([
    ['Europe/Berlin', '', 0, '2/3/2026 11:05 PM'],
    ['Pacific/Honolulu', 'de-DE', 0, '3.2.2026 12:05'],
    ['', 'en_GB', 13.5, '04/02/2026 11:35'],
    ['', '', 0, '2/3/2026 5:05 PM'],
  ])(
    'writes dates for zone "%s", locale "%s" and %f hours',
    async (timezoneID, locale, hoursOffGMT, expected) => {
      const file = await exportRecords({ recordIDs: [1], timezoneID, locale, hoursOffGMT });
      expect(wordParts(file)[3]).toEqual({ rows: expect.arrayContaining([['Date Created', expected]]) });
    },
  );

  test('is a file named after its template, with the moment it was made', async () => {
    expect(await exportRecords()).toMatchObject({
      'm-strFileName': 'Defects.docx',
      'm-dateTimeCreated': '2026-03-02T10:00:00-05:00',
      'm-dateTimeModified': '2026-03-02T10:00:00-05:00',
    });
  });

  test('is the same bytes for the same state and moment', async () => {
    const [first, second] = [await exportRecords(), await exportRecords()];
    expect(second['m-pFileData']?.equals(first['m-pFileData'] ?? Buffer.alloc(0))).toBe(true);
  });

  test('shows the state of its call, whatever happens before its bytes are written', async () => {
    const own = project(section);
    const result = own.tt.getDocForExportTemplate({ ...recordParts, cookie: own.cookie });
    own.tt.deleteDefect({ cookie: own.cookie, defectNumber: 1 });
    expect(headingsOf(await finished(result))).toHaveLength(3);
  });
});

describe('a template', () => {
  test('is found by its ID, and then its name is not looked at', async () => {
    const file = await exportRecords({ templateID: 2, templateName: 'Defects' });
    expect(file['m-strFileName']).toBe('Grid.docx');
  });

  test('that was declared with a record ID is found by it', async () => {
    expect((await exportFolder({ templateID: 50, templateName: '' }))['m-strFileName']).toBe('Plan.docx');
  });
});

describe('a document of a requirement document', () => {
  test('has every requirement under its outline number, tag and summary', async () => {
    expect(wordParts(await exportDocument())).toEqual([
      { style: 'Title', text: 'Specification' },
      { style: '', text: 'Project, 3/2/2026 10:00 AM, Administrator, System' },
      { style: '', text: 'Guide' },
      { style: '', text: 'All that it does' },
      { style: 'Heading1', text: '1 FR-1 Print' },
      {
        rows: [
          ['Requirement Type', type],
          ['Description', 'The editor prints.'],
        ],
      },
      { style: 'Heading2', text: '1.1 FR-2 Print in color' },
      {
        rows: [
          ['Requirement Type', type],
          ['Description', ''],
        ],
      },
      { style: 'Heading1', text: '2 FR-3 Save' },
      {
        rows: [
          ['Requirement Type', type],
          ['Description', ''],
        ],
      },
    ]);
  });

  test('of a snapshot has what was in it then', async () => {
    const own = project(section);
    const parts = { ...documentParts, cookie: own.cookie };
    const requirement = own.tt.editRequirementByRecordID({ cookie: own.cookie, recordID: 2 });
    own.tt.saveRequirement({
      cookie: own.cookie,
      pRequirement: { ...requirement, summary: 'Print in gray' },
    });
    own.tt.deleteRequirementByRecordID({ cookie: own.cookie, recordID: 3 });
    const now = await finished(own.tt.getDocForExportTemplateReqDoc(parts));
    expect(headingsOf(now)).toEqual(['1 1 FR-1 Print', '2 1.1 FR-2 Print in gray']);
    const then = await finished(own.tt.getDocForExportTemplateReqDoc({ ...parts, snapshotVersion: 1 }));
    expect(headingsOf(then)).toEqual(['1 1 FR-1 Print', '2 1.1 FR-2 Print in color', '1 2 FR-3 Save']);
    expect(wordParts(then)[2]).toEqual({ style: '', text: 'Guide, Kick-off (snapshot 1)' });
  });
});

describe('a document of a folder', () => {
  test('has the items of the table that are in it, by rank', async () => {
    const file = await exportFolder();
    expect(headingsOf(file)).toEqual(['1 /Public/Release', '2 3 – Slow', '2 1 – Crash']);
    expect(wordParts(file)[3]).toEqual({ style: '', text: 'The next one' });
  });

  test('has those of subfolders as well, each folder under its path', async () => {
    const whole = [
      '1 /Public/Release',
      '2 3 – Slow',
      '2 1 – Crash',
      '1 /Public/Release/Sprint',
      '2 2 – Typo',
    ];
    expect(headingsOf(await exportFolder({ bRecursive: true }))).toEqual(whole);
    expect(headingsOf(await exportFolder({ bRecursive: true, folderPath: 'Public' }))).toEqual(whole);
    expect(headingsOf(await exportFolder({ folderPath: '/Public' }))).toEqual([]);
  });

  test('has them in the order asked for, and only what the filter lets through', async () => {
    const sorted = headingsOf(await exportFolder({ sortOrder: 'Number' }));
    expect(sorted).toEqual(['1 /Public/Release', '2 1 – Crash', '2 3 – Slow']);
    const filtered = headingsOf(
      await exportFolder({ bRecursive: true, filtername: 'High', sortOrder: 'Number' }),
    );
    expect(filtered).toEqual([...sorted, '1 /Public/Release/Sprint']);
  });

  test('can be a private one of the caller', async () => {
    const lake = logOn('lake', 'water');
    const own = { cookie: lake, folderPath: '/Private/Own' };
    expect(headingsOf(await exportFolder(own))).toEqual(['1 /Private/Own', '2 1 – Crash']);
    const all = headingsOf(await exportFolder({ ...own, folderPath: '/Private', bRecursive: true }));
    expect(all).toEqual(['1 /Private/Own', '2 1 – Crash']);
  });

  test('can be a table', async () => {
    const [, , , , table] = wordParts(await exportFolder({ templateName: 'Folder' }));
    expect(table).toEqual({ rows: [['Summary'], ['Slow'], ['Crash']] });
  });
});

describe('refused with its number, and nothing is changed, is', () => {
  type Refused = readonly [string, object, number];
  const badDates: readonly Refused[] = [
    ['a zone that nobody knows', { timezoneID: 'Mars/Olympus' }, 11],
    ['a locale that nobody knows', { locale: 'xx-nowhere-land' }, 11],
    ['an offset that cannot be', { hoursOffGMT: Number.NaN }, 11],
    ['no template of this name', { templateName: 'Nonsense' }, 6],
    ['no template at all', { templateName: '' }, 6],
    ['no template of this ID, whatever the name says', { templateID: 4711 }, 6],
    ['a template ID below zero', { templateID: -1 }, 6],
  ];

  test.each<Refused>([
    ...badDates,
    ['a template for documents', { templateName: 'Specification' }, 11],
    ['a template for folders', { templateName: 'Plan' }, 11],
    ['a table that does not exist', { tablename: 'Nonsense' }, 77],
    ['no table', { tablename: '' }, 77],
    ['a table that the template is not made for', { tablename: 'Test Case' }, 11],
    ['an unknown filter', { filtername: 'Nonsense' }, 11],
    ['an interactive filter', { filtername: 'Ask me' }, 11],
    ['a faulty query', { query: "{'Colour': 'red'}" }, 11],
    ['a record ID that no record has', { recordIDs: [1, 4711] }, 6],
    ['a record ID that no record has beside a filter', { filtername: 'High', recordIDs: [4711] }, 6],
  ])('for records: %s', (_, parts, code) => {
    const call = () => tt.getDocForExportTemplate({ ...recordParts, ...parts });
    expect(refusalOf(harness, call).code).toBe(code);
  });

  test.each<Refused>([
    ...badDates,
    ['a template for records', { templateName: 'Defects' }, 11],
    ['a template for folders', { templateID: 50 }, 11],
    ['a document that does not exist', { documentID: 71 }, 6],
    ['no document', { documentID: 0 }, 6],
    ['a snapshot that does not exist', { snapshotVersion: 2 }, 6],
    ['a snapshot below zero', { snapshotVersion: -1 }, 6],
  ])('for a requirement document: %s', (_, parts, code) => {
    const call = () => tt.getDocForExportTemplateReqDoc({ ...documentParts, ...parts });
    expect(refusalOf(harness, call).code).toBe(code);
  });

  test.each<Refused>([
    ...badDates,
    ['a template for records', { templateName: 'Defects' }, 11],
    ['a table that does not exist', { tablename: 'Nonsense' }, 77],
    ['a table that the template is not made for', { tablename: 'Requirement' }, 11],
    ['a folder that does not exist', { folderPath: '/Public/Nowhere' }, 6],
    ['no folder', { folderPath: '' }, 6],
    ['a private folder of another user', { folderPath: '/Private/Own' }, 6],
    ['an unknown filter', { filtername: 'Nonsense' }, 11],
    ['a sort order by nothing', { sortOrder: 'Colour' }, 11],
  ])('for a folder: %s', (_, parts, code) => {
    const call = () => tt.getDocForExportTemplateFolder({ ...folderParts, ...parts });
    expect(refusalOf(harness, call).code).toBe(code);
  });

  test('a user who may not see, not view or not export', () => {
    const hints = (by: typeof cookie) => [
      refusalOf(harness, () => tt.getDocForExportTemplate({ ...recordParts, cookie: by })).hint,
      refusalOf(harness, () => tt.getDocForExportTemplateReqDoc({ ...documentParts, cookie: by })).hint,
      refusalOf(harness, () => tt.getDocForExportTemplateFolder({ ...folderParts, cookie: by })).hint,
    ];
    for (const hint of hints(logOn('guest', 'guest'))) expect(hint).toContain('"Export to Word"');
    const containing = (texts: readonly string[]) => texts.map((text) => expect.stringContaining(text));
    expect(hints(logOn('blind', 'blind'))).toEqual(
      containing(['"Defect"', '"Requirement Document"', '"Folder"']),
    );
    expect(hints(logOn('only', 'only'))).toEqual(
      containing(['"View Defects"', '"View Requirement Documents"', '"View Folders"']),
    );
    expect(hints(logOn('admin', 'secret', ['TestTrack TCM']))).toEqual(
      containing(['TestTrack Pro', 'TestTrack RM', 'TestTrack Pro']),
    );
  });
});

import { expect, test } from 'vitest';
import { readPng } from '../support/png-file.ts';
import { fileText, reportPage, rowsOf, textsOf } from '../support/report-page.ts';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';
import { headingsOf, wordParts } from '../support/word-file.ts';

const type = 'Functional Requirement';
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [
      {
        summary: 'Prints blank pages',
        type: 'Incorrect functionality',
        priority: 'Immediate',
        enteredBy: 'lake',
      },
      { summary: 'Menu is slow', type: 'Cosmetic', priority: 'Low', enteredBy: 'lake' },
    ],
    requirements: [{ type, summary: 'The editor prints' }],
    requirementDocuments: [{ name: 'Release 5.2', tree: ['FR-1'] }],
    folders: [{ name: 'Releases', folders: [{ name: '5.2', items: [{ table: 'Defect', number: 1 }] }] }],
    filters: {
      Defect: [
        { name: 'Open', query: { Status: ['Open', 'Fixed', 'Open (Verify Failed)', 'Open (Re-Opened)'] } },
        { name: 'Entered this week', query: { 'Date Entered': 'This Week' } },
      ],
    },
    reports: [
      {
        name: 'Open by priority',
        type: 'distribution',
        table: 'Defect',
        groupBy: 'Priority',
        filter: 'Open',
      },
      {
        name: 'New this week',
        title: 'Weekly report',
        type: 'list',
        table: 'Defect',
        columns: ['Number', 'Summary', 'Status'],
        filter: 'Entered this week',
        sortOrder: 'Priority, Number',
      },
    ],
    exportTemplates: [
      { name: 'Release notes', kind: 'folder', table: 'Defect', fields: ['Status', 'Fix Resolution'] },
      { name: 'Specification', kind: 'document', fields: ['Status'] },
    ],
  },
]);

test('a manager writes the weekly report from what the team did, and nothing in it is made up', async () => {
  // She looks for the reports that there are.
  const manager = await logOn();
  const { records } = await tt.getRecordListForTable({
    cookie: manager,
    tablename: 'Report',
    columnlist: ['Name', 'Type', 'Contains'].map((name) => ({ name })),
  });
  expect(records?.map(({ row }) => row?.map(({ value }) => value).join(', '))).toEqual([
    'Open by priority, Distribution, Defects',
    'New this week, List, Defects',
  ]);

  // On Monday two defects are new.
  const names = (page: string) =>
    rowsOf(page)
      .slice(1)
      .map(([number, summary, status]) => [number, summary, status]);
  const monday = reportPage(await tt.getReportRunResultsByName({ cookie: manager, name: 'New this week' }));
  expect(textsOf(monday, 'h1')).toEqual(['Weekly report']);
  expect(names(monday)).toEqual([
    ['1', 'Prints blank pages', 'Open'],
    ['2', 'Menu is slow', 'Open'],
  ]);

  // During the week a developer finds another one and fixes the worst.
  twin.clock.advance('48h');
  const developer = await logOn('lake', 'water');
  await tt.addDefect({
    cookie: developer,
    pDefect: { summary: 'Loses <footnotes>', type: 'Cosmetic', priority: 'High' },
  });
  const defect = await tt.editDefect({ cookie: developer, defectNumber: 1 });
  await tt.saveDefect({
    cookie: developer,
    pDefect: {
      ...defect,
      eventlist: [
        {
          name: 'Fix',
          user: 'Lake, Veronica B',
          date: '2026-03-04T10:00:00-05:00',
          fieldlist: [{ $type: 'CDropdownField', name: 'Resolution', value: 'Code Change' }],
        },
      ],
    },
  });

  // She adds the requirement that came up, and keeps the document as it was agreed before.
  const again = await logOn();
  await tt.createSnapshot({ cookie: again, documentID: 1, snapshot: { label: 'Agreed' } });
  const requirementID = await tt.addRequirement({
    cookie: again,
    pRequirement: { type, summary: 'Footnotes stay' },
  });
  await tt.appendToRequirementDocument({
    cookie: again,
    requirementID,
    documentID: 1,
    parentRequirementID: 1,
  });

  // On Friday she runs the same reports.
  twin.clock.advance('48h');
  const friday = await logOn();
  const week = reportPage(await tt.getReportRunResultsByName({ cookie: friday, name: 'New this week' }));
  expect(names(week)).toEqual([
    ['1', 'Prints blank pages', 'Fixed'],
    ['3', 'Loses <footnotes>', 'Open'],
    ['2', 'Menu is slow', 'Open'],
  ]);
  expect(textsOf(week, 'p')[0]).toContain('Created 3/6/2026 10:00 AM by Administrator, System');

  // The picture for her slides has a bar for each priority.
  const results = await tt.getReportRunResultsByName({ cookie: friday, name: 'Open by priority' });
  const [page, picture] = results['m-FileList'] ?? [];
  expect(
    rowsOf(fileText(page))
      .slice(1)
      .map(([, value, count]) => `${value}: ${count}`),
  ).toEqual(['Immediate: 1', 'High: 1', 'Low: 1']);
  expect(fileText(page)).toContain(`src="${picture?.['m-strFileName']}"`);
  expect(readPng(picture?.['m-pFileData'] ?? Buffer.alloc(0)).height).toBe(270);

  // The customer in Tokyo gets the release notes in the customer's time, and what was agreed.
  const notes = await tt.getDocForExportTemplateFolder({
    cookie: friday,
    templateName: 'Release notes',
    folderPath: '/Public/Releases',
    bRecursive: true,
    tablename: 'Defect',
    timezoneID: 'Asia/Tokyo',
    locale: 'en-US',
  });
  expect(headingsOf(notes)).toEqual([
    '1 /Public/Releases',
    '1 /Public/Releases/5.2',
    '2 1 – Prints blank pages',
  ]);
  expect(wordParts(notes)[1]).toMatchObject({ text: 'Project, 3/7/2026 12:00 AM, Administrator, System' });
  expect(wordParts(notes).at(-1)).toEqual({
    rows: [
      ['Status', 'Fixed'],
      ['Fix Resolution', 'Code Change'],
    ],
  });
  const parts = { cookie: friday, templateName: 'Specification', documentID: 1 };
  const agreed = await tt.getDocForExportTemplateReqDoc({ ...parts, snapshotVersion: 1 });
  expect(headingsOf(agreed)).toEqual(['1 1 FR-1 The editor prints']);
  expect(headingsOf(await tt.getDocForExportTemplateReqDoc(parts))).toEqual([
    '1 1 FR-1 The editor prints',
    '2 1.1 FR-2 Footnotes stay',
  ]);

  // A guest of the project cannot run any of this.
  const guest = await logOn('guest', 'guest');
  expect((await faultOf(tt.getReportRunResultsByName({ cookie: guest, name: 'New this week' }))).detail).toBe(
    '5',
  );
});

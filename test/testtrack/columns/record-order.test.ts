import { describe, expect, test } from 'vitest';
import { reportPage, textsOf } from '../../support/report-page.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const defects = [
  { summary: 'b', priority: 'Low', storyPoints: 3, createdAt: '2026-02-03T00:00:00Z' },
  { summary: 'a', priority: 'Immediate', storyPoints: 10, createdAt: '2026-02-01T00:00:00Z' },
  { summary: 'C', createdAt: '2026-02-02T00:00:00Z' },
  {
    summary: 'd',
    priority: 'Low',
    storyPoints: 1,
    customFields: { 'City, State': 'Mason, OH', Visible: true },
  },
];
const customFields = {
  Defect: [
    { name: 'City, State', type: 'string' },
    { name: 'Visible', type: 'boolean' },
    { name: 'Effort', type: 'timespan' },
    { name: 'Wanted', type: 'date' },
  ],
};
const sorted = (sortOrder: string) => {
  const reports = [{ name: 'r', type: 'list', table: 'Defect', columns: ['Summary'], sortOrder }];
  const { tt, cookie } = project({ defects, customFields, reports });
  return textsOf(reportPage(tt.getReportRunResultsByName({ cookie, name: 'r' })), 'td').join('');
};

describe('a sort order', () => {
  test.each([
    ['Summary', 'abCd'],
    ['Summary desc', 'dCba'],
    ['summary ASC', 'abCd'],
    ['Number desc', 'dCab'],
    ['Story Points', 'Cdba'],
    ['Date Created', 'aCbd'],
    ['Visible desc, Number', 'dbaC'],
    ['City, State desc', 'dbaC'],
    ['Effort, Wanted desc', 'baCd'],
    ['Folders', 'baCd'],
  ])('"%s" puts records in that order', (order, expected) => {
    expect(sorted(order)).toBe(expected);
  });

  test('goes through a list in list order, what has no value first', () => {
    expect(sorted('Priority')).toBe('Cabd');
    expect(sorted('Priority desc, Story Points')).toBe('dbaC');
  });

  test('that names no column of the table is refused with 11', () => {
    const { tt, cookie } = project({
      folders: [{ name: 'F' }],
      exportTemplates: [{ name: 't', kind: 'folder', table: 'Defect', fields: ['Summary'] }],
    });
    const fault = faultOf(() =>
      tt.getDocForExportTemplateFolder({
        cookie,
        templateName: 't',
        folderPath: '/Public/F',
        tablename: 'Defect',
        sortOrder: 'Priority, Colour desc',
      }),
    );
    expect([fault.code, fault.text]).toEqual([11, expect.stringContaining('"Colour desc"')]);
  });
});

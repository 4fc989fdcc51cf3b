import { describe, expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { testtrackSchema } from '../../../src/scenario/testtrack/section.ts';
import { project } from '../../support/testtrack.ts';

function problemOf(section: object): ScenarioProblem {
  try {
    project(section);
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was not refused');
}

const columns = ['Summary'];
const list = { name: 'r', type: 'list', table: 'Defect', columns };
const template = { name: 't', kind: 'records', table: 'Defect', fields: columns };

function isWellWritten(section: object): boolean {
  return testtrackSchema.safeParse({ projects: [{ name: 'Project', ...section }] }).success;
}

describe('a report in a scenario', () => {
  test('is public, of the first user and in record ID order unless it says otherwise', () => {
    const { tt, cookie } = project({
      reports: [list, { ...list, name: 's', recordId: 7 }, { ...list, name: 'u' }],
    });
    const columnlist = ['Record ID', 'Access', 'Contains', 'Owner', 'Title'].map((name) => ({ name }));
    const { records } = tt.getRecordListForTable({ cookie, tablename: 'Report', columnlist });
    expect(records?.map(({ row }) => row?.map(({ value }) => value).join('|'))).toEqual([
      '1|Public|Defects|Administrator, System|',
      '7|Public|Defects|Administrator, System|',
      '8|Public|Defects|Administrator, System|',
    ]);
  });

  test('can ask a query as text or as data', () => {
    const defects = [{ summary: 'a' }, { summary: 'b' }];
    for (const query of ["{'Summary': 'b'}", { Summary: 'b' }]) {
      const { tt, cookie } = project({ defects, reports: [{ ...list, query }] });
      const [page] = tt.getReportRunResultsByName({ cookie, name: 'r' })['m-FileList'] ?? [];
      expect(page?.['m-pFileData']?.toString('utf8')).toContain('Records: 1');
    }
  });

  test.each([
    [
      'a column that the table does not have',
      { columns: ['Sumary'] },
      ['columns', 0],
      'Did you mean "Summary"?',
    ],
    ['a group that is no column', { groupBy: 'Colour' }, ['groupBy'], 'Columns:'],
    ['a sort order by nothing', { sortOrder: 'Colour desc' }, ['sortOrder'], 'Columns:'],
    ['a filter that is not declared', { filter: 'Hihg' }, ['filter'], 'Did you mean "High"?'],
    ['a faulty query', { query: { Colour: 'red' } }, ['query'], 'Colour'],
    ['an owner that is not declared', { owner: 'nobody' }, ['owner'], 'Users:'],
  ])('is refused with %s', (_, parts, path, remedy) => {
    const filters = { Defect: [{ name: 'High', query: { Priority: 'High' } }] };
    const problem = problemOf({ filters, reports: [{ ...list, ...parts }] });
    expect(problem.path).toEqual(['testtrack', 'projects', 0, 'reports', 0, ...path]);
    expect(`${problem.message} ${problem.remedy}`).toContain(remedy);
  });

  test.each([
    ['record ID', { recordId: 1, name: 'other' }, 'recordId'],
    ['name', {}, 'name'],
  ])('is refused when there are two of its %s', (_, parts, key) => {
    const problem = problemOf({
      reports: [
        { ...list, recordId: 1 },
        { ...list, ...parts },
      ],
    });
    expect(problem.path.slice(-3)).toEqual(['reports', 1, key]);
  });

  test.each([
    ['without a type', { type: undefined }],
    ['of an unknown type', { type: 'pie' }],
    ['as a list without columns', { columns: undefined }],
    ['as a list with no column', { columns: [] }],
    ['as a distribution without a group', { type: 'distribution', columns: undefined }],
    ['as a distribution with columns', { type: 'distribution', groupBy: 'Type' }],
    ['as a live chart with columns', { type: 'live chart' }],
    ['of an unknown table', { table: 'Bugs' }],
    ['with an unknown key', { colour: 'red' }],
    ['with an access that nobody has', { access: 'Secret' }],
  ])('is not well written %s', (_, parts) => {
    expect(isWellWritten({ reports: [list] })).toBe(true);
    expect(isWellWritten({ reports: [{ ...list, ...parts }] })).toBe(false);
  });
});

describe('an export template in a scenario', () => {
  test.each([
    ['a field that the table does not have', { fields: ['Summary', 'Sumary'] }, ['fields', 1]],
    ['a group that is no column', { groupBy: 'Colour' }, ['groupBy']],
  ])('is refused with %s', (_, parts, path) => {
    const problem = problemOf({ exportTemplates: [{ ...template, ...parts }] });
    expect(problem.path).toEqual(['testtrack', 'projects', 0, 'exportTemplates', 0, ...path]);
    expect(problem.remedy).toContain('Columns:');
  });

  test('for documents names columns of requirements', () => {
    const problem = problemOf({ exportTemplates: [{ name: 't', kind: 'document', fields: ['Workaround'] }] });
    expect(problem.message).toBe('the table "Requirement" has no column "Workaround"');
  });

  test.each([
    ['record ID', { recordId: 1, name: 'other' }, 'recordId'],
    ['name', {}, 'name'],
  ])('is refused when there are two of its %s', (_, parts, key) => {
    const problem = problemOf({
      exportTemplates: [
        { ...template, recordId: 1 },
        { ...template, ...parts },
      ],
    });
    expect(problem.path.slice(-3)).toEqual(['exportTemplates', 1, key]);
  });

  test.each([
    ['without a kind', { kind: undefined }],
    ['of an unknown kind', { kind: 'spreadsheet' }],
    ['for records without a table', { table: undefined }],
    ['for a table of no items', { table: 'User' }],
    ['for documents with a table', { kind: 'document' }],
    ['without fields', { fields: [] }],
    ['with an unknown layout', { layout: 'cards' }],
  ])('is not well written %s', (_, parts) => {
    expect(isWellWritten({ exportTemplates: [template] })).toBe(true);
    expect(isWellWritten({ exportTemplates: [{ ...template, ...parts }] })).toBe(false);
  });
});

test('an interactive filter is listed, and cannot be used by SOAP', () => {
  const filters = { Defect: [{ name: 'Ask me', query: { Priority: 'High' }, isInteractive: true }] };
  const { tt, cookie } = project({ filters });
  expect(tt.getFilterListForTable({ cookie, tablename: 'Defect' })).toEqual([{ name: 'Ask me' }]);
  const call = () => tt.getRecordListForTable({ cookie, tablename: 'Defect', filtername: 'Ask me' });
  expect(call).toThrow(expect.objectContaining({ code: 11 }));
});

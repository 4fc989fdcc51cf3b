import { expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { project } from '../../support/testtrack.ts';

function problemOf(section: object): ScenarioProblem {
  try {
    project(section);
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was taken');
}

test('a filter is written as the text of a query or as the object itself', () => {
  const { tt, cookie } = project({
    defects: [
      { summary: 'a', priority: 'High' },
      { summary: 'b', priority: 'Low' },
    ],
    filters: {
      Defect: [
        { name: 'text', query: "{'Priority': 'High'}" },
        { name: 'object', query: { Priority: ['Low'] } },
      ],
    },
  });
  const columnlist = [{ name: 'Summary' }];
  const found = ['text', 'object'].map((filtername) =>
    tt
      .getRecordListForTable({ cookie, tablename: 'Defect', filtername, columnlist })
      .records?.map(({ row }) => row),
  );
  expect(found).toEqual([[[{ value: 'a' }]], [[{ value: 'b' }]]]);
});

test('a filter with a faulty query is a problem of the scenario, with its place and remedy', () => {
  const problem = problemOf({
    filters: {
      Defect: [
        { name: 'ok', query: '{}' },
        { name: 'x', query: "{'Colour':1}" },
      ],
    },
  });
  expect(problem.path).toEqual(['testtrack', 'projects', 0, 'filters', 'Defect', 1, 'query']);
  expect(problem.message).toContain('"Colour" is no field here');
});

test('two filters of one name for a table are a problem, for two tables they are not', () => {
  const twice = [
    { name: 'x', query: '{}' },
    { name: 'x', query: '{}' },
  ];
  expect(problemOf({ filters: { Defect: twice } }).path.slice(-3)).toEqual(['Defect', 1, 'name']);
  project({ filters: { Defect: twice.slice(1), 'Test Case': twice.slice(1) } });
});

test('the administration lock needs a user who exists', () => {
  expect(problemOf({ adminLock: { by: 'nobody' } }).path.slice(-2)).toEqual(['adminLock', 'by']);
});

test('the locale of the server decides how dates read', () => {
  const { tt, cookie } = project(
    { defects: [{ summary: 'a', dateEntered: '2018-01-31' }] },
    { locale: 'de-DE' },
  );
  const list = tt.getRecordListForTable({
    cookie,
    tablename: 'Defect',
    columnlist: [{ name: 'Date Entered' }],
  });
  expect(list.records?.[0]?.row?.[0]?.value).toBe('31.1.2018');
  expect(() => project({}, { locale: 'Martian' })).toThrow('not a locale');
});

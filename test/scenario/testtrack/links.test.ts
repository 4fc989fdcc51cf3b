import { describe, expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { testtrackSchema } from '../../../src/scenario/testtrack/section.ts';
import { project } from '../../support/testtrack.ts';

const type = 'Functional Requirement';
const items = {
  defects: [{ summary: 'a', number: 12 }, { summary: 'twice' }, { summary: 'twice' }],
  requirements: [{ type, summary: 'prints', recordId: 7 }],
  testCases: [{ summary: 'print a page' }],
};
const defect = (number: number) => ({ table: 'Defect', number });

function problemOf(section: object): ScenarioProblem {
  try {
    project({ ...items, ...section });
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was not refused');
}

describe('links of a scenario', () => {
  test('name their items by record ID, number or summary, and say who made them when', () => {
    const { tt, cookie } = project({
      ...items,
      links: [
        {
          recordId: 5,
          definition: 'Requirement Tested By',
          comment: 'c',
          parent: { table: 'Requirement', recordId: 7 },
          children: [{ table: 'Test Case', summary: 'print a page', isSuspect: true }],
          createdBy: 'lake',
          createdAt: '2026-01-31T09:15:00Z',
        },
        { definition: 'Related Items', children: [defect(12), defect(13)] },
      ],
    });
    expect(tt.getLink({ cookie, linkID: 5 })).toMatchObject({
      comment: 'c',
      linkparent: { entityID: 7, summary: 'prints', issuspect: false },
      childList: [{ summary: 'print a page', issuspect: true }],
      historyList: [{ date: '2026-01-31T04:15:00-05:00', firstname: 'Veronica', lastname: 'Lake' }],
    });
    expect(tt.getLinksForDefect({ cookie, defectRecordID: 1 })).toMatchObject([{ recordid: 6 }]);
    const pLink = {
      linkDefinitionName: 'Related Items',
      childList: [1, 3].map((entityID) => ({ tablename: 'Defect', entityID })),
    };
    expect(tt.addLink({ cookie, pLink })).toBe(7);
  });

  test.each<[string, object[], (string | number)[], RegExp]>([
    [
      'an item that is none',
      [{ definition: 'Related Items', children: [defect(99), defect(12)] }],
      ['links', 0, 'children', 0, 'number'],
      /no Defect with the number 99/,
    ],
    [
      'a summary that several have',
      [{ definition: 'Related Items', children: [{ table: 'Defect', summary: 'twice' }, defect(12)] }],
      ['links', 0, 'children', 0, 'summary'],
      /2 items/,
    ],
    [
      'an item named in two ways',
      [{ definition: 'Related Items', children: [{ ...defect(12), recordId: 1 }, defect(13)] }],
      ['links', 0, 'children', 0],
      /one of recordId, number, summary/,
    ],
    [
      'an item not named at all',
      [{ definition: 'Related Items', children: [{ table: 'Defect' }, defect(13)] }],
      ['links', 0, 'children', 0],
      /one of/,
    ],
    [
      'an unknown definition',
      [{ definition: 'Related', children: [defect(12), defect(13)] }],
      ['links', 0],
      /link definition "Related"/,
    ],
    [
      'items that the definition does not allow',
      [{ definition: 'Related Requirements', children: [defect(12), defect(13)] }],
      ['links', 0],
      /cannot be a member/,
    ],
    [
      'suspects where there can be none',
      [{ definition: 'Related Items', children: [{ ...defect(12), isSuspect: true }, defect(13)] }],
      ['links', 0],
      /cannot have suspect items/,
    ],
    [
      'an unknown person',
      [{ definition: 'Related Items', children: [defect(12), defect(13)], createdBy: 'nobody' }],
      ['links', 0, 'createdBy'],
      /no user "nobody"/,
    ],
    [
      'two of one record ID',
      [1, 1].map((recordId) => ({
        recordId,
        definition: 'Related Items',
        children: [defect(12), defect(13)],
      })),
      ['links', 1, 'recordId'],
      /two of link/,
    ],
  ])('are refused with %s', (_, links, path, message) => {
    const problem = problemOf({ links });
    expect(problem.message).toMatch(message);
    expect(problem.path).toEqual(['testtrack', 'projects', 0, ...path]);
  });
});

describe('link definitions of a scenario', () => {
  test('replace a default of their name and join the others', () => {
    const { tt, cookie } = project({
      ...items,
      linkDefinitions: [
        { name: 'Related Items', kind: 'peer', children: ['Defect'], maxItems: 2 },
        { name: 'Duplicate Of', kind: 'parent/child', parents: ['Defect'], children: ['Defect'] },
      ],
      links: [{ definition: 'Duplicate Of', parent: defect(12), children: [defect(13)] }],
    });
    const names = tt.GetLinkDefinitionValues({ cookie }).map(({ value }) => value);
    expect(names.slice(0, 2).concat(names.at(-1) ?? '')).toEqual([
      'Related Items',
      'Parent/Child',
      'Duplicate Of',
    ]);
    const childList = [1, 2, 3].map((entityID) => ({ tablename: 'Defect', entityID }));
    expect(() => tt.addLink({ cookie, pLink: { linkDefinitionName: 'Related Items', childList } })).toThrow(
      /at most 2/,
    );
  });

  test('name the one for issues from test runs, which must exist', () => {
    const problem = problemOf({ testRunIssueLink: 'Related Item' });
    expect([problem.path.at(-1), problem.remedy]).toEqual([
      'testRunIssueLink',
      expect.stringContaining('Related Items'),
    ]);
  });

  test.each([
    ['peers with parents', { name: 'x', kind: 'peer', parents: ['Defect'], children: ['Defect'] }],
    ['a parent/child without parents', { name: 'x', kind: 'parent/child', children: ['Defect'] }],
    ['an unknown kind', { name: 'x', kind: 'cousins', children: ['Defect'] }],
    ['a table whose items cannot be linked', { name: 'x', kind: 'peer', children: ['User'] }],
    ['no table', { name: 'x', kind: 'peer', children: [] }],
    ['room for one item', { name: 'x', kind: 'peer', children: ['Defect'], maxItems: 1 }],
  ])('are refused at the door with %s', (_, definition) => {
    const section = { projects: [{ name: 'P', linkDefinitions: [definition] }] };
    expect(testtrackSchema.safeParse(section).success).toBe(false);
  });
});

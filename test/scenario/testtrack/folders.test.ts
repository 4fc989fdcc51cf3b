import { describe, expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { testtrackSchema } from '../../../src/scenario/testtrack/section.ts';
import { project } from '../../support/testtrack.ts';

const items = { defects: [{ summary: 'a' }, { summary: 'b' }], testCases: [{ summary: 'c' }] };

function problemOf(section: object): ScenarioProblem {
  try {
    project({ ...items, ...section });
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was not refused');
}

describe('folders of a scenario', () => {
  test('nest, hold items by rank and say what they are', () => {
    const { tt, cookie } = project({
      ...items,
      folders: [
        {
          name: 'Plan',
          recordId: 9,
          folders: [
            {
              name: 'Sprint 1',
              type: 'Sprint',
              description: 'd',
              webView: 'http://board',
              notes: { html: '<p><b>n</b></p>' },
              taskBoard: 'Board',
              schedule: { start: '2026-03-02', end: '2026-03-13', storyPoints: 21 },
              createdBy: 'lake',
              createdAt: '2026-01-31T09:15:00Z',
              items: [
                { table: 'Test Case', number: 1 },
                { table: 'Defect', summary: 'b' },
              ],
            },
          ],
        },
        { name: 'Todo', privateTo: 'lake', items: [{ table: 'Defect', recordId: 1 }] },
      ],
    });
    const sprint = tt.getFolder({ cookie, path: '/Public/Plan/Sprint 1' });
    expect(sprint).toMatchObject({
      recordid: 10,
      parentid: 9,
      foldertypename: 'Sprint',
      webview: 'http://board',
      notes: 'n',
      taskboardname: 'Board',
      createdbyuser: 2,
      datetimecreated: '2026-01-31T04:15:00-05:00',
      scheduleinfo: { startdate: '2026-03-02', enddate: '2026-03-13', storypoints: 21 },
    });
    expect(tt.getEntityListForFolderByRecordID({ cookie, recordID: 10, publicFolder: true })).toMatchObject([
      { entitytablename: 'Test Case', entityrecordid: 1, rank: 1 },
      { entitytablename: 'Defect', entityrecordid: 2, rank: 2 },
    ]);
  });

  test('of one name can be private to several users', () => {
    const { tt, logOn } = project({
      ...items,
      folders: ['admin', 'lake'].map((privateTo) => ({ name: 'Todo', privateTo })),
    });
    const idOf = (cookie: number | bigint) => tt.getFolder({ cookie, path: '/Private/Todo' }).recordid;
    expect([idOf(logOn()), idOf(logOn('lake', 'water'))]).toEqual([1, 2]);
  });

  test.each<[string, object[], (string | number)[], RegExp]>([
    ['two of one name', [{ name: 'A' }, { name: 'A' }], [1], /already in use/],
    [
      'two of one record ID',
      [
        { name: 'A', recordId: 3 },
        { name: 'B', recordId: 3 },
      ],
      [1, 'recordId'],
      /two public folders/,
    ],
    ['a name with a slash', [{ name: 'A/B' }], [0], /cannot be the name/],
    [
      'an unknown type',
      [{ name: 'A', folders: [{ name: 'B', type: 'Sprnt' }] }],
      [0, 'folders', 0, 'type'],
      /no folder type "Sprnt"/,
    ],
    ['an unknown owner', [{ name: 'A', privateTo: 'nobody' }], [0, 'privateTo'], /no user "nobody"/],
    [
      'an item that is none',
      [{ name: 'A', items: [{ table: 'Defect', number: 99 }] }],
      [0, 'items', 0, 'number'],
      /no Defect/,
    ],
    [
      'a schedule that ends before it starts',
      [{ name: 'A', schedule: { start: '2026-03-02', end: '2026-03-01' } }],
      [0],
      /ends before it starts/,
    ],
  ])('are refused with %s', (_, folders, path, message) => {
    const problem = problemOf({ folders });
    expect(problem.message).toMatch(message);
    expect(problem.path).toEqual(['testtrack', 'projects', 0, 'folders', ...path]);
  });

  test.each([
    ['a subfolder with an owner of its own', { name: 'A', folders: [{ name: 'B', privateTo: 'lake' }] }],
    ['an item of a table that folders do not hold', { name: 'A', items: [{ table: 'User', recordId: 1 }] }],
    ['no name', { folders: [] }],
  ])('are refused at the door with %s', (_, folder) => {
    expect(testtrackSchema.safeParse({ projects: [{ name: 'P', folders: [folder] }] }).success).toBe(false);
  });
});

test.each([
  ['webAddress', 'localhost'],
  ['webAddress', 'ftp://host/x'],
  ['nativeAddress', 'http://host'],
  ['nativeAddress', ''],
  ['folderRename', 'never'],
])('the server setting %s is refused as %s', (name, value) => {
  expect(testtrackSchema.safeParse({ server: { [name]: value } }).success).toBe(false);
});

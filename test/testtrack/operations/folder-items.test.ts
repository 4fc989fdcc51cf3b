import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const section = {
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
    { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
  ],
  defects: [{ summary: 'one' }, { summary: 'two' }, { summary: 'three' }],
  testCases: [{ summary: 'case' }],
  folders: [
    { name: 'A' },
    { name: 'B' },
    { name: 'Mine', privateTo: 'admin' },
    { name: 'Hers', privateTo: 'lake' },
  ],
};
const inA = { recordID: 1, publicFolder: true };
const inMine = { recordID: 1, publicFolder: false };
const defect = (entityRecordID: number) => ({ entityTableName: 'Defect', entityRecordID });

function withFolders(more: object = {}) {
  const harness = project({ ...section, ...more });
  const { tt, cookie } = harness;
  const add = (parts: object) => tt.addEntityToFolderByRecordID({ cookie, ...parts });
  const list = (parts: object = inA) => tt.getEntityListForFolderByRecordID({ cookie, ...parts });
  const foldersOf = (tablename: string, recordID: number | bigint) =>
    tt.getFolderListForEntityByRecordID({ cookie, tablename, recordID }).map(({ path }) => path);
  return { ...harness, add, list, foldersOf };
}

describe('an item', () => {
  test('added to a folder comes last, and has a record ID there', () => {
    const { add, list } = withFolders();
    expect([add({ ...inA, ...defect(2) }), add({ ...inA, ...defect(1) })]).toEqual([1, 2]);
    add({ ...inA, entityTableName: 'Test Case', entityRecordID: 1 });
    expect(list()).toEqual([
      { recordid: 1, entitytablename: 'Defect', entityrecordid: 2, rank: 1 },
      { recordid: 2, entitytablename: 'Defect', entityrecordid: 1, rank: 2 },
      { recordid: 3, entitytablename: 'Test Case', entityrecordid: 1, rank: 3 },
    ]);
  });

  test('added twice stays as it is', () => {
    const { add, list } = withFolders();
    expect([add({ ...inA, ...defect(1) }), add({ ...inA, ...defect(1) })]).toEqual([1, 1]);
    expect(list()).toHaveLength(1);
  });

  test('can be in several folders, of which everybody sees the public ones and their own', () => {
    const { tt, add, foldersOf, logOn } = withFolders();
    for (const folder of [inMine, { recordID: 2, publicFolder: true }, inA]) add({ ...folder, ...defect(1) });
    const other = logOn('lake', 'water');
    tt.addEntityToFolderByRecordID({ cookie: other, recordID: 2, publicFolder: false, ...defect(1) });
    expect(foldersOf('Defect', 1)).toEqual(['/Public/A', '/Public/B', '/Private/Mine']);
    const hers = tt.getFolderListForEntityByRecordID({ cookie: other, tablename: 'Defect', recordID: 1 });
    expect(hers.map(({ path }) => path)).toEqual(['/Public/A', '/Public/B', '/Private/Hers']);
    expect(foldersOf('Defect', 2)).toEqual([]);
  });

  test('that is deleted is in no folder any more', () => {
    const { tt, cookie, add, list, foldersOf } = withFolders();
    add({ ...inA, ...defect(1) });
    add({ ...inA, ...defect(2) });
    tt.deleteDefect({ cookie, defectNumber: 1 });
    expect(list()).toMatchObject([{ entityrecordid: 2 }]);
    expect(faultOf(() => foldersOf('Defect', 1)).code).toBe(6);
  });

  test.each([
    ['a folder that does not exist', { recordID: 99, publicFolder: true, ...defect(1) }, 6],
    ['a root', { recordID: 0, publicFolder: true, ...defect(1) }, 6],
    ['another user’s folder', { recordID: 2, publicFolder: false, ...defect(1) }, 6],
    ['a folder, when it does not exist', { ...inA, ...defect(99) }, 6],
    ['a folder, when its ID is none', { ...inA, ...defect(0) }, 6],
    [
      'a folder, when its table does not exist',
      { ...inA, entityTableName: 'Nonsense', entityRecordID: 1 },
      77,
    ],
    ['a folder, when no table is named', { ...inA, entityRecordID: 1 }, 77],
    ['a folder, when it is a user', { ...inA, entityTableName: 'User', entityRecordID: 1 }, 23],
    ['a folder, when it is a folder', { ...inA, entityTableName: 'Folder', entityRecordID: 2 }, 23],
  ])('cannot be added to %s', (_, parts, code) => {
    const harness = withFolders();
    expect(refusalOf(harness, () => harness.add(parts)).code).toBe(code);
  });

  test('cannot be added without the command to edit folders', () => {
    const harness = withFolders();
    const cookie = harness.logOn('guest', 'guest');
    const add = () => harness.tt.addEntityToFolderByRecordID({ cookie, ...inA, ...defect(1) });
    expect(refusalOf(harness, add).code).toBe(5);
  });
});

describe('removing an item', () => {
  test('takes it out of this folder only', () => {
    const { tt, cookie, add, list, foldersOf } = withFolders();
    add({ ...inA, ...defect(1) });
    add({ recordID: 2, publicFolder: true, ...defect(1) });
    const [entity] = list();
    expect(tt.removeEntityFromFolderByRecordID({ cookie, ...inA, entity })).toBe(0);
    expect([list(), foldersOf('Defect', 1)]).toEqual([[], ['/Public/B']]);
  });

  test('can go by the item where the membership is not named', () => {
    const { tt, cookie, add, list } = withFolders();
    add({ ...inA, ...defect(1) });
    const entity = { recordid: 0, entitytablename: 'Defect', entityrecordid: 1 };
    tt.removeEntityFromFolderByRecordID({ cookie, ...inA, entity });
    expect(list()).toEqual([]);
  });

  test.each([
    ['no item', undefined, 2],
    ['an item that is not there', { recordid: 0, entitytablename: 'Defect', entityrecordid: 2 }, 6],
    ['a membership that does not exist', { recordid: 99 }, 6],
    ['a membership of another folder', { recordid: 2 }, 6],
    ['nothing in it', {}, 6],
  ])('is refused with %s', (_, entity, code) => {
    const harness = withFolders();
    const { tt, cookie, add } = harness;
    add({ ...inA, ...defect(1) });
    add({ recordID: 2, publicFolder: true, ...defect(1) });
    const remove = () => tt.removeEntityFromFolderByRecordID({ cookie, ...inA, entity });
    expect(refusalOf(harness, remove).code).toBe(code);
  });
});

describe('the ranking of a folder', () => {
  function withThree() {
    const harness = withFolders();
    const { tt, cookie, add, list } = harness;
    for (const id of [1, 2, 3]) add({ ...inA, ...defect(id) });
    const edit = () => tt.editFolderItemRank({ cookie, ...inA });
    const save = (folderItemList: object[] | undefined) =>
      tt.saveFolderItemRank({ cookie, ...inA, folderItemList });
    return { ...harness, edit, save, order: () => list().map(({ entityrecordid }) => entityrecordid) };
  }

  test('is changed by sending the items with other ranks', () => {
    const { edit, save, order, add } = withThree();
    const items = edit();
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(save([{ ...items[0], rank: 10 }])).toBe(0);
    expect(order()).toEqual([2, 3, 1]);
    add({ ...inA, entityTableName: 'Test Case', entityRecordID: 1 });
    expect(order()).toEqual([2, 3, 1, 1]);
  });

  test('stays as it is without a list, and by cancelling', () => {
    const { tt, cookie, edit, save, order } = withThree();
    edit();
    expect([save(undefined), order()]).toEqual([0, [1, 2, 3]]);
    edit();
    expect(tt.cancelSaveFolderItemRank({ cookie, recordID: 1 })).toBe(0);
    expect(edit()).toHaveLength(3);
  });

  test('is locked apart from the folder, and from a private one with its record ID', () => {
    const harness = withThree();
    const { tt, cookie, edit, logOn } = harness;
    edit();
    const other = logOn('lake', 'water');
    const otherEdit = () => tt.editFolderItemRank({ cookie: other, ...inA });
    expect(refusalOf(harness, otherEdit).code).toBe(22);
    expect(tt.editFolder({ cookie: other, folderPath: '/Public/A' }).name).toBe('A');
    expect(tt.editFolderItemRank({ cookie, ...inMine })).toEqual([]);
    expect(tt.cancelSaveFolderItemRank({ cookie, recordID: 1 })).toBe(0);
    expect(otherEdit()).toHaveLength(3);
    expect(tt.cancelSaveFolderItemRank({ cookie, recordID: 1 })).toBe(0);
    expect(refusalOf(harness, () => tt.cancelSaveFolderItemRank({ cookie, recordID: 1 })).code).toBe(7);
  });

  test.each([
    ['an item that is not in the folder', [{ recordid: 99, rank: 1 }], 6],
    ['nothing that names an item', [{}], 6],
    ['a negative rank', [{ recordid: 1, rank: -1 }], 23],
    ['a rank beyond any folder', [{ recordid: 1, rank: 2n ** 40n }], 23],
    [
      'a good item before a bad one',
      [
        { recordid: 1, rank: 9 },
        { recordid: 99, rank: 1 },
      ],
      6,
    ],
  ])('is not saved with %s, and the lock stays', (_, items, code) => {
    const harness = withThree();
    harness.edit();
    expect(refusalOf(harness, () => harness.save(items)).code).toBe(code);
    expect(faultOf(harness.edit).code).toBe(22);
    expect(harness.order()).toEqual([1, 2, 3]);
  });

  test('is not saved without an edit of the session, nor for a folder that does not exist', () => {
    const harness = withThree();
    const { tt, cookie, save } = harness;
    expect(refusalOf(harness, () => save([])).code).toBe(7);
    const gone = { cookie, recordID: 99, publicFolder: true };
    expect(refusalOf(harness, () => tt.editFolderItemRank(gone)).code).toBe(6);
    expect(refusalOf(harness, () => tt.saveFolderItemRank({ ...gone, folderItemList: [] })).code).toBe(6);
    expect(refusalOf(harness, () => tt.cancelSaveFolderItemRank({ cookie, recordID: 99 })).code).toBe(7);
  });
});

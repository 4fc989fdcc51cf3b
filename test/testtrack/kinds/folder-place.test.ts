import { describe, expect, test } from 'vitest';
import type { CFolder } from '../../../src/testtrack/model/operation-types.generated.ts';
import { foldersSection, withFolders } from '../../support/folders.ts';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf, testTrack } from '../../support/testtrack.ts';

/** A project whose server renames folders by their names alone. */
function renamedByName() {
  const { tt } = testTrack({
    server: { folderRename: 'by-name' },
    projects: [{ name: 'Project', ...foldersSection }],
  });
  const cookie = tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
  return { tt, cookie };
}

describe('saving a folder', () => {
  test('stores what was sent and keeps what was not', () => {
    const { tt, cookie, clock, edit, save, get } = withFolders();
    const { recordid } = edit('/Public/A');
    clock.advance(60_000);
    save({ recordid, description: 'about a', foldertypename: 'Sprint' });
    expect(get('/Public/A')).toMatchObject({
      name: 'A',
      path: '/Public/A',
      description: 'about a',
      foldertypename: 'Sprint',
      datetimecreated: '2026-03-02T10:00:00-05:00',
      datetimemodified: '2026-03-02T10:01:00-05:00',
    });
    expect(tt.editFolder({ cookie, folderPath: '/Public/A' }).recordid).toBe(recordid);
  });

  test('ignores order, modifier and place of origin, and the creator too', () => {
    const { change, get } = withFolders();
    const before = get('/Public/B');
    change('/Public/B', {
      order: 9,
      modifiedbyuser: 2,
      locationaddedfrom: 'Moon',
      createdbyuser: 2,
      noteseditable: false,
    });
    expect(get('/Public/B')).toEqual(before);
  });

  test('renames and moves by the path alone, and all subfolders with it', () => {
    const { change, get } = withFolders();
    change('/Public/A/a', { path: '/Public/B/c' });
    expect(get('/Public/B/c/deep')).toMatchObject({ recordid: 3, path: '/Public/B/c/deep' });
    expect(get('/Public/B/c')).toMatchObject({ recordid: 2, name: 'c', parentid: 5, order: 1 });
    expect(faultOf(() => get('/Public/A/a')).code).toBe(6);
  });

  test('renames by name and matching path, also of a slash-less path', () => {
    const { change, get } = withFolders();
    change('/Public/A', { name: 'Z', path: 'Public/Z' });
    expect(get('/Public/Z/a').path).toBe('/Public/Z/a');
  });

  test('moves by the parent alone within the same owner', () => {
    const { change, get } = withFolders();
    change('/Public/A/a', { parentid: 5 });
    expect(get('/Public/B/a/deep').recordid).toBe(3);
    change('/Public/B/a', { parentid: 0 });
    expect(get('/Public/a/deep').recordid).toBe(3);
  });

  test('moves everything in a folder between public and private, which gives new record IDs', () => {
    const { tt, cookie, change, get } = withFolders();
    tt.addEntityToFolderByRecordID({
      cookie,
      recordID: 3,
      publicFolder: true,
      entityTableName: 'Defect',
      entityRecordID: 2,
    });
    change('/Public/A/a', { path: '/Private/Mine/a' });
    const deep = get('/Private/Mine/a/deep');
    expect(deep).toMatchObject({ recordid: 5, ispublic: false, parentid: 4 });
    const list = { cookie, recordID: 5, publicFolder: false };
    expect(tt.getEntityListForFolderByRecordID(list)).toMatchObject([{ entityrecordid: 2, rank: 1 }]);
    expect(faultOf(() => tt.getFolderByRecordID({ cookie, recordID: 2, publicFolder: true })).code).toBe(6);
    change('/Private/Mine', { parentid: 5, ispublic: true });
    expect(get('/Public/B/Mine/a/deep').ispublic).toBe(true);
    tt.addEntityToFolderByRecordID({
      ...list,
      recordID: Number(get('/Public/B/Mine/a/deep').recordid),
      publicFolder: true,
      entityTableName: 'Defect',
      entityRecordID: 1,
    });
    expect(tt.getFolderListForEntityByRecordID({ cookie, tablename: 'Defect', recordID: 2 })).toMatchObject([
      { path: '/Public/B/Mine/a/deep' },
    ]);
  });

  test.each<[string, string, CFolder, number]>([
    ['a new name without its path', '/Public/A', { name: 'Z' }, 23],
    ['a new name and another path', '/Public/A', { name: 'Z', path: '/Public/Y' }, 23],
    ['the visibility alone', '/Public/A', { ispublic: false }, 23],
    ['a path and a parent that disagree', '/Public/A/a', { path: '/Public/B/a', parentid: 4 }, 23],
    [
      'a path and a visibility that disagree',
      '/Public/A/a',
      { path: '/Private/a', ispublic: true, parentid: 7 },
      23,
    ],
    ['a parent that only exists among private folders', '/Private/Mine/inner', { parentid: 5 }, 6],
    ['a parent that does not exist', '/Public/A/a', { parentid: 99 }, 6],
    ['a path that leads nowhere', '/Public/A', { path: '/Public/C/A' }, 6],
    ['a path inside itself', '/Public/A', { path: '/Public/A/A' }, 23],
    ['a path inside its own subfolder', '/Public/A', { path: '/Public/A/a/deep/A' }, 23],
    ['itself as parent', '/Public/A', { parentid: 1 }, 23],
    ['its own subfolder as parent', '/Public/A', { parentid: 3 }, 23],
    ['a path that is taken', '/Public/A/a', { path: '/Public/A/b' }, 86],
    ['a parent where its name is taken', '/Public/A/a/deep', { path: '/Public/B' }, 86],
    ['an unknown type', '/Public/A', { foldertypename: 'Drawer' }, 23],
  ])('is refused with %s, and the lock stays', (_, path, changes, code) => {
    const harness = withFolders();
    const { edit, save } = harness;
    const pFolder = { ...edit(path), ...changes };
    expect(refusalOf(harness, () => save(pFolder)).code).toBe(code);
    expect(faultOf(() => edit(path)).code).toBe(22);
    expect(harness.tt.cancelSaveFolder({ cookie: harness.cookie, recordID: pFolder.recordid ?? 0 })).toBe(0);
  });

  test('renames by the name alone where the server is set so', () => {
    const { tt, cookie } = renamedByName();
    const folder = tt.editFolder({ cookie, folderPath: '/Public/A' });
    tt.saveFolder({ cookie, pFolder: { ...folder, name: 'Z' } });
    expect(tt.getFolder({ cookie, path: '/Public/Z/a/deep' }).recordid).toBe(3);
    tt.editFolder({ cookie, folderPath: '/Public/Z' });
    const fault = faultOf(() => tt.saveFolder({ cookie, pFolder: { ...folder, name: 'B', path: '' } }));
    expect(fault.code).toBe(86);
  });

  test('needs an edit of its session', () => {
    const harness = withFolders();
    const { tt, cookie, logOn, get, edit, save } = harness;
    expect(refusalOf(harness, () => save(get('/Public/A'))).code).toBe(7);
    const pFolder = edit('/Public/A');
    const other = logOn('lake', 'water');
    expect(refusalOf(harness, () => tt.saveFolder({ cookie: other, pFolder })).code).toBe(7);
    expect(refusalOf(harness, () => tt.saveFolder({ cookie, pFolder: undefined })).code).toBe(2);
    expect(refusalOf(harness, () => tt.saveFolder({ cookie, pFolder: {} })).code).toBe(7);
    expect(save(pFolder)).toBe(0);
    expect(refusalOf(harness, () => save(pFolder)).code).toBe(7);
  });
});

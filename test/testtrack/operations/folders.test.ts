import { describe, expect, test } from 'vitest';
import type { CFolder } from '../../../src/testtrack/model/operation-types.generated.ts';
import { withFolders } from '../../support/folders.ts';
import { refusalOf } from '../../support/refusal.ts';
import { faultOf } from '../../support/testtrack.ts';

describe('paths', () => {
  test('of the roots are given, and 47 as the separator', () => {
    const { tt, cookie } = withFolders();
    expect([
      tt.getRootPublicFolderPath({ cookie }),
      tt.getRootPrivateFolderPath({ cookie }),
      tt.getFolderPathSeparator({ cookie }),
    ]).toEqual(['/Public', '/Private', 47]);
  });

  test('lead to a folder with or without a slash at the start', () => {
    const { get } = withFolders();
    expect(get('Public/A/a')).toEqual(get('/Public/A/a'));
    expect(get('/Public/A/a')).toMatchObject({
      recordid: 2,
      name: 'a',
      path: '/Public/A/a',
      ispublic: true,
      parentid: 1,
      order: 1,
      foldertypename: 'Folder',
    });
  });

  test('of private folders lead every user to their own', () => {
    const { tt, get, logOn } = withFolders();
    expect(get('/Private/Mine/inner')).toMatchObject({ path: '/Private/Mine/inner', ispublic: false });
    expect(faultOf(() => get('/Private/Hers')).code).toBe(6);
    const cookie = logOn('lake', 'water');
    expect(tt.getFolder({ cookie, path: '/Private/Hers' }).name).toBe('Hers');
  });

  test.each([
    '/Public/C',
    '/Public/A/a/',
    '/A',
    'A',
    '',
    '/',
    '/public/A',
    '/Public//A',
    '/Public/A/B',
    '/Public/__proto__',
    'x'.repeat(10_000),
  ])('that lead nowhere are refused with 6: %.20s', (path) => {
    const { tt, cookie, get } = withFolders();
    expect(faultOf(() => get(path)).code).toBe(6);
    expect(faultOf(() => tt.getFolderTree({ cookie, treeRootFolderPath: path })).code).toBe(6);
  });

  test('lead to the roots as well, which have no record of their own', () => {
    const harness = withFolders();
    const { tt, cookie, get } = harness;
    expect(get('/Public')).toEqual({
      recordid: 0,
      ispublic: true,
      name: 'Public',
      path: '/Public',
      order: 1,
      parentid: 0,
    });
    expect(get('Private')).toMatchObject({ recordid: 0, ispublic: false, path: '/Private' });
    expect(refusalOf(harness, () => tt.editFolder({ cookie, folderPath: '/Public' })).code).toBe(5);
    expect(refusalOf(harness, () => tt.deleteFolder({ cookie, folderPath: '/Private' })).code).toBe(5);
  });
});

describe('record IDs', () => {
  test('count apart for public and private folders', () => {
    const { tt, cookie } = withFolders();
    const byId = (publicFolder: boolean) =>
      tt.getFolderByRecordID({ cookie, recordID: 1, publicFolder }).path;
    expect([byId(true), byId(false)]).toEqual(['/Public/A', '/Private/Mine']);
  });

  test('of the private folders of others do not exist', () => {
    const harness = withFolders();
    const { tt, cookie } = harness;
    const hers = { cookie, recordID: 3, publicFolder: false };
    expect(faultOf(() => tt.getFolderByRecordID(hers)).code).toBe(6);
    expect(refusalOf(harness, () => tt.editFolderByRecordID(hers)).code).toBe(6);
    expect(refusalOf(harness, () => tt.deleteFolderByRecordID(hers)).code).toBe(6);
  });

  test.each([0, -1, 99, 2n ** 62n])('%s is refused with 6', (recordID) => {
    const { tt, cookie } = withFolders();
    expect(faultOf(() => tt.getFolderByRecordID({ cookie, recordID, publicFolder: true })).code).toBe(6);
  });
});

describe('adding a folder', () => {
  test('puts it at its path, created now by the caller', () => {
    const { tt, cookie, get } = withFolders();
    const pFolder = {
      name: 'new',
      foldertypename: 'Sprint',
      ispublic: true,
      path: '/Public/A/new',
      description: 'd',
      webview: 'http://x',
      notes: 'n',
    };
    expect(tt.addFolder({ cookie, pFolder })).toBe(6);
    expect(get('/Public/A/new')).toEqual({
      recordid: 6,
      createdbyuser: 1,
      ispublic: true,
      modifiedbyuser: 1,
      locationaddedfrom: 'SOAP',
      datetimecreated: '2026-03-02T10:00:00-05:00',
      datetimemodified: '2026-03-02T10:00:00-05:00',
      name: 'new',
      description: 'd',
      path: '/Public/A/new',
      order: 3,
      parentid: 1,
      foldertypename: 'Sprint',
      webview: 'http://x',
      notes: 'n',
      notesInlineAttachList: [],
      noteseditable: true,
      taskboardname: 'Default Task Board',
    });
  });

  test('keeps its schedule, and a creator that is named by record ID', () => {
    const { tt, cookie, get } = withFolders();
    const scheduleinfo = {
      startdate: '2026-03-02',
      enddate: '2026-03-13',
      includeweekends: true,
      hoursperday: 7.5,
      nonworkingdays: 1,
      ptohours: 8,
      usersavailable: 3,
      storypoints: 21,
    };
    tt.addFolder({
      cookie,
      pFolder: { path: '/Public/S', name: 'S', ispublic: true, createdbyuser: 2, scheduleinfo },
    });
    expect(get('/Public/S')).toMatchObject({ createdbyuser: 2, modifiedbyuser: 1, scheduleinfo });
  });

  test('needs no path when the parent is named by record ID', () => {
    const { tt, cookie, get } = withFolders();
    tt.addFolder({ cookie, pFolder: { name: 'x', parentid: 2 } });
    tt.addFolder({ cookie, pFolder: { name: 'y', ispublic: false, parentid: 1 } });
    tt.addFolder({ cookie, pFolder: { name: 'z' } });
    expect([get('/Public/A/a/x').name, get('/Private/Mine/y').name, get('/Public/z').name]).toEqual([
      'x',
      'y',
      'z',
    ]);
  });

  test('takes the end of the path as name where none is given', () => {
    const { tt, cookie, get } = withFolders();
    tt.addFolder({ cookie, pFolder: { path: 'Private/Mine/p' } });
    expect(get('/Private/Mine/p')).toMatchObject({ name: 'p', ispublic: false, parentid: 1 });
  });

  test('lets every user have a private folder of one name', () => {
    const { tt, cookie, logOn } = withFolders();
    const pFolder = { path: '/Private/Todo', name: 'Todo', ispublic: false };
    const mine = tt.addFolder({ cookie, pFolder });
    const other = logOn('lake', 'water');
    expect(tt.addFolder({ cookie: other, pFolder })).not.toBe(mine);
    expect(tt.getFolder({ cookie: other, path: '/Private/Todo' }).createdbyuser).toBe(2);
  });

  test.each<[string, CFolder | undefined, number]>([
    ['none at all', undefined, 2],
    ['nothing', {}, 23],
    ['a path under a folder that does not exist', { path: '/Public/C/c', name: 'c' }, 6],
    ['a path under no root', { path: '/Shared/c', name: 'c' }, 6],
    ['the path of a root', { path: '/Public', name: 'Public' }, 23],
    ['a slash at the end of the path', { path: '/Public/c/' }, 6],
    ['a name that is not the end of the path', { path: '/Public/c', name: 'd' }, 23],
    ['a visibility that the path contradicts', { path: '/Public/c', name: 'c', ispublic: false }, 23],
    ['a parent that the path contradicts', { path: '/Public/c', name: 'c', parentid: 2 }, 23],
    ['a parent that does not exist', { name: 'c', parentid: 99 }, 6],
    ['another user’s private parent', { name: 'c', parentid: 3, ispublic: false }, 6],
    ['a name that is taken there', { path: '/Public/A/a', name: 'a' }, 86],
    ['a name with a slash', { name: 'c/d', parentid: 1 }, 23],
    ['a name that is too long', { name: 'x'.repeat(128) }, 23],
    ['an unknown type', { path: '/Public/c', foldertypename: 'Drawer' }, 23],
    [
      'a schedule that ends before it starts',
      { path: '/Public/c', scheduleinfo: { startdate: '2026-03-02', enddate: '2026-03-01' } },
      23,
    ],
    [
      'a picture without content',
      { path: '/Public/c', notesInlineAttachList: [{ 'm-strFileName': 'a.png' }] },
      23,
    ],
  ])('is refused with %s', (_, pFolder, code) => {
    const harness = withFolders();
    const { tt, cookie } = harness;
    expect(refusalOf(harness, () => tt.addFolder({ cookie, pFolder })).code).toBe(code);
  });

  test('is refused without the command for it', () => {
    const harness = withFolders();
    const cookie = harness.logOn('guest', 'guest');
    const pFolder = { path: '/Public/c', name: 'c' };
    const fault = refusalOf(harness, () => harness.tt.addFolder({ cookie, pFolder }));
    expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('Add Folders')]);
    expect(harness.tt.getFolder({ cookie, path: '/Public/A' }).name).toBe('A');
  });

  test('is refused below the hundredth level', () => {
    const harness = withFolders();
    const { tt, cookie } = harness;
    let parentid = 0;
    for (let level = 0; level < 100; level++)
      parentid = Number(tt.addFolder({ cookie, pFolder: { name: 'n', parentid } }));
    expect(refusalOf(harness, () => tt.addFolder({ cookie, pFolder: { name: 'n', parentid } })).code).toBe(
      23,
    );
  });
});

describe('a folder that somebody edits', () => {
  test('keeps others out, a private one of the same record ID does not', () => {
    const harness = withFolders();
    const { tt, cookie, edit, get, logOn } = harness;
    edit('/Public/A');
    const other = logOn('lake', 'water');
    expect(refusalOf(harness, () => tt.editFolder({ cookie: other, folderPath: '/Public/A' })).code).toBe(22);
    expect(refusalOf(harness, () => tt.deleteFolder({ cookie: other, folderPath: '/Public/A' })).code).toBe(
      22,
    );
    expect(edit('/Private/Mine').recordid).toBe(get('/Public/A').recordid);
    expect(tt.saveFolder({ cookie, pFolder: { ...get('/Private/Mine'), description: 'mine' } })).toBe(0);
    expect([get('/Private/Mine').description, get('/Public/A').description]).toEqual(['mine', '']);
    expect(tt.cancelSaveFolder({ cookie, recordID: 1 })).toBe(0);
    expect(refusalOf(harness, () => tt.cancelSaveFolder({ cookie, recordID: 1 })).code).toBe(7);
  });

  test('is found by its lock when only the private one is edited', () => {
    const { tt, cookie, edit } = withFolders();
    edit('/Private/Mine');
    expect(tt.cancelSaveFolder({ cookie, recordID: 1 })).toBe(0);
    expect(edit('/Private/Mine').name).toBe('Mine');
  });
});

describe('deleting a folder', () => {
  test('takes its subfolders and memberships away and leaves the items', () => {
    const { tt, cookie, get } = withFolders();
    for (const recordID of [2, 3, 5]) {
      tt.addEntityToFolderByRecordID({
        cookie,
        recordID,
        publicFolder: true,
        entityTableName: 'Defect',
        entityRecordID: 1,
      });
    }
    expect(tt.deleteFolder({ cookie, folderPath: '/Public/A' })).toBe(0);
    expect(['/Public/A', '/Public/A/a/deep'].map((path) => faultOf(() => get(path)).code)).toEqual([6, 6]);
    expect(faultOf(() => tt.getFolderByRecordID({ cookie, recordID: 3, publicFolder: true })).code).toBe(6);
    expect(tt.getDefect({ cookie, defectNumber: 1 }).summary).toBe('one');
    expect(tt.getFolderListForEntityByRecordID({ cookie, tablename: 'Defect', recordID: 1 })).toMatchObject([
      { path: '/Public/B' },
    ]);
  });

  test('goes by record ID too, and never gives the ID again', () => {
    const { tt, cookie } = withFolders();
    expect(tt.deleteFolderByRecordID({ cookie, recordID: 5, publicFolder: true })).toBe(0);
    expect(tt.addFolder({ cookie, pFolder: { path: '/Public/B' } })).toBe(6);
  });

  test('is refused while somebody edits a subfolder or its ranking', () => {
    const harness = withFolders();
    const { tt, cookie, logOn } = harness;
    const other = logOn('lake', 'water');
    const remove = () => tt.deleteFolder({ cookie, folderPath: '/Public/A' });
    tt.editFolder({ cookie: other, folderPath: '/Public/A/a/deep' });
    expect(refusalOf(harness, remove).code).toBe(22);
    tt.cancelSaveFolder({ cookie: other, recordID: 3 });
    tt.editFolderItemRank({ cookie: other, recordID: 1, publicFolder: true });
    expect(refusalOf(harness, remove).code).toBe(22);
    tt.cancelSaveFolderItemRank({ cookie: other, recordID: 1 });
    expect(remove()).toBe(0);
  });

  test.each([
    ['a path that leads nowhere', '/Public/C'],
    ['no path', ''],
  ])('is refused with %s', (_, folderPath) => {
    const harness = withFolders();
    expect(
      refusalOf(harness, () => harness.tt.deleteFolder({ cookie: harness.cookie, folderPath })).code,
    ).toBe(6);
  });
});

describe('notes', () => {
  test('travel as HTML in a session with formatted text, with their pictures', () => {
    const { tt, cookie, logOn, change, get } = withFolders();
    tt.formattedTextSupport({ cookie, enableFormattedText: true });
    const picture = { 'm-strFileName': 'plan.png', 'm-pFileData': Buffer.from('png') };
    change('/Public/A', { notes: '<p>Some <strong>text</strong></p>', notesInlineAttachList: [picture] });
    const folder = get('/Public/A');
    expect(folder.notes).toContain('<strong>text</strong>');
    expect(folder.notesInlineAttachList).toMatchObject([
      { 'm-strFileName': 'plan.png', 'm-pFileData': Buffer.from('png') },
    ]);
    const plain = tt.getFolder({ cookie: logOn('lake', 'water'), path: '/Public/A' });
    expect(plain.notes).toBe('Some text');
  });
});

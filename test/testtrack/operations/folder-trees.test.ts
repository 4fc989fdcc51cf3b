import { describe, expect, test } from 'vitest';
import { withFolders } from '../../support/folders.ts';
import { faultOf, project } from '../../support/testtrack.ts';

describe('trees', () => {
  const node = (entityRecordID: number, ...childList: object[]) => ({
    entityTableName: 'Folder',
    entityRecordID,
    childList,
  });

  test('nest the subfolders of a folder, and of a root', () => {
    const { tt, cookie } = withFolders();
    const tree = (treeRootFolderPath: string) => tt.getFolderTree({ cookie, treeRootFolderPath });
    const a = node(1, node(2, node(3)), node(4));
    expect([tree('/Public/A'), tree('/Public'), tree('Private')]).toEqual([
      a,
      node(0, a, node(5)),
      node(0, node(1, node(2))),
    ]);
  });

  test('by record ID are of the public folder, else of the caller’s own', () => {
    const { tt, cookie } = withFolders();
    const tree = (treeRootFolderID: number) => tt.getFolderTreeByRecordID({ cookie, treeRootFolderID });
    expect(tree(1)).toMatchObject(node(1, node(2, node(3)), node(4)));
    tt.deleteFolder({ cookie, folderPath: '/Public/A' });
    expect(tree(1)).toEqual(node(1, node(2)));
    expect([0, 3, 99].map((id) => faultOf(() => tree(id)).code)).toEqual([6, 6, 6]);
  });
});

describe('folder types', () => {
  test('are listed and found by name', () => {
    const { tt, cookie } = withFolders();
    const names = tt.getFolderTypeList({ cookie }).map(({ name }) => name);
    expect(names).toEqual(['Folder', 'Release', 'Sprint']);
    expect(tt.getFolderTypeByName({ cookie, name: 'Sprint' })).toEqual({
      recordid: 3,
      name: 'Sprint',
      description: '',
      allowweb: true,
      allowdetails: true,
      releaseplanning: true,
      isactive: true,
      taskboardenabled: true,
      defaulttaskboardname: 'Default Task Board',
    });
    expect(
      ['Drawer', '', 'folder'].map((name) => faultOf(() => tt.getFolderTypeByName({ cookie, name })).code),
    ).toEqual([6, 6, 6]);
  });

  test('come from the project instead of the defaults, where it has its own', () => {
    const { tt, cookie } = project({
      folderTypes: [{ name: 'Old', isActive: false }, { name: 'Drawer' }],
      folders: [{ name: 'A' }, { name: 'B', type: 'Old' }],
    });
    const type = (path: string) => tt.getFolder({ cookie, path }).foldertypename;
    expect([type('/Public/A'), type('/Public/B')]).toEqual(['Drawer', 'Old']);
    const pFolder = { path: '/Public/C', foldertypename: 'Old' };
    expect(faultOf(() => tt.addFolder({ cookie, pFolder })).code).toBe(23);
    const old = tt.editFolder({ cookie, folderPath: '/Public/B' });
    expect(tt.saveFolder({ cookie, pFolder: old })).toBe(0);
  });
});

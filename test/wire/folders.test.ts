import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [{ summary: 'first' }, { summary: 'second' }],
    folders: [
      { name: 'A', folders: [{ name: 'a' }], items: [{ table: 'Defect', number: 1 }] },
      { name: 'Mine', privateTo: 'admin' },
    ],
  },
]);
const inA = { recordID: 1, publicFolder: true };

describe('folders over the wire', () => {
  test('are added by path, edited, saved and deleted', async () => {
    const cookie = await logOn();
    const pFolder = { name: 'Sprint', foldertypename: 'Sprint', ispublic: true, path: '/Public/A/Sprint' };
    const recordID = await tt.addFolder({ cookie, pFolder });
    const folder = await tt.editFolder({ cookie, folderPath: '/Public/A/Sprint' });
    expect(folder).toMatchObject({ recordid: recordID, parentid: 1, order: 2, createdbyuser: 1 });
    expect(await tt.saveFolder({ cookie, pFolder: { ...folder, path: '/Public/Sprint' } })).toBe(0);
    expect((await tt.getFolderByRecordID({ cookie, recordID, publicFolder: true })).path).toBe(
      '/Public/Sprint',
    );
    expect(await tt.deleteFolderByRecordID({ cookie, recordID, publicFolder: true })).toBe(0);
    expect((await faultOf(tt.getFolder({ cookie, path: '/Public/Sprint' }))).detail).toBe('6');
  });

  test('go round through edit and save unchanged', async () => {
    const cookie = await logOn();
    const before = await tt.editFolderByRecordID({ cookie, ...inA });
    expect(await tt.saveFolder({ cookie, pFolder: before })).toBe(0);
    expect(await tt.getFolder({ cookie, path: 'Public/A' })).toEqual(before);
  });

  test('give the separator as the number of a character', async () => {
    const cookie = await logOn();
    const outcome = await soapCall(twin.soapUrl, 'getFolderPathSeparator', { cookie });
    expect([outcome.result, outcome.body]).toEqual([47, expect.stringMatching(/<(\w+)>47<\/\1>/)]);
    expect([
      await tt.getRootPublicFolderPath({ cookie }),
      await tt.getRootPrivateFolderPath({ cookie }),
    ]).toEqual(['/Public', '/Private']);
  });

  test('hold items, whose membership has a record ID of its own', async () => {
    const cookie = await logOn();
    const entity = { entityTableName: 'Defect', entityRecordID: 2 };
    expect(await tt.addEntityToFolderByRecordID({ cookie, ...inA, ...entity })).toBe(2);
    const items = await tt.editFolderItemRank({ cookie, ...inA });
    expect(items.map(({ recordid, rank }) => [recordid, rank])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const folderItemList = items.map((item, at) => ({ ...item, rank: 10 - at }));
    expect(await tt.saveFolderItemRank({ cookie, ...inA, folderItemList })).toBe(0);
    const ranked = await tt.getEntityListForFolderByRecordID({ cookie, ...inA });
    expect(ranked.map(({ entityrecordid }) => entityrecordid)).toEqual([2, 1]);
    expect(await tt.removeEntityFromFolderByRecordID({ cookie, ...inA, entity: ranked[0] })).toBe(0);
    const left = await tt.getFolderListForEntityByRecordID({ cookie, tablename: 'Defect', recordID: 2 });
    expect(left).toEqual([]);
  });

  test('nest in a tree whose lists say their class', async () => {
    const cookie = await logOn();
    const tree = await tt.getFolderTree({ cookie, treeRootFolderPath: '/Public' });
    expect(tree).toMatchObject({
      entityTableName: 'Folder',
      entityRecordID: 0,
      childList: [{ entityRecordID: 1, childList: [{ entityRecordID: 2 }] }],
    });
    const { body } = await soapCall(twin.soapUrl, 'getFolderTree', {
      cookie,
      treeRootFolderPath: 'Public/A',
    });
    expect(body).toContain(
      '<childList SOAP-ENC:arrayType="ttns:CTreeNodeSoap[1]"><item><entityTableName>Folder<',
    );
    expect(await tt.getFolderTreeByRecordID({ cookie, treeRootFolderID: 1 })).toMatchObject({
      entityRecordID: 1,
    });
  });

  test('have types', async () => {
    const cookie = await logOn();
    const [first] = await tt.getFolderTypeList({ cookie });
    expect(first).toEqual(await tt.getFolderTypeByName({ cookie, name: 'Folder' }));
  });

  test.each([
    ['getFolder', {}, '6'],
    ['getFolderByRecordID', { recordID: 1 }, undefined],
    ['getFolderByRecordID', { recordID: 2 }, '6'],
    ['editFolder', {}, '6'],
    ['editFolder', { folderPath: '/Public' }, '5'],
    ['editFolderByRecordID', { recordID: 9, publicFolder: true }, '6'],
    ['deleteFolder', { folderPath: '/Private/x' }, '6'],
    ['deleteFolderByRecordID', {}, '6'],
    ['addFolder', {}, '2'],
    ['addFolder', { pFolder: { name: 'A', path: '/Public/A' } }, '86'],
    ['saveFolder', {}, '2'],
    ['saveFolder', { pFolder: { recordid: 1 } }, '7'],
    ['cancelSaveFolder', { recordID: 1 }, '7'],
    ['getFolderTypeByName', {}, '6'],
    ['addEntityToFolderByRecordID', { ...inA, entityTableName: 'Defect' }, '6'],
    ['addEntityToFolderByRecordID', inA, '77'],
    ['removeEntityFromFolderByRecordID', inA, '2'],
    ['getEntityListForFolderByRecordID', {}, '6'],
    ['getFolderListForEntityByRecordID', {}, '77'],
    ['editFolderItemRank', {}, '6'],
    ['saveFolderItemRank', inA, '7'],
    ['cancelSaveFolderItemRank', { recordID: 1 }, '7'],
    ['getFolderTree', {}, '6'],
    ['getFolderTreeByRecordID', {}, '6'],
    ['getItemHyperlinks', {}, '77'],
  ])('%s with %o faults with detail %s', async (operation, parts, detail) => {
    const cookie = await logOn();
    const { fault } = await soapCall(twin.soapUrl, operation, { cookie, ...parts });
    expect(fault?.detail).toBe(detail);
  });

  test('are open to each other’s sessions, private ones are not', async () => {
    const [mine, other] = [await logOn(), await logOn('plain', 'plain')];
    await tt.addFolder({ cookie: mine, pFolder: { path: '/Public/New' } });
    await tt.addFolder({ cookie: mine, pFolder: { path: '/Private/New' } });
    expect((await tt.getFolder({ cookie: other, path: '/Public/New' })).name).toBe('New');
    expect((await faultOf(tt.getFolder({ cookie: other, path: '/Private/New' }))).detail).toBe('6');
  });
});

test('hyperlinks of an item travel as two texts', async () => {
  const cookie = await logOn();
  expect(await tt.getItemHyperlinks({ cookie, itemType: 'Defect', itemID: 2 })).toEqual({
    ttstudioHyperlink: 'ttstudio://localhost:99//Project/dfct?recordID=2',
    httpHyperlink:
      'http://localhost/cgi-bin/ttcgi.exe?command=hyperlink&project=Project&table=dfct&recordID=2',
  });
});

import { expect, test } from 'vitest';
import { faultOf, project } from '../support/testtrack.ts';

const { tt, cookie } = project({
  groups: [{ name: 'Blind', commands: 'all', hiddenTables: ['Defect'] }],
  users: [{ login: 'admin', password: 'secret', last: 'Administrator', groups: ['Blind'] }],
  defects: [{ summary: 'unseen' }],
  folders: [{ name: 'Plan' }],
});

const calls: Record<string, () => unknown> = {
  getColumnsForTable: () => tt.getColumnsForTable({ cookie, tablename: 'Defect' }),
  getRecordListForTable: () => tt.getRecordListForTable({ cookie, tablename: 'Defect' }),
  getAttachment: () => tt.getAttachment({ cookie, tablename: 'Defect', recordID: 1 }),
  getLinksForItem: () => tt.getLinksForItem({ cookie, tablename: 'Defect', itemRecordID: 1 }),
  getItemHyperlinks: () => tt.getItemHyperlinks({ cookie, itemType: 'Defect', itemID: 1 }),
  getFolderListForEntityByRecordID: () =>
    tt.getFolderListForEntityByRecordID({ cookie, tablename: 'Defect', recordID: 1 }),
  addEntityToFolderByRecordID: () =>
    tt.addEntityToFolderByRecordID({
      cookie,
      recordID: 1,
      publicFolder: true,
      entityTableName: 'Defect',
      entityRecordID: 1,
    }),
};

test.each(Object.keys(calls))('a hidden table is refused with 5 by %s', (name) => {
  expect(faultOf(() => calls[name]?.()).code).toBe(5);
});

import type { Long } from '../../client/index.ts';
import { type CheckGroup, checksOf, SkippedError } from '../check.ts';
import { expectEqual } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';
import { treeShape } from './tree-shape.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();

/** Folders. */
export const folderChecks: CheckGroup<TestTrackBench> = {
  area: 'Folders',
  checks: [
    documented(
      'a folder is added by its path, which its answers carry',
      async (bench) => {
        const { path, recordID } = await addFolder(bench);
        const folder = await bench.tt.getFolder({ path });
        expectEqual('the folder', { id: folder.recordid, path: folder.path }, { id: recordID, path });
      },
      'writes',
    ),
    observed(
      'a folder is found by its path without the leading slash',
      async (bench) => {
        const { path, recordID } = await addFolder(bench);
        expectEqual('the record ID', (await bench.tt.getFolder({ path: path.slice(1) })).recordid, recordID);
      },
      'writes',
    ),
    documented(
      'an item is put into a folder, listed there, and taken out',
      async (bench) => {
        const { tt } = bench;
        const entityRecordID = await bench.addDefect();
        const place = { recordID: (await addFolder(bench)).recordID, publicFolder: true };
        const added = await tt.addEntityToFolderByRecordID({
          ...place,
          entityRecordID,
          entityTableName: 'Defect',
        });
        const items = await tt.getEntityListForFolderByRecordID(place);
        expectEqual(
          'the items',
          items.map((each) => [each.recordid, each.entityrecordid]),
          [[added, entityRecordID]],
        );
        const folders = await tt.getFolderListForEntityByRecordID({
          tablename: 'Defect',
          recordID: entityRecordID,
        });
        expectEqual(
          'the folders of the item',
          folders.map(({ recordid }) => recordid),
          [place.recordID],
        );
        await tt.removeEntityFromFolderByRecordID({ ...place, entity: items[0] });
        expectEqual('the items afterwards', await tt.getEntityListForFolderByRecordID(place), []);
      },
      'writes',
    ),
    documented(
      'getFolderTree nests the folders below',
      async (bench) => {
        const outer = await addFolder(bench);
        const inner = await addFolder(bench, outer.path);
        const tree = treeShape(await bench.tt.getFolderTree({ treeRootFolderPath: outer.path }));
        expectEqual('the tree', tree, [outer.recordID, [inner.recordID]]);
      },
      'writes',
    ),
    inferred(
      'a deleted folder leaves its items',
      async (bench) => {
        const { tt } = bench;
        const entityRecordID = await bench.addDefect();
        const { path, recordID } = await addFolder(bench);
        await tt.addEntityToFolderByRecordID({
          recordID,
          publicFolder: true,
          entityRecordID,
          entityTableName: 'Defect',
        });
        await tt.deleteFolder({ folderPath: path });
        expectEqual(
          'the item',
          (await tt.getDefectByRecordID({ recordID: entityRecordID })).recordid,
          entityRecordID,
        );
      },
      'writes',
    ),
  ],
};

async function addFolder(bench: TestTrackBench, parent?: string): Promise<{ path: string; recordID: Long }> {
  const { tt } = bench;
  const [type] = await tt.getFolderTypeList();
  if (!type) throw new SkippedError('the project has no folder type');
  const name = bench.unique('folder');
  const path = `${parent ?? (await tt.getRootPublicFolderPath())}/${name}`;
  const pFolder = { name, path, foldertypename: type.name, ispublic: true };
  const recordID = await bench.addItem('folder', {
    add: () => tt.addFolder({ pFolder }),
    remove: (id) => tt.deleteFolderByRecordID({ recordID: id, publicFolder: true }),
  });
  return { path, recordID };
}

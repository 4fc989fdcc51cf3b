import { type FolderRecord, type FolderSpace, folderKey, spaceOf } from '../model/folder-record.ts';
import { folderItems } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';
import { raiseRank } from './folder-items.ts';
import { childrenOf, folderTables } from './folders.ts';

/** What counts the record IDs of each space. */
export const folderCounters: Readonly<Record<FolderSpace, string>> = {
  public: 'folder',
  private: 'private-folder',
};

/**
 * Brings a folder that changed its owner over to the records of its new space, with everything in it. All of them
 * get new record IDs, because the spaces count apart. [inferred]
 *
 * @param from the folder as it was, in the space it leaves
 */
export function changeSpace(project: ProjectView, folder: FolderRecord, from: FolderRecord): FolderRecord {
  const old = project.table(folderTables[spaceOf(from)]);
  const inside = childrenOf(project, from.owner, from.recordId);
  old.delete(from.recordId);
  const moved = project
    .table(folderTables[spaceOf(folder)])
    .put({ ...folder, recordId: project.next(folderCounters[spaceOf(folder)]) });
  const entries = project.table(folderItems);
  for (const entry of entries.findBy('folder', folderKey(from))) {
    entries.put({ ...entry, folder: folderKey(moved) });
    raiseRank(project, moved, entry.rank);
  }
  for (const child of inside) {
    changeSpace(project, { ...child, owner: moved.owner, parentId: moved.recordId }, child);
  }
  return moved;
}

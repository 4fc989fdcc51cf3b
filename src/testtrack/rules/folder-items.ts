import type { CallContext } from '../call-context.ts';
import { type FolderItemRecord, type FolderRecord, folderKey } from '../model/folder-record.ts';
import { type ItemRef, itemKey } from '../model/link-record.ts';
import { folderItems, privateFolders, publicFolders } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';

/** Puts an item into a folder, behind all others. One that is there already stays as it is. [inferred] */
export function addToFolder(project: ProjectView, folder: FolderRecord, item: ItemRef): FolderItemRecord {
  const table = project.table(folderItems);
  const key = folderKey(folder);
  const [there] = table.findBy('place', `${key}/${itemKey(item)}`);
  if (there) return there;
  return table.put({
    recordId: project.next('folder-item'),
    folder: key,
    item,
    rank: nextRank(project, key),
  });
}

/** What is in a folder, by rank. */
export function itemsIn(project: ProjectView, folder: FolderRecord): FolderItemRecord[] {
  const found = project.table(folderItems).findBy('folder', folderKey(folder));
  return found.sort((a, b) => a.rank - b.rank || a.recordId - b.recordId);
}

/** The folders an item is in that a user can see: the public ones first, then the user's own. */
export function foldersWith(project: ProjectView, item: ItemRef, userId: number): FolderRecord[] {
  const keys = project
    .table(folderItems)
    .findBy('item', itemKey(item))
    .map(({ folder }) => folder);
  const inSpace = (space: string, find: (recordId: number) => FolderRecord | undefined) =>
    keys
      .filter((key) => key.startsWith(space))
      .flatMap((key) => find(Number(key.slice(space.length))) ?? [])
      .sort((a, b) => a.recordId - b.recordId);
  return [
    ...inSpace('public:', (recordId) => project.table(publicFolders).get(recordId)),
    ...inSpace('private:', (recordId) => project.table(privateFolders).get(recordId)).filter(
      ({ owner }) => owner === userId,
    ),
  ];
}

/** Makes sure that new items of a folder come behind this rank. */
export function raiseRank(project: ProjectView, folder: FolderRecord, rank: number): void {
  project.raise(rankCounter(folderKey(folder)), rank);
}

/** Takes a deleted item out of every folder. [inferred] */
export function leaveFolders(item: ItemRef, { project }: CallContext): void {
  const table = project.table(folderItems);
  for (const { recordId } of table.findBy('item', itemKey(item))) table.delete(recordId);
}

/** Empties a folder; the items themselves stay. [inferred] */
export function emptyFolder(project: ProjectView, folder: FolderRecord): void {
  const table = project.table(folderItems);
  for (const { recordId } of table.findBy('folder', folderKey(folder))) table.delete(recordId);
}

function nextRank(project: ProjectView, key: string): number {
  return project.next(rankCounter(key));
}

const rankCounter = (key: string): string => `folder-rank/${key}`;

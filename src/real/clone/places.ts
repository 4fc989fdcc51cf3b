import { childrenKey } from '../../testtrack/model/folder-record.ts';
import type {
  CDocumentTreeNode,
  CFolder,
  CFolderItem,
} from '../../testtrack/model/operation-types.generated.ts';
import type { PartFile } from './part-file.ts';

/**
 * The counters of places: of folders in their parent, of items in folders, and of requirements in documents. What is added
 * to a clone stands behind what is there.
 *
 * @param me the record ID of the user who sees the private folders
 */
export function placeCounters(part: PartFile, me: number): [counter: string, last: number][] {
  const last = new Map<string, number>();
  const count = (counter: string, place: unknown) => {
    last.set(counter, Math.max(last.get(counter) ?? 0, Number(place ?? 0)));
  };
  for (const [table, owner] of [
    ['Folder', 0],
    ['PrivateFolder', me],
  ] as const) {
    for (const [, wire] of part.all(table)) {
      const { parentid, order } = wire as CFolder;
      count(`folder-order/${childrenKey(owner, Number(parentid ?? 0))}`, order);
    }
  }
  for (const [table, space] of [
    ['FolderItems', 'public'],
    ['PrivateFolderItems', 'private'],
  ] as const) {
    for (const [folderId, items] of part.all(table)) {
      for (const { rank } of items as readonly CFolderItem[]) count(`folder-rank/${space}:${folderId}`, rank);
    }
  }
  for (const [, tree] of part.all('DocumentTree'))
    count('document-node', mostSiblings(tree as CDocumentTreeNode));
  return [...last];
}

function mostSiblings({ childList = [] }: Pick<CDocumentTreeNode, 'childList'>): number {
  return Math.max(childList.length, ...childList.map(mostSiblings));
}

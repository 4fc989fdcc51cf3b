import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { folderFamilies, rankingOf } from '../kinds/folder.ts';
import { wireOf } from '../lifecycle/records.ts';
import { type FolderItemRecord, type FolderRecord, folderKey, spaceOf } from '../model/folder-record.ts';
import { itemKey } from '../model/link-record.ts';
import type { CFolderItem, Long } from '../model/operation-types.generated.ts';
import { folderItems, lockKey, locks } from '../model/tables.ts';
import { documented, type Need, type Operations, operation, permission, visible } from '../operation.ts';
import { addToFolder, foldersWith, itemsIn, raiseRank } from '../rules/folder-items.ts';
import { requireFolder } from '../rules/folders.ts';
import { itemOf } from '../rules/items.ts';
import { releaseLock, requireOwnLock, takeLock } from '../rules/locks.ts';
import { itemTables } from '../rules/table-names.ts';
import { viewFor } from '../rules/view.ts';
import { requireTable } from './table-access.ts';

const needs = (verb: string): readonly Need[] => [visible('Folder'), permission(`${verb} Folders`)];

/** Ranks travel as xsd:long, but no folder has more items than this. */
const highestRank = 2 ** 31 - 1;

interface FolderParts {
  readonly recordID: Long;
  readonly publicFolder: boolean;
}

/** What is in folders: adding, removing, listing and ranking items. */
export const folderItemOperations = {
  addEntityToFolderByRecordID: operation({
    needs: needs('Edit'),
    evidence: documented(
      'puts an item into a folder and gives the record ID of that membership; one that is there already keeps its own (inferred)',
    ),
    run: (context, parts) => {
      const folder = folderOf(context, parts);
      const item = itemToAdd(context, parts.entityTableName, parts.entityRecordID);
      return addToFolder(context.project, folder, item).recordId;
    },
  }),

  removeEntityFromFolderByRecordID: operation({
    needs: needs('Edit'),
    evidence: documented('takes an item out of a folder, as the folder item that the lists give'),
    run: (context, { entity, ...parts }) => {
      const folder = folderOf(context, parts);
      if (!entity) throw faults.missingParameter('entity', 'Send the CFolderItem to remove.');
      context.project.table(folderItems).delete(entryIn(context, folder, entity).recordId);
      return 0;
    },
  }),

  getEntityListForFolderByRecordID: operation({
    needs: needs('View'),
    evidence: documented('lists the items in a folder, by rank (inferred)'),
    run: (context, parts) => itemsIn(context.project, folderOf(context, parts)).map(writeEntry),
  }),

  getFolderListForEntityByRecordID: operation({
    needs: needs('View'),
    evidence: documented('lists the folders an item is in: the public ones and the caller’s own (inferred)'),
    run: (context, { tablename, recordID }) => {
      const { project, user } = context;
      const item = { table: requireTable(context, tablename), recordId: Number(recordID) };
      if (!itemOf(project, item)) throw faults.recordNotFound(`${item.table} with record ID ${recordID}`);
      const view = viewFor(context, false);
      return foldersWith(project, item, user.recordId).map((folder) =>
        wireOf(folderFamilies[spaceOf(folder)], folder, view),
      );
    },
  }),

  editFolderItemRank: operation({
    needs: needs('Edit'),
    evidence: documented('lists the items in a folder and locks their ranking; 22 while it is locked'),
    run: (context, parts) => {
      const folder = folderOf(context, parts);
      takeLock(context, rankingOf(folder));
      return itemsIn(context.project, folder).map(writeEntry);
    },
  }),

  saveFolderItemRank: operation({
    needs: needs('Edit'),
    evidence: documented(
      'stores the ranks of the items that are sent and ends the edit; others keep theirs (inferred)',
    ),
    run: (context, { folderItemList, ...parts }) => {
      const folder = folderOf(context, parts);
      requireOwnLock(context, rankingOf(folder));
      for (const sent of folderItemList ?? []) rankEntry(context, folder, sent);
      releaseLock(context.project, rankingOf(folder));
      return 0;
    },
  }),

  cancelSaveFolderItemRank: operation({
    needs: needs('Edit'),
    evidence: documented(
      'ends the edit of a ranking; of a public and a private folder with this ID the one that the session edits (inferred)',
    ),
    run: (context, { recordID }) => {
      const { project, session } = context;
      const rankings = [0, session.userId].map((owner) => rankingOf({ owner, recordId: Number(recordID) }));
      const mine = rankings.find(
        ({ table, recordId }) =>
          project.table(locks).get(lockKey(table, recordId))?.cookie === session.cookie,
      );
      const ranking = mine ?? rankingOf({ owner: 0, recordId: Number(recordID) });
      requireOwnLock(context, ranking);
      releaseLock(project, ranking);
      return 0;
    },
  }),
} satisfies Partial<Operations>;

function folderOf(context: CallContext, { recordID, publicFolder }: FolderParts): FolderRecord {
  return requireFolder(context, Number(recordID), publicFolder ? 'public' : 'private');
}

/** @throws as `requireTable`; fault 23 for a table whose items are in no folders, 6 for an item that is not there */
function itemToAdd(context: CallContext, tableName: string, recordId: Long) {
  const item = { table: requireTable(context, tableName), recordId: Number(recordId) };
  if (!itemTables.includes(item.table)) {
    throw faults.invalidData(
      `${item.table} cannot be in a folder`,
      `Folders hold items of these tables: ${itemTables.join(', ')}.`,
    );
  }
  if (!itemOf(context.project, item)) {
    throw faults.recordNotFound(`${item.table} with record ID ${recordId} to add`);
  }
  return item;
}

/** A folder item by its record ID, or by the item it names where it has none. @throws fault 6 when it is not there */
function entryIn({ project }: CallContext, folder: FolderRecord, sent: CFolderItem): FolderItemRecord {
  const key = folderKey(folder);
  const id = Number(sent.recordid ?? 0);
  const item = { table: sent.entitytablename ?? '', recordId: Number(sent.entityrecordid ?? 0) };
  const entries = project.table(folderItems);
  const entry = id === 0 ? entries.findBy('place', `${key}/${itemKey(item)}`)[0] : entries.get(id);
  if (entry && entry.folder === key) return entry;
  throw faults.recordNotFound(
    id === 0
      ? `${item.table} with record ID ${item.recordId} in that folder`
      : `folder item with record ID ${id} in that folder (recordid is the membership's, entityrecordid the item's)`,
  );
}

/** @throws fault 6 for an item that is not in the folder, 23 for a rank that cannot be */
function rankEntry(context: CallContext, folder: FolderRecord, sent: CFolderItem): void {
  const entry = entryIn(context, folder, sent);
  if (sent.rank === undefined) return;
  const rank = Number(sent.rank);
  if (rank < 0 || rank > highestRank) {
    throw faults.invalidData(`${sent.rank} is no rank`, `A rank is a number from 0 to ${highestRank}.`);
  }
  if (rank === entry.rank) return;
  context.project.table(folderItems).put({ ...entry, rank });
  raiseRank(context.project, folder, rank);
}

function writeEntry({ recordId, item, rank }: FolderItemRecord): CFolderItem {
  return { recordid: recordId, entitytablename: item.table, entityrecordid: item.recordId, rank };
}

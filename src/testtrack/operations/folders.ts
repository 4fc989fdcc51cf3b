import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { folderFamilies } from '../kinds/folder.ts';
import {
  addRecord,
  cancelEdit,
  deleteRecord,
  editRecord,
  lockable,
  saveRecord,
  wireOf,
} from '../lifecycle/records.ts';
import { type FolderRecord, type FolderSpace, spaceOf } from '../model/folder-record.ts';
import type { CFolder, Long } from '../model/operation-types.generated.ts';
import { lockKey, locks } from '../model/tables.ts';
import {
  documented,
  type Need,
  type Operations,
  observed,
  operation,
  permission,
  visible,
} from '../operation.ts';
import { changeSpace } from '../rules/folder-moves.ts';
import {
  folderAt,
  pathSeparator,
  placeFromPath,
  requireFolder,
  rootNames,
  rootPath,
} from '../rules/folders.ts';
import { viewFor } from '../rules/view.ts';

const needs = (verb: string): readonly Need[] => [visible('Folder'), permission(`${verb} Folders`)];
const spaces: readonly FolderSpace[] = ['public', 'private'];
const spaceMeant = (isPublic: boolean): FolderSpace => (isPublic ? 'public' : 'private');

/** Folders: the life cycle by path and by record ID, which counts apart for public and private folders. */
export const folderOperations = {
  getFolder: operation({
    needs: needs('View'),
    evidence: observed(
      'gives a folder by its path, with or without the leading separator; the roots as well (inferred)',
    ),
    run: (context, { path }) => {
      const root = rootAt(context, path);
      return root ? rootFolder(root) : shown(context, folderByPath(context, path));
    },
  }),

  getFolderByRecordID: operation({
    needs: needs('View'),
    evidence: documented(
      'gives a folder by its record ID among the public ones or the caller’s private ones',
    ),
    run: (context, { recordID, publicFolder }) =>
      shown(context, requireFolder(context, Number(recordID), spaceMeant(publicFolder))),
  }),

  addFolder: operation({
    needs: needs('Add'),
    evidence: documented('stores a new folder at its path and gives its record ID'),
    run: (context, { pFolder }) => {
      const family = folderFamilies[spaceToAdd(context, pFolder)];
      return addRecord(family, context, pFolder).recordId;
    },
  }),

  editFolder: operation({
    needs: needs('Edit'),
    evidence: documented('gives the folder of a path and locks it for 15 minutes; 22 while it is locked'),
    run: (context, { folderPath }) => edited(context, changeableByPath(context, folderPath)),
  }),

  editFolderByRecordID: operation({
    needs: needs('Edit'),
    evidence: documented('as editFolder, by record ID'),
    run: (context, { recordID, publicFolder }) =>
      edited(context, requireFolder(context, Number(recordID), spaceMeant(publicFolder))),
  }),

  saveFolder: operation({
    needs: needs('Edit'),
    evidence: documented(
      'stores an edited folder; path, parentid and ispublic must agree, a new path alone is enough; subfolders move along',
    ),
    run: (context, { pFolder }) => {
      const space = spaceEdited(context, pFolder?.recordid ?? 0, pFolder?.ispublic ?? true);
      const before = context.project.table(folderFamilies[space].records).get(pFolder?.recordid ?? 0);
      const folder = saveRecord(folderFamilies[space], context, pFolder);
      if (before && spaceOf(folder) !== space) changeSpace(context.project, folder, before);
      return 0;
    },
  }),

  cancelSaveFolder: operation({
    needs: needs('Edit'),
    evidence: documented(
      'unlocks a folder without storing; of a public and a private one with this ID the one that the session edits (inferred)',
    ),
    run: (context, { recordID }) => {
      cancelEdit(folderFamilies[spaceEdited(context, recordID, true)], context, recordID);
      return 0;
    },
  }),

  deleteFolder: operation({
    needs: needs('Delete'),
    evidence: documented(
      'deletes a folder; that its subfolders go with it, that the items in them stay, and 22 while one is being edited are inferred',
    ),
    run: (context, { folderPath }) => removed(context, changeableByPath(context, folderPath)),
  }),

  deleteFolderByRecordID: operation({
    needs: needs('Delete'),
    evidence: documented('as deleteFolder, by record ID'),
    run: (context, { recordID, publicFolder }) =>
      removed(context, requireFolder(context, Number(recordID), spaceMeant(publicFolder))),
  }),

  getFolderPathSeparator: operation({
    evidence: documented('gives the separator of paths, a slash, as the number of its character (inferred)'),
    run: () => pathSeparator.charCodeAt(0),
  }),

  getRootPublicFolderPath: operation({
    evidence: documented('gives /Public'),
    run: () => rootPath('public'),
  }),

  getRootPrivateFolderPath: operation({
    evidence: documented('gives the root of the caller’s own private folders: /Private (its name inferred)'),
    run: () => rootPath('private'),
  }),
} satisfies Partial<Operations>;

function shown(context: CallContext, folder: FolderRecord): CFolder {
  return wireOf(folderFamilies[spaceOf(folder)], folder, viewFor(context, true));
}

function edited(context: CallContext, folder: FolderRecord): CFolder {
  return shown(context, editRecord(folderFamilies[spaceOf(folder)], context, folder));
}

function removed(context: CallContext, folder: FolderRecord): number {
  deleteRecord(folderFamilies[spaceOf(folder)], context, { record: folder, input: {} });
  return 0;
}

/** The folder of a path. @throws fault 6 when there is none */
export function folderByPath(context: CallContext, path: string): FolderRecord {
  const place = placeFromPath(context, path);
  const folder = place && folderAt(context.project, place);
  if (folder) return folder;
  throw faults.recordNotFound(
    `folder "${path}" in "${context.project.record.name}" for ${context.user.login} (a path is /Public or /Private and the names of folders, without a slash at the end)`,
  );
}

/** The root that a path names, if it names one. */
export function rootAt(context: CallContext, path: string): FolderSpace | undefined {
  const place = placeFromPath(context, path);
  if (place?.parentId !== 0 || place.name !== '') return undefined;
  return spaceOf({ owner: place.owner });
}

/** @throws fault 5 for a root, 6 for a path that leads nowhere */
function changeableByPath(context: CallContext, path: string): FolderRecord {
  if (rootAt(context, path)) {
    throw faults.notAllowed(
      `"${path}" is a root: it cannot be edited, moved or deleted. Name a folder in it.`,
    );
  }
  return folderByPath(context, path);
}

/** A root has no record: its ID is what its subfolders name as parent. [inferred] */
function rootFolder(space: FolderSpace): CFolder {
  return {
    recordid: 0,
    ispublic: space === 'public',
    name: rootNames[space],
    path: rootPath(space),
    order: 1,
    parentid: 0,
  };
}

/** Where a new folder will be; what else it says about that must agree later. */
function spaceToAdd(context: CallContext, folder: CFolder | undefined): FolderSpace {
  const place = folder?.path ? placeFromPath(context, folder.path) : undefined;
  return place ? spaceOf(place) : spaceMeant(folder?.ispublic ?? true);
}

/**
 * The space of the folder that a session edits, where the call carries no more than a record ID. A folder that
 * moves says where it goes, not where it is, so the lock decides.
 */
function spaceEdited({ project, session }: CallContext, recordId: Long, isPublic: boolean): FolderSpace {
  const first = spaceMeant(isPublic);
  const order = [first, ...spaces.filter((space) => space !== first)];
  const isMine = (space: FolderSpace) => {
    const { table } = lockable(folderFamilies[space], Number(recordId));
    return project.table(locks).get(lockKey(table, Number(recordId)))?.cookie === session.cookie;
  };
  return order.find(isMine) ?? first;
}

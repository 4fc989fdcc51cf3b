import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { childrenKey, type FolderRecord, type FolderSpace, placeKey } from '../model/folder-record.ts';
import type { UserRef } from '../model/item-record.ts';
import type { FolderType } from '../model/project-record.ts';
import { privateFolders, publicFolders } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';

/** What parts of a path are divided by. [documented] */
export const pathSeparator = '/';

/** The names of the two roots. [documented for the public one, inferred for the private one] */
export const rootNames: Readonly<Record<FolderSpace, string>> = { public: 'Public', private: 'Private' };

export const rootPath = (space: FolderSpace): string => `${pathSeparator}${rootNames[space]}`;

export const folderTables = { public: publicFolders, private: privateFolders } as const;

/** Where a folder is, or a root when the name is empty. */
export interface FolderPlace {
  readonly owner: UserRef;
  /** 0 for the root. */
  readonly parentId: number;
  readonly name: string;
}

/** No folder is nested deeper; paths are climbed, and old XML readers recurse. [inferred] */
const maxDepth = 100;
/** [documented for the web client] */
const maxNameLength = 127;

/** The folders of an owner, 0 for the public ones. */
function foldersOf(project: ProjectView, owner: UserRef) {
  return project.table(owner === 0 ? publicFolders : privateFolders);
}

/** The full path of a folder, with a leading separator and none at its end. [documented] */
export function folderPath(project: ProjectView, folder: FolderPlace): string {
  const names = [folder.name, ...ancestorsOf(project, folder).map(({ name }) => name)].reverse();
  return [rootPath(folder.owner === 0 ? 'public' : 'private'), ...names].join(pathSeparator);
}

/** The folders above a place, the nearest first. */
function ancestorsOf(
  project: ProjectView,
  { owner, parentId }: Pick<FolderPlace, 'owner' | 'parentId'>,
): FolderRecord[] {
  const above: FolderRecord[] = [];
  let folder = foldersOf(project, owner).get(parentId);
  while (folder) {
    above.push(folder);
    folder = folder.parentId === 0 ? undefined : foldersOf(project, owner).get(folder.parentId);
  }
  return above;
}

/** The folders directly in a folder or root, in their order. */
export function childrenOf(project: ProjectView, owner: UserRef, parentId: number): FolderRecord[] {
  const found = foldersOf(project, owner).findBy('children', childrenKey(owner, parentId));
  return found.sort((a, b) => a.order - b.order || a.recordId - b.recordId);
}

/** The folder of a name in a folder or root. */
export function folderAt(project: ProjectView, place: FolderPlace): FolderRecord | undefined {
  return foldersOf(project, place.owner).findBy('place', placeKey(place))[0];
}

/**
 * Reads a path, with or without a leading separator. [observed in a client that both work]
 *
 * @returns the place it names, whose folder need not exist; undefined when no such root or a folder above does not
 */
export function placeFromPath({ project, user }: CallContext, path: string): FolderPlace | undefined {
  const [root, ...names] = path.replace(/^\//, '').split(pathSeparator);
  const owner = root === rootNames.public ? 0 : root === rootNames.private ? user.recordId : undefined;
  if (owner === undefined) return undefined;
  const name = names.pop() ?? '';
  let parentId = 0;
  for (const above of names) {
    const folder = folderAt(project, { owner, parentId, name: above });
    if (!folder) return undefined;
    parentId = folder.recordId;
  }
  return { owner, parentId, name };
}

/** A folder by record ID, of the public ones or of the caller's own. @throws fault 6 when there is none */
export function requireFolder(context: CallContext, recordId: number, space: FolderSpace): FolderRecord {
  const folder = visibleFolder(context, recordId, space);
  if (folder) return folder;
  throw faults.recordNotFound(
    `${space} folder with record ID ${recordId} in "${context.project.record.name}" for ${context.user.login} (public and private folders count their IDs apart: publicFolder says which is meant)`,
  );
}

/** A private folder exists for its owner only. [documented] */
export function visibleFolder(
  { project, user }: CallContext,
  recordId: number,
  space: FolderSpace,
): FolderRecord | undefined {
  const folder = project.table(folderTables[space]).get(recordId);
  return folder && (folder.owner === 0 || folder.owner === user.recordId) ? folder : undefined;
}

/**
 * Makes sure that a folder can be at a place.
 *
 * @param folder what it is now; undefined for a new one
 * @throws fault 23 for a name that cannot be or a place inside the folder itself, 86 when the name is taken
 */
export function requireFreePlace(project: ProjectView, place: FolderPlace, folder?: FolderRecord): void {
  requireName(place.name);
  const above = ancestorsOf(project, place);
  if (folder && above.some((other) => other.owner === folder.owner && other.recordId === folder.recordId)) {
    throw faults.invalidData(
      'a folder cannot be inside itself',
      `"${folderPath(project, folder)}" would become a subfolder of itself or of one of its own subfolders.`,
    );
  }
  const height = folder ? heightOf(project, folder) : 1;
  if (above.length + height > maxDepth) {
    throw faults.invalidData('folders are nested too deeply', `At most ${maxDepth} levels are possible.`);
  }
  const other = folderAt(project, place);
  if (other && !(folder && other.owner === folder.owner && other.recordId === folder.recordId)) {
    throw faults.duplicateName(`folder "${folderPath(project, place)}"`);
  }
}

function requireName(name: string): void {
  if (name === '')
    throw faults.invalidData('a folder needs a name', 'Send it as name, and as the end of path.');
  if (name.includes(pathSeparator)) {
    throw faults.invalidData(
      `"${name}" cannot be the name of a folder`,
      `A name holds no "${pathSeparator}".`,
    );
  }
  if (name.length > maxNameLength) {
    throw faults.invalidData(
      'the name of the folder is too long',
      `A name has at most ${maxNameLength} characters; this one has ${name.length}.`,
    );
  }
}

/** How many levels a folder and what is in it take. */
function heightOf(project: ProjectView, folder: FolderRecord): number {
  let level = [folder];
  let height = 0;
  while (level.length > 0) {
    height++;
    level = level.flatMap(({ owner, recordId }) => childrenOf(project, owner, recordId));
  }
  return height;
}

/** A folder type by name. */
export function folderType(project: ProjectView, name: string): FolderType | undefined {
  return project.record.folderTypes.find((type) => type.name === name);
}

/** The type of a folder that names none: the first that is active. [documented that `Folder` exists by default] */
export function defaultFolderType(project: ProjectView): string {
  return project.record.folderTypes.find((type) => type.isActive)?.name ?? '';
}

/** The next place among the folders of a parent. */
export function nextOrder(project: ProjectView, owner: UserRef, parentId: number): number {
  return project.next(`folder-order/${childrenKey(owner, parentId)}`);
}

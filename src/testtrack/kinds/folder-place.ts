import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Edit } from '../lifecycle/member.ts';
import { type FolderRecord, type FolderSpace, spaceOf } from '../model/folder-record.ts';
import type { CFolder } from '../model/operation-types.generated.ts';
import {
  type FolderPlace,
  folderPath,
  nextOrder,
  placeFromPath,
  requireFolder,
  requireFreePlace,
} from '../rules/folders.ts';

/**
 * Takes where a folder is to be from `path`, `parentid`, `ispublic` and `name`, which say one thing together.
 *
 * @throws fault 23 when they do not agree, 6 for a parent that does not exist, 86 when the name is taken there
 */
export function readPlace(sent: CFolder, { before, record, context }: Edit<FolderRecord>): void {
  const place = before ? placeOnSave(context, sent, before) : placeOnAdd(context, sent);
  if (before && isSamePlace(place, before)) return;
  requireFreePlace(context.project, place, before);
  const isElsewhere = !before || place.owner !== before.owner || place.parentId !== before.parentId;
  const order = isElsewhere ? nextOrder(context.project, place.owner, place.parentId) : before.order;
  Object.assign(record, place, { order });
}

/** The path says it all; without one the parent and the visibility do. [documented; the second inferred] */
function placeOnAdd(context: CallContext, sent: CFolder): FolderPlace {
  const name = sent.name ?? '';
  if (sent.path) {
    const place = requirePath(context, sent.path);
    requireAgreement(context, place, {
      name: name === '' ? undefined : name,
      parentId: Number(sent.parentid ?? 0) === 0 ? undefined : Number(sent.parentid),
      isPublic: sent.ispublic,
    });
    return place;
  }
  return placeUnder(context, { parentId: Number(sent.parentid ?? 0), isPublic: sent.ispublic ?? true, name });
}

/**
 * What a save asks for. [documented] A new path is enough, and what else is new must agree with it. Without one the
 * parent may change within its owner, or together with the visibility. The visibility alone cannot change, and
 * whether the name alone can is contradictory, so that the server setting `folderRename` decides.
 */
function placeOnSave(context: CallContext, sent: CFolder, before: FolderRecord): FolderPlace {
  const { project } = context;
  const wasPublic = before.owner === 0;
  const newName = changed(sent.name, before.name);
  const newParentId = changed(
    sent.parentid === undefined ? undefined : Number(sent.parentid),
    before.parentId,
  );
  const newVisibility = changed(sent.ispublic, wasPublic);
  if (sent.path && withSeparator(sent.path) !== folderPath(project, before)) {
    const place = requirePath(context, sent.path);
    requireAgreement(context, place, {
      name: newName,
      parentId: newParentId,
      isPublic: newVisibility,
    });
    return place;
  }
  if (newName !== undefined && project.server.folderRename === 'with-path') {
    throw faults.invalidData(
      'the new name of the folder does not agree with its path',
      `Change path together with name: it must end in "${newName}". (Vendor texts contradict each other here; testtrack.server.folderRename: by-name accepts the name alone.)`,
    );
  }
  if (newVisibility !== undefined && newParentId === undefined) {
    throw faults.invalidData(
      'ispublic cannot change alone',
      'Change path, or parentid together with ispublic, to move the folder between public and private.',
    );
  }
  const name = newName ?? before.name;
  if (newParentId === undefined) return { owner: before.owner, parentId: before.parentId, name };
  return placeUnder(context, { parentId: newParentId, isPublic: newVisibility ?? wasPublic, name });
}

/** What was sent, when it is there and new. */
function changed<T>(sent: T | undefined, before: T): T | undefined {
  return sent === before ? undefined : sent;
}

function placeUnder(
  context: CallContext,
  { parentId, isPublic, name }: { parentId: number; isPublic: boolean; name: string },
): FolderPlace {
  const space: FolderSpace = isPublic ? 'public' : 'private';
  if (parentId !== 0) requireFolder(context, parentId, space);
  return { owner: isPublic ? 0 : context.user.recordId, parentId, name };
}

/** @throws fault 6 when the path leads nowhere, 23 for the path of a root */
function requirePath(context: CallContext, path: string): FolderPlace {
  const place = placeFromPath(context, path);
  if (!place) {
    throw faults.recordNotFound(
      `folder above "${path}" (a path is /Public or /Private, the names of folders that exist, and the folder's own name)`,
    );
  }
  return place;
}

/** @throws fault 23 for what disagrees with the path */
function requireAgreement(
  { project }: CallContext,
  place: FolderPlace,
  said: { name: string | undefined; parentId: number | undefined; isPublic: boolean | undefined },
): void {
  const path = folderPath(project, place);
  const disagree = (member: string, value: unknown, meant: unknown) =>
    faults.invalidData(
      `${member} does not agree with the path of the folder`,
      `${member} is "${value}", but "${path}" means "${meant}". Change path alone and the others follow.`,
    );
  if (said.name !== undefined && said.name !== place.name) throw disagree('name', said.name, place.name);
  if (said.isPublic !== undefined && said.isPublic !== (place.owner === 0)) {
    throw disagree('ispublic', said.isPublic, place.owner === 0);
  }
  if (said.parentId !== undefined && said.parentId !== place.parentId) {
    throw disagree('parentid', said.parentId, place.parentId);
  }
}

function withSeparator(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function isSamePlace(a: FolderPlace, b: FolderPlace): boolean {
  return spaceOf(a) === spaceOf(b) && a.parentId === b.parentId && a.name === b.name;
}

import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Family } from '../lifecycle/family.ts';
import type { Member, Members } from '../lifecycle/member.ts';
import { deleteRecord } from '../lifecycle/records.ts';
import { memberKinds, readOnly } from '../lifecycle/value-members.ts';
import { type FolderRecord, type FolderSpace, spaceOf } from '../model/folder-record.ts';
import type { CFolder, Long } from '../model/operation-types.generated.ts';
import { privateFolders, publicFolders, users } from '../model/tables.ts';
import { emptyFolder } from '../rules/folder-items.ts';
import { folderCounters } from '../rules/folder-moves.ts';
import { childrenOf, defaultFolderType, folderPath, folderTables, folderType } from '../rules/folders.ts';
import { type Lockable, requireUnlocked } from '../rules/locks.ts';
import { noText } from '../rules/rich-text.ts';
import { fromWireDateTime, toWireDateTime } from '../rules/zone.ts';
import { readPlace } from './folder-place.ts';
import { scheduleMember } from './folder-schedule.ts';

const { text, richText, inlineImages, long } = memberKinds<FolderRecord>();

/** Unlike everywhere else, people are record IDs here. [documented] */
const createdBy: Member<FolderRecord, Long> = {
  write: ({ created }) => created.by,
  read: (sent, { before, record, context: { project } }) => {
    const user = before ? undefined : project.table(users).get(sent);
    if (user) record.created = { ...record.created, by: user.recordId };
  },
};

const createdAt: Member<FolderRecord, string> = {
  label: 'Date Created',
  type: 'dateTime',
  write: ({ created }, { project }) => toWireDateTime(created.at, project.server.timeZone),
  read: (sent, { before, record, context: { project } }) => {
    if (!before) record.created = { ...record.created, at: fromWireDateTime(sent, project.server.timeZone) };
  },
};

/** @throws fault 23 for a type that the project does not have, or that is no longer used [inferred] */
const typeName: Member<FolderRecord, string> = {
  label: 'Folder Type',
  type: 'text',
  write: (record) => record.folderType,
  read: (sent, { before, record, context: { project } }) => {
    if (sent === '' || sent === before?.folderType) return;
    if (folderType(project, sent)?.isActive) {
      record.folderType = sent;
      return;
    }
    const active = project.record.folderTypes.filter((type) => type.isActive);
    throw faults.invalidData(
      `no folder type "${sent}"`,
      `Active folder types: ${active.map(({ name }) => name).join(', ') || 'none'} (getFolderTypeList).`,
    );
  },
};

const members: Members<FolderRecord, CFolder> = {
  createdbyuser: createdBy,
  // Path, parent and visibility say one thing together with the name: `readPlace` takes them.
  ispublic: { label: 'Public', type: 'boolean', write: ({ owner }) => owner === 0 },
  modifiedbyuser: { write: ({ modified }) => modified.by },
  locationaddedfrom: readOnly(text('addedFrom')),
  datetimecreated: createdAt,
  datetimemodified: {
    label: 'Date Modified',
    type: 'dateTime',
    write: ({ modified }, { project }) => toWireDateTime(modified.at, project.server.timeZone),
  },
  name: readOnly(text('name', 'Name')),
  description: text('description', 'Description'),
  path: { label: 'Path', type: 'text', write: (record, { project }) => folderPath(project, record) },
  // The order of folders cannot be changed by SOAP. [documented]
  order: readOnly(long('order')),
  parentid: { write: ({ parentId }) => parentId },
  foldertypename: typeName,
  webview: text('webView', 'Web Address'),
  notes: richText('notes', 'Notes'),
  notesInlineAttachList: inlineImages('notes', 'Notes'),
  // Whether the notes can be written by SOAP: here they always can. [inferred]
  noteseditable: { write: () => true },
  scheduleinfo: scheduleMember,
  taskboardname: text('taskBoard', 'Task Board'),
};

/** Folders of one space. Public and private ones count their record IDs apart, so they are two families. */
function folderFamily(space: FolderSpace): Family<FolderRecord, CFolder> {
  const family: Family<FolderRecord, CFolder> = {
    table: 'Folder',
    lockName: space === 'public' ? 'Folder' : 'Private Folder',
    records: folderTables[space],
    members,
    commandNoun: 'Folders',
    shows: [publicFolders, privateFolders] as never,
    required: [],
    blank: (context) => blankFolder(context, space),
    readTogether: (sent, edit) => {
      readPlace(sent, edit);
      if (!edit.before && sent.taskboardname === undefined) {
        const type = folderType(edit.context.project, edit.record.folderType);
        edit.record.taskBoard = type?.hasTaskBoard ? type.defaultTaskBoard : '';
      }
    },
    check: (record, _before, { now, user }) => {
      record.modified = { at: now, by: user.recordId };
    },
    onDelete: (folder, context, input) => {
      requireUnlocked(context.project, rankingOf(folder), context.now);
      for (const child of childrenOf(context.project, folder.owner, folder.recordId)) {
        deleteRecord(family, context, { record: child, input });
      }
      emptyFolder(context.project, folder);
    },
  };
  return family;
}

/** The folders of each space. */
export const folderFamilies: Readonly<Record<FolderSpace, Family<FolderRecord, CFolder>>> = {
  public: folderFamily('public'),
  private: folderFamily('private'),
};

/** What the ranking of a folder's items is locked by: apart from the folder itself. [documented] */
export function rankingOf(folder: Pick<FolderRecord, 'owner' | 'recordId'>): Lockable {
  const { lockName = '' } = folderFamilies[spaceOf(folder)];
  const table = `${lockName} Ranking`;
  return {
    table,
    recordId: folder.recordId,
    label: `The ranking of ${lockName.toLowerCase()} ${folder.recordId}`,
  };
}

function blankFolder({ project, user, now }: CallContext, space: FolderSpace): FolderRecord {
  const stamp = { at: now, by: user.recordId };
  return {
    recordId: project.next(folderCounters[space]),
    owner: space === 'public' ? 0 : user.recordId,
    parentId: 0,
    name: '',
    description: '',
    folderType: defaultFolderType(project),
    order: 0,
    webView: '',
    notes: noText,
    schedule: undefined,
    taskBoard: '',
    created: stamp,
    modified: stamp,
    addedFrom: 'SOAP',
  };
}

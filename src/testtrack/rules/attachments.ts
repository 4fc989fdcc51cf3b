import { fileContent } from '../../world/file-content.ts';
import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { StoredAttachment } from '../model/item-record.ts';
import type { CFileAttachment } from '../model/operation-types.generated.ts';
import type { ProjectView } from '../project-view.ts';
import type { View } from './view.ts';
import { fromWireDateTime, toWireDateTime } from './zone.ts';

/** What `getAttachmentTypes` lists. [documented] */
export const attachmentTypes = ['Standard', 'Script', 'Run Result'] as const;

/** A file on the wire, with its bytes only when they were asked for. [documented: bDownloadAttachments] */
export function writeAttachment(
  file: StoredAttachment,
  view: Pick<View, 'downloads' | 'project'>,
): CFileAttachment {
  const zone = view.project.server.timeZone;
  return {
    'm-strFileName': file.fileName,
    'm-dateTimeCreated': toWireDateTime(file.createdAt, zone),
    'm-dateTimeModified': toWireDateTime(file.modifiedAt, zone),
    'm-recordid': file.recordId,
    'm-strArchiveName': file.archiveName,
    'm-strType': file.type,
    'm-scriptOrder': file.scriptOrder,
    'm-strScriptState': file.scriptState,
    ...(view.downloads
      ? {
          'm-pFileData': Buffer.from(
            file.content.bytes.buffer,
            file.content.bytes.byteOffset,
            file.content.size,
          ),
        }
      : {}),
  };
}

/**
 * Takes a list of files: those with a known record ID stay (their bytes too, unless new ones came), those without
 * are new, those no longer listed are gone. [documented: a full list; matched by record ID]
 *
 * @throws fault 23 for a new file without a name or content, or a record ID that is not in the list
 */
export function readAttachments(
  context: CallContext,
  before: readonly StoredAttachment[],
  sent: readonly CFileAttachment[],
): readonly StoredAttachment[] {
  const known = new Map(before.map((file) => [file.recordId, file]));
  const after = sent.map((file) => {
    const id = file['m-recordid'] ?? 0;
    if (id === 0) return newAttachment(context, file);
    const old = known.get(Number(id));
    if (!old) {
      throw faults.invalidData(
        `no attachment has the record ID ${id} here`,
        'Send 0 as m-recordid for a new file, and the files of the record itself with the IDs they came with.',
      );
    }
    return changedAttachment(context, old, file);
  });
  return after.length === before.length && after.every((file, at) => file === before[at]) ? before : after;
}

/** Files of another record, sent with a new one: they are new themselves. [inferred] */
export function asNewFiles(sent: readonly CFileAttachment[]): readonly CFileAttachment[] {
  return sent.map((file) => ({ ...file, 'm-recordid': 0 }));
}

function newAttachment(context: CallContext, sent: CFileAttachment): StoredAttachment {
  const name = sent['m-strFileName'] ?? '';
  const bytes = sent['m-pFileData'];
  if (name === '') throw faults.invalidData('an attachment has no name', 'Give it an m-strFileName.');
  if (!bytes || bytes.byteLength === 0) {
    throw faults.invalidData(
      `the attachment "${name}" has no content`,
      'Send the bytes in m-pFileData, base64-encoded. Since 2015.1 the server refuses a file without content.',
    );
  }
  const zone = context.project.server.timeZone;
  const created = sent['m-dateTimeCreated'];
  const modified = sent['m-dateTimeModified'];
  return {
    ...filed(context.project, name),
    type: checkedType(sent['m-strType'] || attachmentTypes[0]),
    scriptOrder: sent['m-scriptOrder'] ?? 0,
    scriptState: sent['m-strScriptState'] ?? '',
    createdAt: created === undefined ? context.now : fromWireDateTime(created, zone),
    modifiedAt: modified === undefined ? context.now : fromWireDateTime(modified, zone),
    content: fileContent(bytes),
  };
}

function changedAttachment(
  context: CallContext,
  old: StoredAttachment,
  sent: CFileAttachment,
): StoredAttachment {
  const bytes = sent['m-pFileData'];
  const content = bytes && bytes.byteLength > 0 ? fileContent(bytes) : old.content;
  const isSameContent = content.sha256 === old.content.sha256;
  const next = {
    fileName: sent['m-strFileName'] || old.fileName,
    type: sent['m-strType'] ? checkedType(sent['m-strType']) : old.type,
    scriptOrder: sent['m-scriptOrder'] ?? old.scriptOrder,
    scriptState: sent['m-strScriptState'] ?? old.scriptState,
  };
  const isSame =
    isSameContent &&
    next.fileName === old.fileName &&
    next.type === old.type &&
    next.scriptOrder === old.scriptOrder &&
    next.scriptState === old.scriptState;
  return isSame
    ? old
    : { ...old, ...next, content: isSameContent ? old.content : content, modifiedAt: context.now };
}

/** The numbers and names the server gives to a new file. [inferred: the form of the archive name] */
export function filed(
  project: ProjectView,
  fileName: string,
): Pick<StoredAttachment, 'recordId' | 'fileName' | 'archiveName'> {
  const recordId = project.next('attachment');
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(fileName)?.[0] ?? '';
  return { recordId, fileName, archiveName: `TT${String(recordId).padStart(8, '0')}${ending.toLowerCase()}` };
}

function checkedType(type: string): string {
  if (attachmentTypes.some((known) => known === type)) return type;
  throw faults.invalidData(
    `"${type}" is no type of attachment`,
    `Types: ${attachmentTypes.join(', ')} (getAttachmentTypes).`,
  );
}

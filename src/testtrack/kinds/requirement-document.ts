import type { CallContext } from '../call-context.ts';
import { blankItem } from '../lifecycle/blank-item.ts';
import type { Family } from '../lifecycle/family.ts';
import { itemMembers, requirementItemMembers } from '../lifecycle/item-members.ts';
import { byNumberOrSummary } from '../lifecycle/look-up.ts';
import type { Member, Members } from '../lifecycle/member.ts';
import { deleteRecord, requireRecord } from '../lifecycle/records.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { CRequirementDocument, CSnapshotInfo } from '../model/operation-types.generated.ts';
import type { RequirementDocumentRecord } from '../model/requirement-document-record.ts';
import { documentSnapshots, requirementDocuments } from '../model/tables.ts';
import { dropSnapshots, snapshotsOf } from '../rules/document-snapshots.ts';
import { clearDocument, outlineOf } from '../rules/document-trees.ts';
import { requireCommand } from '../rules/permissions.ts';
import { noText } from '../rules/rich-text.ts';
import { nameOf } from '../rules/user-names.ts';
import { toWireDateTime } from '../rules/zone.ts';
import { requirementFamily } from './requirement.ts';

/** The table's name on the wire. */
const table = 'Requirement Document';

const { text } = memberKinds<RequirementDocumentRecord>();
const item = itemMembers<RequirementDocumentRecord>(table);

/** Read only: createSnapshot makes them. [documented] */
const snapshots: Member<RequirementDocumentRecord, readonly CSnapshotInfo[]> = {
  write: ({ recordId }, { project, nameFormat }) =>
    snapshotsOf(project, recordId).map(({ version, label, comment, created }) => ({
      versionNumber: version,
      createdByUser: nameOf(project, created.by, nameFormat),
      dateTimeCreated: toWireDateTime(created.at, project.server.timeZone),
      label,
      comment,
    })),
};

const members: Members<RequirementDocumentRecord, CRequirementDocument> = {
  number: item.number,
  name: text('summary', 'Name'),
  snapshotList: snapshots,
  ...requirementItemMembers<RequirementDocumentRecord>(table),
};

/** Requirement documents. */
export const requirementDocumentFamily: Family<RequirementDocumentRecord, CRequirementDocument> = {
  table,
  records: requirementDocuments,
  members,
  area: 'TestTrack RM',
  commandNoun: 'Requirement Documents',
  shows: [documentSnapshots],
  required: ['Name'],
  blank: blankDocument,
  find: byNumberOrSummary(requirementDocuments, {
    numberPart: 'documentNumber',
    summaryPart: 'name',
  }),
  files: (record) => record.attachments,
  check: (record, _before, { now, session }) => {
    record.modified = { at: now, by: session.userId };
  },
  onDelete: ({ recordId }, context, input) => {
    const { project } = context;
    const requirementIds = outlineOf(project, recordId).map(({ requirementId }) => requirementId);
    clearDocument(project, recordId);
    dropSnapshots(project, recordId);
    if (input.bDeleteAssociatedRequirements === true) deleteRequirements(context, requirementIds);
  },
};

/**
 * Deletes the requirements of a document, from other documents too. [documented that all are deleted]
 *
 * @throws fault 5 without the command for it, 22 while a user edits one of them [inferred]
 */
function deleteRequirements(context: CallContext, requirementIds: readonly number[]): void {
  const { project, user } = context;
  if (requirementIds.length > 0) requireCommand(project, user, `Delete ${requirementFamily.commandNoun}`);
  for (const id of requirementIds) {
    const record = requireRecord(requirementFamily, project, id);
    deleteRecord(requirementFamily, context, { record, input: {} });
  }
}

/** A new document: created now, by the caller, in the first state of the workflow. [documented for the creator] */
function blankDocument(context: CallContext): RequirementDocumentRecord {
  return {
    ...blankItem(context, table),
    description: noText,
    attachments: [],
  };
}

import type { CallContext } from '../call-context.ts';
import { blankItem } from '../lifecycle/blank-item.ts';
import type { Family } from '../lifecycle/family.ts';
import { itemMembers, requirementItemMembers, workflowFor } from '../lifecycle/item-members.ts';
import { byNumberOrSummary } from '../lifecycle/look-up.ts';
import type { Member, Members } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { Stamp } from '../model/item-record.ts';
import type { AnyCVersionInfo, CRequirement } from '../model/operation-types.generated.ts';
import type { RequirementRecord } from '../model/requirement-record.ts';
import { requirementDocuments, requirementRecords } from '../model/tables.ts';
import { documentsOf, leaveDocuments } from '../rules/document-trees.ts';
import { requireCommand } from '../rules/permissions.ts';
import { changeTypeCommand, tagOf, typeField } from '../rules/requirement-types.ts';
import { noText } from '../rules/rich-text.ts';
import { nameOf } from '../rules/user-names.ts';
import { locksItem } from '../rules/workflow.ts';
import { dayOf, toWireDateTime } from '../rules/zone.ts';

/** The table's name on the wire. */
const table = 'Requirement';

const { dropdown, user, day } = memberKinds<RequirementRecord>();
const item = itemMembers<RequirementRecord>(table);

/** Read only: one entry per saved version, the newest last. [documented; that every save which changes something makes one is inferred] */
const versions: Member<RequirementRecord, readonly AnyCVersionInfo[]> = {
  write: (record, { project, nameFormat }) =>
    record.versions.map(({ number, at, by }) => ({
      versionNumber: number,
      createdByUser: nameOf(project, by, nameFormat),
      dateTimeCreated: toWireDateTime(at, project.server.timeZone),
    })),
};

const members: Members<RequirementRecord, CRequirement> = {
  number: item.number,
  type: dropdown('type', table, typeField.field),
  summary: item.summary,
  /** Read only: it follows from type and number. */
  tag: { label: 'Tag', type: 'text', write: (record, { project }) => tagOf(project, record) },
  dateEntered: day('dateEntered', 'Date Entered'),
  enteredBy: user('enteredBy', 'Entered by'),
  importance: dropdown('importance', table, 'Importance'),
  versionList: versions,
  ...requirementItemMembers<RequirementRecord>(table),
};

/** Requirements. */
export const requirementFamily: Family<RequirementRecord, CRequirement> = {
  table,
  records: requirementRecords,
  members,
  area: 'TestTrack RM',
  commandNoun: 'Requirements',
  // Type and summary are documented; that a user must have entered it is inferred from defects.
  required: [typeField.field, 'Summary', 'Entered by'],
  blank: blankRequirement,
  find: byNumberOrSummary(requirementRecords, {
    numberPart: 'requirementNumber',
    summaryPart: 'summary',
  }),
  files: (record) => record.attachments,
  isLockedElsewhere: ({ recordId }, project) => isInLockedDocument(project, recordId),
  check: (record, before, context) => {
    const { project, user: caller, now } = context;
    // Not documented for a save: it would be a way around the command otherwise.
    if (before && before.type !== record.type) requireCommand(project, caller, changeTypeCommand);
    Object.assign(record, newVersion(before, { at: now, by: caller.recordId }));
  },
  onDelete: ({ recordId }, { project }) => leaveDocuments(project, recordId),
};

/** What changes at a requirement with every change of it. */
export function newVersion(
  before: RequirementRecord | undefined,
  stamp: Stamp,
): Pick<RequirementRecord, 'modified' | 'versions'> {
  const known = before?.versions ?? [];
  return { modified: stamp, versions: [...known, { ...stamp, number: known.length + 1 }] };
}

/** If a document is locked by its state, so are its requirements. [documented] */
function isInLockedDocument(project: CallContext['project'], requirementId: number): boolean {
  const workflow = workflowFor(project, 'Requirement Document');
  return documentsOf(project, requirementId).some((documentId) => {
    const document = project.table(requirementDocuments).get(documentId);
    return document !== undefined && locksItem(workflow, document.state);
  });
}

/** A new requirement: entered now, by the caller, in the first state of the workflow. [inferred from defects] */
function blankRequirement(context: CallContext): RequirementRecord {
  const { project, user: caller, now } = context;
  return {
    ...blankItem(context, table),
    type: '',
    enteredBy: caller.recordId,
    dateEntered: dayOf(now, project.server.timeZone),
    importance: '',
    description: noText,
    attachments: [],
    versions: [],
  };
}

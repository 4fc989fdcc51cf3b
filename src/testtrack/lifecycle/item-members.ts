import type { ItemRecord, SourceFile } from '../model/item-record.ts';
import type { AnyCField, CEvent, CSCCFileRecord } from '../model/operation-types.generated.ts';
import type { Workflow } from '../model/project-record.ts';
import type { RequirementDocumentRecord } from '../model/requirement-document-record.ts';
import type { ProjectView } from '../project-view.ts';
import { readCustomFields, writeCustomFields } from '../rules/custom-fields.ts';
import { readEvents, writeEvents } from '../rules/events.ts';
import { isSameName, nameOf, userByName } from '../rules/user-names.ts';
import { effortOf, standingAfter } from '../rules/workflow.ts';
import { fromWireDateTime, sentInstant, toWireDateTime } from '../rules/zone.ts';
import type { Edit, Member } from './member.ts';
import { memberKinds, readOnly } from './value-members.ts';

const noWorkflow: Workflow = { states: [], events: [] };

/** The workflow of a table; one without events where the project has none. */
export function workflowFor(project: ProjectView, table: string): Workflow {
  return project.workflowOf(table) ?? noWorkflow;
}

/**
 * The members that every item with a workflow has, whatever its wire type calls them.
 *
 * @param table the wire's name of the table
 */
export function itemMembers<R extends ItemRecord>(table: string) {
  const kinds = memberKinds<ItemRecord>();
  const effort = (part: keyof ReturnType<typeof effortOf>, label: string): Member<R, number> => ({
    label,
    type: 'decimal',
    write: (record, { project }) => effortOf(workflowFor(project, table), record.events)[part],
  });
  return {
    number: { ...readOnly(kinds.short('number', 'Number')), write: (record: R) => record.number },
    summary: kinds.text('summary', 'Summary'),
    /** Read only: it follows from the events. A client that sends it is not told off. [observed in a client] */
    state: { label: 'Status', type: 'state', write: (record) => record.state } satisfies Member<R, string>,

    events: {
      entersEvents: true,
      write: (record, view) => writeEvents(record.events, workflowFor(view.project, table), view),
      read: (sent, { before, record, context }) => {
        const workflow = workflowFor(context.project, table);
        const isNew = before === undefined;
        record.events = readEvents(context, workflow, { before: record.events, sent, isNew });
        Object.assign(record, standingAfter(workflow, record.events));
      },
    } satisfies Member<R, readonly CEvent[]>,

    customFields: {
      write: (record, view) =>
        writeCustomFields(open(view.project.customFieldsOf(table), view.hidden), record.customValues, view),
      read: (sent, { before, record, context, closed }) => {
        const owner = { fields: context.project.customFieldsOf(table), label: table };
        record.customValues = readCustomFields(
          owner,
          { before: record.customValues, sent: open(sent, closed), isNew: before === undefined },
          context,
        );
      },
    } satisfies Member<R, readonly AnyCField[]>,

    sourceFiles: sourceFiles<R>(),
    createdBy: stampedBy<R>('created', 'Created By'),
    createdAt: stampedAt<R>('created', 'Date Created'),
    modifiedBy: readOnly(stampedBy<R>('modified', 'Modified By')),
    modifiedAt: readOnly(stampedAt<R>('modified', 'Date Modified')),
    addedFrom: readOnly(kinds.text('addedFrom')),
    storyPoints: kinds.long('storyPoints', 'Story Points'),
    percentDone: kinds.long('percentDone', 'Percent Done'),
    actualHours: effort('actual', 'Actual Hours'),
    estimatedHours: effort('estimated', 'Estimated Hours'),
    remainingHours: effort('remaining', 'Remaining Hours'),
    variance: effort('variance', 'Variance'),
  };
}

/** The members that requirements and requirement documents have under the same names on the wire. */
export function requirementItemMembers<R extends RequirementDocumentRecord>(table: string) {
  const item = itemMembers<R>(table);
  const { richText, inlineImages, attachments } = memberKinds<RequirementDocumentRecord>();
  return {
    description: richText('description', 'Description'),
    descriptionInlineAttachList: inlineImages('description', 'Description'),
    state: item.state,
    attachmentList: attachments('attachments'),
    sccFileList: item.sourceFiles,
    customFieldList: item.customFields,
    eventList: item.events,
    dateTimeCreated: item.createdAt,
    createdByUser: item.createdBy,
    locationAddedFrom: item.addedFrom,
    modifiedByUser: item.modifiedBy,
    dateTimeModified: item.modifiedAt,
    actualHours: item.actualHours,
    estimatedHours: item.estimatedHours,
    remainingHours: item.remainingHours,
    variance: item.variance,
    storyPoints: item.storyPoints,
    percentDone: item.percentDone,
  };
}

/** Custom fields without those that a user may not see or change. */
function open<F extends { readonly name?: string | undefined }>(
  fields: readonly F[],
  limited: ReadonlySet<string> | undefined,
): readonly F[] {
  return limited?.size ? fields.filter(({ name = '' }) => !limited.has(name)) : fields;
}

type Stamped = 'created' | 'modified';

/** Who made or changed the item. A creator may be named when the item is added; later it stays. [inferred] */
function stampedBy<R extends ItemRecord>(stamp: Stamped, label: string): Member<R, string> {
  return {
    label,
    type: 'user',
    raw: (record) => record[stamp].by,
    write: (record, { project, nameFormat }) => nameOf(project, record[stamp].by, nameFormat),
    read: (sent, { before, record, context: { project, user } }) => {
      if (before || isSameName(project, record[stamp].by, { name: sent, format: user.nameFormat })) return;
      const by = userByName(project, sent, user.nameFormat);
      if (by !== undefined) Object.assign(record, { [stamp]: { ...record[stamp], by } });
    },
  };
}

function stampedAt<R extends ItemRecord>(stamp: Stamped, label: string): Member<R, string> {
  return {
    label,
    type: 'dateTime',
    raw: (record) => record[stamp].at,
    write: (record, { project }) => toWireDateTime(record[stamp].at, project.server.timeZone),
    read: (sent, { before, record, context }: Edit<R>) => {
      if (before) return;
      const at = fromWireDateTime(sent, context.project.server.timeZone);
      Object.assign(record, { [stamp]: { ...record[stamp], at } });
    },
  };
}

/** Files under source control: a full list, matched by record ID like every other. */
function sourceFiles<R extends ItemRecord>(): Member<R, readonly CSCCFileRecord[]> {
  return {
    write: (record, { project }) => record.sourceFiles.map((file) => writeSourceFile(file, project)),
    read: (sent, { record, context: { project } }) => {
      const known = new Map(record.sourceFiles.map((file) => [file.recordId, file]));
      record.sourceFiles = sent.map((wire) => {
        const old = known.get(Number(wire.recordid ?? 0));
        const fixedAt = wire['m-dateFixedTimestamp'];
        return {
          recordId: old?.recordId ?? project.next('source-file'),
          fileName: wire['m-strFileName'] ?? old?.fileName ?? '',
          fixedRevision: wire['m-strFixedRevision'] ?? old?.fixedRevision ?? '',
          fixedAt: sentInstant(fixedAt, old?.fixedAt, project.server.timeZone),
          type: wire['m-strType'] ?? old?.type ?? 'Standard',
          scriptOrder: wire['m-scriptOrder'] ?? old?.scriptOrder ?? 0,
          scriptState: wire['m-strScriptState'] ?? old?.scriptState ?? '',
        };
      });
    },
  };
}

function writeSourceFile(file: SourceFile, project: ProjectView): CSCCFileRecord {
  return {
    recordid: file.recordId,
    'm-strFileName': file.fileName,
    'm-strFixedRevision': file.fixedRevision,
    'm-dateFixedTimestamp':
      file.fixedAt === undefined ? undefined : toWireDateTime(file.fixedAt, project.server.timeZone),
    'm-strType': file.type,
    'm-scriptOrder': file.scriptOrder,
    'm-strScriptState': file.scriptState,
  };
}

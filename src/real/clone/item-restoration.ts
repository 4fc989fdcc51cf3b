import type {
  CustomValue,
  CustomValues,
  ItemRecord,
  RichText,
  SourceFile,
  StoredAttachment,
  WorkflowEvent,
} from '../../testtrack/model/item-record.ts';
import type {
  AnyCEvent,
  AnyCField,
  CEvent,
  CFileAttachment,
  CSCCFileRecord,
  CStringField,
} from '../../testtrack/model/operation-types.generated.ts';
import type { CustomField, Workflow } from '../../testtrack/model/project-record.ts';
import { looksLikeHtml } from '../../testtrack/rules/html.ts';
import { formattedText, plainText, withImages } from '../../testtrack/rules/rich-text.ts';
import { definitionOf, noStateChange, standingAfter } from '../../testtrack/rules/workflow.ts';
import { fileContent } from '../../world/file-content.ts';
import type { Instant } from '../../world/instant.ts';
import { membersIn } from './members.ts';
import type { Offsets } from './moments.ts';
import type { Notes } from './notes.ts';
import type { People } from './people.ts';

/** What records of a project are made with again. */
export interface Restoring {
  readonly people: People;
  readonly offsets: Offsets;
  readonly notes: Notes;
  /** When the clone was made; what has no moment of its own is from then. */
  readonly now: Instant;
}

/** What every item says of itself, under names that all kinds share. */
export interface ItemParts {
  readonly recordId: unknown;
  readonly number: unknown;
  readonly summary: string | undefined;
  readonly state: string | undefined;
  readonly events: readonly AnyCEvent[] | undefined;
  readonly customFields: readonly AnyCField[] | undefined;
  readonly sourceFiles: readonly CSCCFileRecord[] | undefined;
  readonly created: { readonly by: string | undefined; readonly at: string | undefined };
  readonly modified: { readonly by: string | undefined; readonly at: string | undefined };
  readonly addedFrom: string | undefined;
  readonly storyPoints: ItemRecord['storyPoints'] | undefined;
  readonly percentDone: ItemRecord['percentDone'] | undefined;
}

/** An item as the server showed it. */
export function restoredItem(
  parts: ItemParts,
  settings: {
    readonly table: string;
    readonly workflow: Workflow | undefined;
    readonly customFields: readonly CustomField[];
  },
  to: Restoring,
): ItemRecord {
  const { people, offsets, now } = to;
  const workflow = settings.workflow ?? { states: [], events: [] };
  // In the order of the answer: it has seconds only, and what happened within one cannot be put in order again.
  const shown = (parts.events ?? []).map((event) => eventFrom(event, workflow, to));
  const events = leadingTo(parts.state, { events: shown, workflow, table: settings.table }, to.notes);
  return {
    recordId: Number(parts.recordId),
    number: Number(parts.number ?? 0),
    summary: parts.summary ?? '',
    ...standingAfter(workflow, events),
    events,
    customValues: customValuesFrom(parts.customFields, settings.customFields, { to, isPlain: false }),
    sourceFiles: (parts.sourceFiles ?? []).map((file) => sourceFileFrom(file, to)),
    created: { at: offsets.moment(parts.created.at, now), by: people.ref(parts.created.by) },
    modified: { at: offsets.moment(parts.modified.at, now), by: people.ref(parts.modified.by) },
    addedFrom: parts.addedFrom ?? '',
    storyPoints: parts.storyPoints ?? 0,
    percentDone: parts.percentDone ?? 0,
  };
}

function eventFrom(wire: CEvent, workflow: Workflow, to: Restoring): WorkflowEvent {
  const { text, flag, number, long } = membersIn(wire);
  const { people, offsets, now } = to;
  const state = text('resultingstate');
  return {
    recordId: number('recordid'),
    name: text('name'),
    user: people.ref(wire.user),
    at: offsets.moment(wire.date, now),
    notes: text('notes'),
    order: number('eventaddorder'),
    parentEventId: long('parenteventid'),
    attachments: (wire.attachmentlist ?? []).map((file) => attachmentFrom(file, to)),
    fields: customValuesFrom(wire.fieldlist, definitionOf(workflow, text('name'))?.fields ?? [], {
      to,
      isPlain: true,
    }),
    resultingState: state === '' || state === noStateChange ? undefined : state,
    hours: number('hours'),
    assignedTo: (wire.assigntolist ?? []).flatMap((name) => people.ref(name) || []),
    releaseNotesVersion: text('releasenotesversion'),
    generatedType: wire.generatedeventtype ?? 'User',
    generatedBy: text('generatedbyname'),
    overrideUser: people.ref(wire.overrideuser),
    marksSuspect: flag('marksuspect'),
  };
}

/**
 * The state of an item follows from its events; where those that were shown lead elsewhere, the last one is made to
 * lead there.
 */
function leadingTo(
  state: string | undefined,
  { events, workflow, table }: { events: readonly WorkflowEvent[]; workflow: Workflow; table: string },
  notes: Notes,
): readonly WorkflowEvent[] {
  if (state === undefined || standingAfter(workflow, events).state === state) return events;
  const last = events.at(-1);
  if (last === undefined) {
    notes.add(
      `${table}: the state of an item without events is not the first one`,
      'it is in the first state',
    );
    return events;
  }
  notes.add(
    `${table}: the events of an item do not lead to its state`,
    'the last event leads there, and says so',
  );
  return [...events.slice(0, -1), { ...last, resultingState: state }];
}

/** The values of custom fields; one that is empty has none. Texts in events are plain. (documented) */
function customValuesFrom(
  wires: readonly AnyCField[] | undefined,
  fields: readonly CustomField[],
  { to, isPlain }: { readonly to: Restoring; readonly isPlain: boolean },
): CustomValues {
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const values: Record<string, CustomValue> = {};
  for (const wire of wires ?? []) {
    const { name = '' } = wire;
    const type = types.get(name);
    if (type === undefined) continue;
    const value =
      wire.$type === 'CStringField' && type === 'multiline'
        ? multilineFrom(wire, isPlain, to)
        : customValueFrom(wire, to);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function multilineFrom(wire: CStringField, isPlain: boolean, to: Restoring): RichText | undefined {
  const { value = '', inlineAttachmentList } = wire;
  const text = isPlain ? plainText(value) : restoredText(value, inlineAttachmentList, to);
  return text.text === '' && text.images.length === 0 ? undefined : text;
}

function customValueFrom(wire: AnyCField, to: Restoring): CustomValue | undefined {
  switch (wire.$type) {
    case 'CDateTimeField':
      return wire.value === undefined ? undefined : to.offsets.moment(wire.value, to.now);
    case 'CTimespanField':
      return wire.value ? { amount: wire.value, unit: wire.unit ?? 'Hours' } : undefined;
    case 'CMultiSelectDropdownField': {
      const values = (wire.values ?? []).map(({ value = '' }) => value);
      return values.length > 0 ? values : undefined;
    }
    case 'CDateField':
      return wire.value?.slice(0, 10) || undefined;
    case 'CStringField':
    case 'CIntegerField':
    case 'CDecimalField':
    case 'CBooleanField':
    case 'CVersionField':
    case 'CDropdownField':
      return wire.value || undefined;
    default:
      return undefined;
  }
}

/** A multi-line text as a session with formatted text sees it. */
export function restoredText(
  text: string | undefined,
  pictures: readonly CFileAttachment[] | undefined,
  to: Restoring,
): RichText {
  const images = (pictures ?? []).map((picture) => attachmentFrom(picture, to));
  const sent = text ?? '';
  return looksLikeHtml(sent) ? formattedText(sent, images) : withImages(plainText(sent), images);
}

/** A file; one whose bytes were not asked for is empty. */
export function attachmentFrom(wire: CFileAttachment, to: Restoring): StoredAttachment {
  const { text, number, long } = membersIn(wire);
  const bytes = wire['m-pFileData'];
  if (bytes === undefined || bytes.byteLength === 0) {
    to.notes.add(
      'The bytes of an attachment were not read (clone --attachments reads them)',
      'a line that says so',
    );
  }
  const content =
    bytes === undefined || bytes.byteLength === 0 ? Buffer.from('The bytes were not cloned.\n') : bytes;
  return {
    recordId: number('m-recordid'),
    fileName: text('m-strFileName'),
    archiveName: text('m-strArchiveName'),
    type: wire['m-strType'] ?? 'Standard',
    scriptOrder: long('m-scriptOrder'),
    scriptState: text('m-strScriptState'),
    createdAt: to.offsets.moment(wire['m-dateTimeCreated'], to.now),
    modifiedAt: to.offsets.moment(wire['m-dateTimeModified'], to.now),
    content: fileContent(content),
  };
}

function sourceFileFrom(wire: CSCCFileRecord, to: Restoring): SourceFile {
  const { text, number, long } = membersIn(wire);
  const fixedAt = wire['m-dateFixedTimestamp'];
  return {
    recordId: number('recordid'),
    fileName: text('m-strFileName'),
    fixedRevision: text('m-strFixedRevision'),
    fixedAt: fixedAt === undefined ? undefined : to.offsets.moment(fixedAt, to.now),
    type: wire['m-strType'] ?? 'Standard',
    scriptOrder: long('m-scriptOrder'),
    scriptState: text('m-strScriptState'),
  };
}

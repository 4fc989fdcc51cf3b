import type { WorkflowEvent } from '../model/item-record.ts';
import type { EventDefinition, TableSettings, Workflow } from '../model/project-record.ts';
import { effortOf, noStateChange } from '../rules/workflow.ts';
import type { Column, ColumnKind, ColumnValues, Row } from './column.ts';
import { customFieldColumn } from './custom-field-columns.ts';
import { type ColumnProvider, labels } from './provider.ts';
import { eventFieldList, fixedList } from './value-lists.ts';

/**
 * The columns that each event of the workflow brings: by whom, when, what it says, where it led, and its own fields.
 * [observed in 2013] Of several events of a kind the last shows. [inferred]
 */
export const eventColumns: ColumnProvider = ({ table, settings }) =>
  (settings.workflow?.events ?? []).flatMap((definition) => columnsOf(definition, { table, settings }));

/** The comments that the server itself enters at an item: listed for every table of items; here there are none. [observed] */
export const systemCommentColumns: ColumnProvider = ({ settings }) =>
  settings.workflow && !settings.workflow.events.some(({ name }) => name === systemComment)
    ? standingColumns({ name: systemComment, to: [] }, settings)
    : [];

const systemComment = 'System Comment';

/** How the product words who entered an event, where that is not `<Event> By User`. [observed in 2013] */
const done: Readonly<Record<string, string>> = {
  Assign: 'Assigned',
  Fix: 'Fixed',
  Implement: 'Implemented',
  Reject: 'Rejected',
};

/** Names that the column of the user had here, besides `<Event> By User`. */
const formerlyDone: Readonly<Record<string, string>> = {
  Estimate: 'Estimated',
  Verify: 'Verified',
  'Force Close': 'Force Closed',
  'Re-Open': 'Re-Opened',
};

/** The effort of an event, where it is not called after its kind. [observed in 2013] */
const effortLabels: Readonly<Record<string, string>> = { Estimate: 'Estimated Effort', Fix: 'Hours to Fix' };

/** The value that a column takes from the last event, and what it shows of a record without one. */
interface EventValue<K extends ColumnKind> {
  readonly of: (event: WorkflowEvent) => ColumnValues[K];
  readonly absent: ColumnValues[K];
}

/** How a column of an event is called: by the product, here before, and by the project. */
interface EventLabel {
  readonly label: string;
  readonly formerly?: string | undefined;
  readonly aliases?: readonly string[];
}

function columnsOf(
  definition: EventDefinition,
  { table, settings }: { readonly table: string; readonly settings: TableSettings },
): Column[] {
  const { name, assigns, hours, hasReleaseNotes, fields } = definition;
  const called = (label: string, ...aliases: string[]) => ({ ...labels(settings, label), aliases });
  const columns = standingColumns(definition, settings);
  if (assigns) {
    const label = called(`${done[name] ?? name} To User`);
    columns.push(eventColumn(name, 'users', { label, of: ({ assignedTo }) => assignedTo, absent: nobody }));
  }
  if (hours !== 'none') {
    const kind = hours === 'estimate' ? 'Estimated Effort' : 'Actual Effort (Hours)';
    const label = called(effortLabels[name] ?? `${name} ${kind}`, `${name} Hours`);
    columns.push(eventColumn(name, 'decimal', { label, of: (event) => event.hours, absent: undefined }));
  }
  if (name === 'Enter Work' && settings.workflow) {
    columns.push(remainingColumn(name, called(`${name} Remaining Time`), settings.workflow));
  }
  if (hasReleaseNotes) {
    const label = called(`${name} Release Version`, `${name} Version`);
    const of = ({ releaseNotesVersion }: WorkflowEvent) => releaseNotesVersion;
    columns.push(eventColumn(name, 'version', { label, of, absent: '' }));
  }
  for (const field of fields) {
    const label = called(`${name} ${field.name}`);
    const column = customFieldColumn(field, {
      label: label.label,
      list: eventFieldList(table, name, field),
      values: (record) => lastNamed(record, name)?.fields ?? {},
      events: eventsNamed(name),
    });
    columns.push({ ...column, formerly: label.formerly });
  }
  return columns;
}

/** What every event has: by whom, when, what it says and where it led. */
function standingColumns(
  { name, to }: Pick<EventDefinition, 'name' | 'to'>,
  settings: TableSettings,
): Column[] {
  const called = (label: string, ...aliases: string[]) => ({ ...labels(settings, label), aliases });
  const users = [`${name} By User`, ...(formerlyDone[name] ? [`${formerlyDone[name]} By User`] : [])];
  const user = done[name] ? called(`${done[name]} By User`, ...users) : called(...(users as [string]));
  const notes = name === 'Review Note' ? called('Review Notes', `${name} Notes`) : called(`${name} Notes`);
  const state = eventColumn(name, 'choice', {
    label: called(`${name} Resulting State`),
    of: ({ resultingState }) => resultingState ?? noStateChange,
    absent: '',
  });
  return [
    eventColumn(name, 'user', { label: user, of: (event) => event.user, absent: 0 }),
    eventColumn(name, 'dateTime', { label: called(`${name} Date`), of: ({ at }) => at, absent: undefined }),
    eventColumn(name, 'text', { label: notes, of: (event) => event.notes, absent: '' }),
    { ...state, list: fixedList(to.length > 0 ? to : [noStateChange]) },
  ];
}

function eventColumn<K extends ColumnKind>(
  name: string,
  kind: K,
  { label, of, absent }: EventValue<K> & { readonly label: EventLabel },
) {
  return {
    kind,
    ...label,
    value: (record: Row) => {
      const last = lastNamed(record, name);
      return last ? of(last) : absent;
    },
    perEvent: { events: eventsNamed(name), value: of },
  };
}

/** The hours that were left when work was entered last. [inferred: from the estimate and all work until then] */
function remainingColumn(name: string, label: EventLabel, workflow: Workflow): Column {
  return {
    kind: 'decimal',
    ...label,
    value: (record) => {
      const events = eventsOf(record);
      const last = events.findLastIndex((event) => event.name === name);
      return last < 0 ? undefined : effortOf(workflow, events.slice(0, last + 1)).remaining;
    },
  };
}

const nobody: readonly number[] = [];

function eventsNamed(name: string): (record: Row) => readonly WorkflowEvent[] {
  return (record) => eventsOf(record).filter((event) => event.name === name);
}

function lastNamed(record: Row, name: string): WorkflowEvent | undefined {
  const events = eventsOf(record);
  for (let at = events.length - 1; at >= 0; at -= 1) {
    if (events[at]?.name === name) return events[at];
  }
  return undefined;
}

/** The events of a record, in their order; none for a record of a table without a workflow. */
function eventsOf(record: Row): readonly WorkflowEvent[] {
  return (record as { events?: readonly WorkflowEvent[] }).events ?? [];
}

import type { WorkflowEvent } from '../model/item-record.ts';
import type { EventDefinition } from '../model/project-record.ts';
import type { Column, ColumnKind, ColumnValues, Row } from './column.ts';
import { customFieldColumn } from './custom-field-columns.ts';
import type { ColumnProvider } from './provider.ts';
import { eventFieldList, fixedList } from './value-lists.ts';

/**
 * The columns that each event of the workflow brings: when, by whom, what it says, and its own fields. [observed in
 * clients: `Fix Date`, `Fixed By User`, `Assigned To User`; documented: `Fix Affects Documentation`] Of several
 * events of a kind the last shows. [inferred]
 */
export const eventColumns: ColumnProvider = ({ table, settings }) =>
  (settings.workflow?.events ?? []).flatMap((definition) => columnsOf(definition, table));

/** How the product words an event that has happened, where a client was seen to use it or it is formed alike. */
const done: Readonly<Record<string, string>> = {
  Assign: 'Assigned',
  Estimate: 'Estimated',
  Fix: 'Fixed',
  Verify: 'Verified',
  'Force Close': 'Force Closed',
  'Re-Open': 'Re-Opened',
};

/** The value that a column takes from the last event, and what it shows of a record without one. */
interface EventValue<K extends ColumnKind> {
  readonly of: (event: WorkflowEvent) => ColumnValues[K];
  readonly absent: ColumnValues[K];
}

function columnsOf(definition: EventDefinition, table: string): Column[] {
  const { name, to, assigns, hours, hasReleaseNotes, fields } = definition;
  const past = done[name];
  const made = <K extends ColumnKind>(kind: K, label: string, { of, absent }: EventValue<K>) => {
    const events = eventsNamed(name);
    return {
      kind,
      label,
      value: (record: Row) => {
        const last = lastNamed(record, name);
        return last ? of(last) : absent;
      },
      perEvent: { events, value: of },
    };
  };
  const by = (label: string): Column => made('user', label, { of: ({ user }) => user, absent: 0 });
  const columns: Column[] = [
    made('dateTime', `${name} Date`, { of: ({ at }) => at, absent: undefined }),
    by(`${name} By User`),
    ...(past ? [by(`${past} By User`)] : []),
    made('text', `${name} Notes`, { of: ({ notes }) => notes, absent: '' }),
  ];
  if (assigns) {
    columns.push(
      made('users', `${past ?? name} To User`, { of: ({ assignedTo }) => assignedTo, absent: nobody }),
    );
  }
  if (hours !== 'none')
    columns.push(made('decimal', `${name} Hours`, { of: (event) => event.hours, absent: undefined }));
  if (to.length > 0) {
    const state = made('choice', `${name} Resulting State`, {
      of: ({ resultingState }) => resultingState ?? '',
      absent: '',
    });
    columns.push({ ...state, list: fixedList(to) });
  }
  if (hasReleaseNotes) {
    columns.push(
      made('version', `${name} Version`, {
        of: ({ releaseNotesVersion }) => releaseNotesVersion,
        absent: '',
      }),
    );
  }
  for (const field of fields) {
    columns.push(
      customFieldColumn(field, {
        label: `${name} ${field.name}`,
        list: eventFieldList(table, name, field),
        values: (record) => lastNamed(record, name)?.fields ?? {},
        events: eventsNamed(name),
      }),
    );
  }
  return columns;
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

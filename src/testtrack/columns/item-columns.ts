import type { ItemRecord, WorkflowEvent } from '../model/item-record.ts';
import type { Workflow } from '../model/project-record.ts';
import { statusText } from '../rules/items.ts';
import type { View } from '../rules/view.ts';
import { definitionOf, isOpen, locksItem } from '../rules/workflow.ts';
import type { Column, Row } from './column.ts';
import { namesFor } from './names.ts';
import { type ColumnProvider, labels } from './provider.ts';
import { fixedList } from './value-lists.ts';

/** The columns that follow from an item's standing in its workflow; a table without a workflow has none. */
export const itemColumns: ColumnProvider = ({ table, listed, settings }) => {
  const { workflow } = settings;
  if (!workflow) return [];
  const columns: readonly Column[] = [
    {
      kind: 'choice',
      ...labels(settings, 'Status'),
      list: fixedList(workflow.states.map(({ name }) => name)),
      value: (record) => item(record).state,
      cells: statusCells,
    },
    { kind: 'users', label: 'Currently Assigned To', value: (record) => item(record).assignedTo },
    {
      kind: 'user',
      label: 'Currently Assigned By',
      value: (record) => assignment(item(record), workflow)?.user ?? 0,
    },
    {
      kind: 'dateTime',
      label: 'Current Assignment Date',
      value: (record) => assignment(item(record), workflow)?.at,
    },
    { kind: 'dateTime', label: 'Closed Date', value: (record) => closing(item(record), workflow)?.at },
    {
      kind: 'user',
      label: 'Closed By',
      value: (record) => closing(item(record), workflow)?.user ?? 0,
    },
    {
      kind: 'dateTime',
      label: 'Date Entered State',
      value: (record) => stateChange(item(record))?.at ?? item(record).created.at,
    },
    {
      kind: 'choice',
      label: 'State Attribute',
      list: fixedList([openState, closedState]),
      value: (record) => (isOpen(workflow, item(record).state) ? openState : closedState),
    },
    { kind: 'text', label: 'Creation Method', value: (record) => item(record).addedFrom },
    {
      kind: 'boolean',
      label: 'Has Source Code Files',
      value: (record) => item(record).sourceFiles.length > 0,
    },
    // The SDK knows no e-mails, and nothing here can be calculated wrongly. [inferred]
    { kind: 'boolean', label: 'Has Emails', value: () => false },
    { kind: 'boolean', label: 'Has Calculation Error', value: () => false },
    {
      kind: 'text',
      label: 'Lock Reason',
      isUnlisted: table !== 'Requirement',
      // What the product says is not known. [inferred]
      value: (record) => {
        const { state } = item(record);
        return locksItem(workflow, state) ? `The state "${state}" locks the item.` : '';
      },
    },
    { kind: 'boolean', label: 'Is Locked', value: (record) => locksItem(workflow, item(record).state) },
    {
      kind: 'boolean',
      label: 'Has File Attachments',
      value: (record) =>
        item(record).events.some(({ attachments }) => attachments.length > 0) ||
        (listed?.files?.(record) ?? []).length > 0,
    },
  ];
  return columns;
};

/** What a state says of an item: the attribute that the product gives to each. [documented] */
const [openState, closedState] = ['Open', 'Closed'];

function item(record: Row): ItemRecord {
  return record as ItemRecord;
}

/** The state, and who has the item. */
function statusCells(view: View): (record: Row) => string {
  const name = namesFor(view);
  return (record) => statusText(item(record), name);
}

/** The event that gave the item to its present owner. */
function assignment({ assignedTo, events }: ItemRecord, workflow: Workflow): WorkflowEvent | undefined {
  if (assignedTo.length === 0) return undefined;
  return lastOf(events, ({ name }) => definitionOf(workflow, name)?.assigns === true);
}

/** The event that closed the item; none while it is open, also when it was closed before. [inferred] */
function closing(record: ItemRecord, workflow: Workflow): WorkflowEvent | undefined {
  return isOpen(workflow, record.state) ? undefined : stateChange(record);
}

/** The event that brought the item into the state it is in. */
function stateChange({ events, state }: ItemRecord): WorkflowEvent | undefined {
  let entered: WorkflowEvent | undefined;
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.resultingState === undefined) continue;
    if (event.resultingState !== state) break;
    entered = event;
  }
  return entered;
}

function lastOf(
  events: readonly WorkflowEvent[],
  fits: (event: WorkflowEvent) => boolean,
): WorkflowEvent | undefined {
  for (let at = events.length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event && fits(event)) return event;
  }
  return undefined;
}

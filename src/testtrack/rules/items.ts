import type { ItemRef } from '../model/link-record.ts';
import { recordTables } from '../model/record-tables.ts';
import type { NameFormat } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';
import { nameOf } from './user-names.ts';

/** What every kind of item can say about itself; members that a kind does not have are empty. */
export interface ItemSummary {
  /** Empty for items that have no number, or none in this project. */
  readonly number: string;
  readonly summary: string;
  readonly state: string;
  /** The state and who has the item. */
  readonly status: string;
}

interface Known {
  readonly number?: number;
  readonly summary?: string;
  readonly name?: string;
  readonly state?: string;
  readonly assignedTo?: readonly number[];
}

/** The record behind a reference; undefined when it is gone or there is no such table. */
export function itemOf(project: ProjectView, { table, recordId }: ItemRef): object | undefined {
  const records = Object.hasOwn(recordTables, table) ? recordTables[table] : undefined;
  return records && project.table(records).get(recordId);
}

/** What an item says about itself; undefined when it is gone. */
export function itemSummary(
  project: ProjectView,
  item: ItemRef,
  format: NameFormat,
): ItemSummary | undefined {
  const record: Known | undefined = itemOf(project, item);
  if (!record) return undefined;
  const { number = 0, summary, name = '', state = '', assignedTo = [] } = record;
  return {
    number: number === 0 ? '' : String(number),
    summary: summary ?? name,
    state,
    status: statusText({ state, assignedTo }, (ref) => nameOf(project, ref, format)),
  };
}

/** The state, and behind it who has the item. [observed in a client that it starts with the state, text inferred] */
export function statusText(
  { state, assignedTo }: { readonly state: string; readonly assignedTo: readonly number[] },
  name: (ref: number) => string,
): string {
  if (assignedTo.length === 0) return state;
  const people = assignedTo.map(name).filter((each) => each !== '');
  return people.length === 0 ? state : `${state}, assigned to ${people.join('; ')}`;
}

/** How to name an item to a human. */
export function itemLabel(project: ProjectView, item: ItemRef): string {
  const number = itemSummary(project, item, 'last-first')?.number;
  return number ? `${item.table} ${number}` : `${item.table} with record ID ${item.recordId}`;
}

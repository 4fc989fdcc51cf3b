import type { Instant } from '../../world/instant.ts';
import type { UserRef } from './item-record.ts';

/** An item of any table. */
export interface ItemRef {
  /** The table's name on the wire. */
  readonly table: string;
  readonly recordId: number;
}

/** One item of a link. */
export interface LinkedItem extends ItemRef {
  /** The ID of this place in the link, not of the item. */
  readonly linkedItemId: number;
  /** Whether an item it depends on was changed since the link was made. */
  readonly isSuspect: boolean;
}

/** What happened to a link; the server writes it. [documented: read only] */
export interface LinkHistoryEntry {
  readonly recordId: number;
  readonly at: Instant;
  readonly by: UserRef;
  readonly text: string;
}

/** Items that belong together. Items of a parent/child link have a parent; those of a peer link are all children. */
export interface LinkRecord {
  readonly recordId: number;
  /** The name of the link definition. */
  readonly definition: string;
  readonly comment: string;
  readonly parent: LinkedItem | undefined;
  readonly children: readonly LinkedItem[];
  readonly history: readonly LinkHistoryEntry[];
}

/** What a table of items is found by in an index over items of all tables. */
export const itemKey = ({ table, recordId }: ItemRef): string => `${table}:${recordId}`;

/** Every item of a link, the parent first. */
export const itemsOf = ({
  parent,
  children,
}: Pick<LinkRecord, 'parent' | 'children'>): readonly LinkedItem[] =>
  parent ? [parent, ...children] : children;

import type { Instant } from '../../world/instant.ts';
import type { CallContext } from '../call-context.ts';
import type { Day, UserRef, WorkflowEvent } from '../model/item-record.ts';
import type { Long } from '../model/operation-types.generated.ts';
import type { View } from '../rules/view.ts';

/** What a column of each kind holds of a record. The kind decides how cells read and what a query can ask. */
export interface ColumnValues {
  readonly text: string;
  readonly version: string;
  readonly integer: Long | undefined;
  readonly decimal: number | undefined;
  readonly timespan: { readonly amount: number; readonly unit: string } | undefined;
  readonly boolean: boolean;
  /** Empty where none is set. */
  readonly date: Day;
  readonly dateTime: Instant | undefined;
  /** One value of a list; empty where none is set. */
  readonly choice: string;
  readonly choices: readonly string[];
  readonly user: UserRef;
  readonly users: readonly UserRef[];
  /** Paths of folders. */
  readonly folders: readonly string[];
}

export type ColumnKind = keyof ColumnValues;

/** What every record of every table has. Columns of a family know more: their records come from no other table. */
export interface Row {
  readonly recordId: number;
}

/** Where the values of a field come from. */
export interface ValueList {
  /** In list order. */
  values(view: View): readonly string[];
  /** Whether the product calls it a drop-down field; the states of a workflow are a list, but no such field. */
  readonly isField: boolean;
  /** Puts values at the end; a list without this cannot be added to. */
  append?(context: CallContext, values: readonly string[]): void;
}

interface ColumnBase {
  /** What the project calls it. */
  readonly label: string;
  /** The name the product gave it, when the project renamed it. */
  readonly formerly?: string | undefined;
  /** Other names that requests may use for it. */
  readonly aliases?: readonly string[] | undefined;
  /** Whether it is there only for who asks for it: getColumnsForTable does not name it. */
  readonly isUnlisted?: boolean | undefined;
  /** The field code that queries may use between percent signs. */
  readonly code?: string | undefined;
  readonly list?: ValueList | undefined;
  /** Makes what writes the cells of one call, where a cell says more than the value. */
  cells?(view: View): (record: Row) => string;
}

/** A column that has its value from an event: of several events of a kind a query can ask for any. */
export interface EventValues<V> {
  events(record: Row): readonly WorkflowEvent[];
  value(event: WorkflowEvent): V;
}

/**
 * A column of a table: what cells, drop-down fields, filters and queries are made from. Made once per project and
 * table; nothing of a call is kept in it.
 */
export interface ColumnOf<K extends ColumnKind> extends ColumnBase {
  readonly kind: K;
  value(record: Row, view: View): ColumnValues[K];
  readonly perEvent?: EventValues<ColumnValues[K]>;
}

export type Column = { readonly [K in ColumnKind]: ColumnOf<K> }[ColumnKind];

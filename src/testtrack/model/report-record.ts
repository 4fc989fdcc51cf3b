import type { UserRef } from './item-record.ts';

/** What a report can be, and what the column `Type` of its table says. [documented kinds; words inferred] */
export const reportTypes = {
  list: 'List',
  detail: 'Detail',
  distribution: 'Distribution',
  'live chart': 'Live Chart',
} as const;
export type ReportType = keyof typeof reportTypes;

/** Whom a report is for: everybody, or its owner alone. [inferred] */
export const reportAccesses = ['Public', 'Private'] as const;
export type ReportAccess = (typeof reportAccesses)[number];

/** A report of a project. No operation of the SDK changes one. */
export interface ReportRecord {
  readonly recordId: number;
  readonly name: string;
  /** What stands above the page; the name where it is empty. */
  readonly title: string;
  readonly type: ReportType;
  readonly owner: UserRef;
  readonly access: ReportAccess;
  /** What kind of records it shows, in the words of the product. */
  readonly contains: string;
  /** The table whose records it shows. */
  readonly table: string;
  /** Labels of the table's columns, in order; empty for all. */
  readonly columns: readonly string[];
  /** The name of a filter of the table; empty for none. */
  readonly filter: string;
  /** In the JSON query language; empty for none. */
  readonly query: string;
  /** The label of the column whose values are counted or that a list is divided by; empty for none. */
  readonly groupBy: string;
  /** Labels of columns, each followed by ` desc` or nothing, with commas between; empty for record ID order. */
  readonly sortOrder: string;
}

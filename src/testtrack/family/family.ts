import type { Table } from '../../world/table.ts';
import type { CallContext } from '../call-context.ts';
import type { Attachment } from '../model/item-record.ts';
import type { Area } from '../model/server-records.ts';
import type { ProjectView } from '../project-view.ts';
import type { TableName } from '../rules/table-names.ts';
import type { Members, Mutable } from './member.ts';

/**
 * What is special about one kind of record. Everything that all kinds share (look-up, locks, permissions, required
 * fields, numbers, the order of checks) is in `records.ts`, once.
 */
export interface Family<R extends { readonly recordId: number }, Wire extends object> {
  /** The table's name on the wire; locks and settings go by it. */
  readonly table: TableName;
  readonly records: Table<R>;
  /** Every member of the wire type. */
  readonly members: Members<R, Wire>;
  /** The area a session must have opened; none for records that every area shares. */
  readonly area?: Area;
  /** The noun in the names of its commands: `Defects` for `Add Defects`. */
  readonly commandNoun: string;
  /** Other tables whose records show in this one's form on the wire, besides users. */
  readonly shows?: readonly Table<never>[];
  /** Labels that must have a value whatever the project says. */
  readonly required: readonly string[];
  /** A record before anything that the client sent. */
  blank(context: CallContext): R;
  /** Finds the records that the parts of a call name (number, summary, name …). */
  find(project: ProjectView, input: Readonly<Record<string, unknown>>): Found<R>;
  /** The files at the record itself, events not counted; none where the family has no files. */
  files?(record: R): readonly Attachment[];
  /** Rules of its own before a record is stored. */
  check?(record: Mutable<R>, before: R | undefined, context: CallContext): void;
  /** What goes or stays when a record is deleted. */
  onDelete?(record: R, context: CallContext, input: Readonly<Record<string, unknown>>): void;
}

/** What a look-up gave, and how to say what was looked for. */
export interface Found<R> {
  readonly records: readonly R[];
  /** For hints: `defect number 12`. */
  readonly wanted: string;
}

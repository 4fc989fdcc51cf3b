import type { Table } from '../../world/table.ts';
import type { CallContext } from '../call-context.ts';
import type { StoredAttachment } from '../model/item-record.ts';
import type { Area } from '../model/server-records.ts';
import type { ProjectView } from '../project-view.ts';
import type { TableName } from '../rules/table-names.ts';
import type { Edit, Members, Mutable } from './member.ts';

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
  /** What the record ID is called in calls that carry nothing else; `recordID` where none is given. */
  readonly idPart?: string;
  /** Other tables whose records show in this one's form on the wire, besides users. */
  readonly shows?: readonly Table<never>[];
  /** Labels that must have a value whatever the project says. */
  readonly required: readonly string[];
  /** A record before anything that the client sent. */
  blank(context: CallContext): R;
  /**
   * Finds the records that the parts of a call name (number, summary, name …). Left out where that depends on who
   * calls, as with the paths of folders.
   */
  find?(project: ProjectView, input: Readonly<Record<string, unknown>>): Found<R>;
  /** Finds the record that a save means, where its parts name it besides the record ID in what was sent. */
  findSaved?(project: ProjectView, input: Readonly<Record<string, unknown>>, sent: Wire): Found<R>;
  /** Whether a record of `records` is one of this family, where two families share that table; all are otherwise. */
  holds?(record: R): boolean;
  /** The files at the record itself, events not counted; none where the family has no files. */
  files?(record: R): readonly StoredAttachment[];
  /** Whether something else than its own state locks the fields of a record, as that of a document does. */
  isLockedElsewhere?(record: R, project: ProjectView): boolean;
  /** What keeps a record from being edited at all, besides a lock. */
  checkEdit?(record: R, context: CallContext): void;
  /** What the locks of its records go by, where the table's name would mix up records of two families. */
  readonly lockName?: string;
  /** Takes what several members only say together, after each member took what it says alone. */
  readTogether?(sent: Wire, edit: Edit<R>): void;
  /** Rules of its own before a record is stored. */
  check?(record: Mutable<R>, before: R | undefined, context: CallContext): void;
  /**
   * Whether a record of the family shows in this table's list for the caller, such as a private report for its
   * owner only; all do where this is not given.
   */
  lists?(record: R, context: CallContext): boolean;
  /** What goes or stays when a record is deleted. */
  onDelete?(record: R, context: CallContext, input: Readonly<Record<string, unknown>>): void;
}

/** What a look-up gave, and how to say what was looked for. */
export interface Found<R> {
  readonly records: readonly R[];
  /** For hints: `defect number 12`. */
  readonly wanted: string;
}

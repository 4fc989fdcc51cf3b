/** What a record can be found by. A bigint is accepted in look-ups (xsd:long) and never matches a stored key. */
export type Key = string | number;

/** The index functions of a table: each gives the value, or values, a record is to be found by. */
export type Indexes<R> = Readonly<Record<string, (record: R) => Key | readonly Key[] | undefined>>;

/** Describes one kind of record: its name, its key and what else it can be found by. */
export interface Table<R, I extends Indexes<R> = Indexes<R>> {
  readonly name: string;
  readonly key: (record: R) => Key;
  readonly indexes: I;
  /** True for bookkeeping that no snapshot, difference or digest should show (when a session was last used). */
  readonly isVolatile: boolean;
}

/**
 * Declares a table. Collections of it live in a scope: a project, a suite or the whole server.
 *
 * @param name how the table shows in snapshots, differences and the journal
 */
export function table<R, I extends Indexes<R> = Record<never, never>>(
  name: string,
  spec: { key: (record: R) => Key; indexes?: I; isVolatile?: boolean },
): Table<R, I> {
  return { name, key: spec.key, indexes: spec.indexes ?? ({} as I), isVolatile: spec.isVolatile ?? false };
}

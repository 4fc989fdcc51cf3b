import { memo } from '../memo/memory.ts';

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

/** Where a collection lives: the scope (a project, a suite, a server) and the table's name. */
export type Path = `${string}/${string}`;

/** Scopes are named by scenarios, so there are few; a program that makes new ones for ever is no reason to grow. */
const mostPaths = 10_000;

/** By table, then by scope, in some 20 ns: a text made anew would have to be hashed at every look-up, in some 130. */
const knownPaths = memo('paths of collections', (_table: object) => new Map<string, Path>());

/** Where the records of a table in a scope live. */
export function tablePath(table: Pick<Table<unknown>, 'name'>, scope: string): Path {
  const paths = knownPaths(table);
  let path = paths.get(scope);
  if (path === undefined) {
    if (paths.size >= mostPaths) paths.clear();
    path = `${scope}/${table.name}`;
    paths.set(scope, path);
  }
  return path;
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
  const { key, indexes = {} as I, isVolatile = false } = spec;
  return { name, key, indexes, isVolatile };
}

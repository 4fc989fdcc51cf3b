import { Map as PersistentMap } from 'immutable';
import { memo } from '../memo/memory.ts';
import { Collection } from './collection.ts';
import { type Indexes, type Path, type Table, tablePath } from './table.ts';

export type { Path } from './table.ts';

/** One level of nothing: the collection a draft sees before the first record is put. */
const emptyOf = memo('empty collections', (table: Table<unknown>) => Collection.empty(table));

/**
 * The whole state of both products at one moment, as a value. A snapshot, a fork or a reset is a reference to
 * one; two of them can be compared collection by collection, because what did not change is shared.
 */
export class World {
  /**
   * @param seed what ids, cookies and every other choice are derived from
   * @param collections every collection by `scope/table`
   * @param counters the last number given out, by counter name
   */
  constructor(
    readonly seed: string,
    readonly collections: PersistentMap<Path, Collection<unknown>> = PersistentMap(),
    readonly counters: PersistentMap<string, number> = PersistentMap(),
  ) {}

  /** The records of a table in a scope; an empty collection where none was put yet. */
  collection<R, I extends Indexes<R>>(table: Table<R, I>, scope: string): Collection<R, I> {
    return this.at(table, tablePath(table, scope));
  }

  /** The same for a path that is known already. */
  at<R, I extends Indexes<R>>(table: Table<R, I>, path: Path): Collection<R, I> {
    return (this.collections.get(path) ??
      emptyOf(table as unknown as Table<unknown>)) as unknown as Collection<R, I>;
  }

  /** This world with whole collections exchanged; used to build a world from a scenario or a snapshot. */
  withCollections(
    entries: Iterable<[Path, Collection<unknown>]>,
    counters: Iterable<[string, number]> = [],
  ): World {
    return new World(this.seed, this.collections.merge(entries), this.counters.merge(counters));
  }
}

import { Map as PersistentMap, Set as PersistentSet } from 'immutable';
import { CollectionMaker, type IndexMap, indexValues, type KeysFound } from './collection-maker.ts';
import { deepFreeze } from './freeze.ts';
import type { Indexes, Key, Table } from './table.ts';

/** So many records are put in at a stretch: less than a millisecond. */
const RECORDS_OF_STEP = 128;

/**
 * All records of one table in one scope, as a value: every change gives a new collection that shares what did
 * not change. Look-ups by key or index cost the same for ten records as for a hundred thousand.
 */
export class Collection<R, I extends Indexes<R> = Indexes<R>> {
  private constructor(
    readonly table: Table<R, I>,
    private readonly records: PersistentMap<Key, R>,
    private readonly indexes: IndexMaps,
  ) {}

  static empty<R, I extends Indexes<R>>(table: Table<R, I>): Collection<R, I> {
    const indexes = Object.fromEntries(
      Object.keys(table.indexes).map((name) => [name, PersistentMap<Key, KeysFound>()]),
    );
    return new Collection(table, PersistentMap<Key, R>(), indexes);
  }

  /** Builds a collection from many records at once, much faster than one `with` after another. */
  static of<R, I extends Indexes<R>>(table: Table<R, I>, records: Iterable<R>): Collection<R, I> {
    const making = Collection.making(table, records);
    for (;;) {
      const { done, value } = making.next();
      if (done) return value;
    }
  }

  /** The same in steps, with the collection at the end: a hundred thousand records take a good part of a second. */
  static *making<R, I extends Indexes<R>>(
    table: Table<R, I>,
    records: Iterable<R>,
  ): Generator<void, Collection<R, I>> {
    const maker = new CollectionMaker(table);
    let done = 0;
    for (const record of records) {
      if (++done % RECORDS_OF_STEP === 0) yield;
      maker.add(record);
    }
    return yield* Collection.made(maker);
  }

  /** What a maker was given, in steps; it is used up. */
  static *made<R, I extends Indexes<R>>(maker: CollectionMaker<R, I>): Generator<void, Collection<R, I>> {
    const { records, indexes } = yield* maker.finish();
    return new Collection(maker.table, records, indexes);
  }

  get size(): number {
    return this.records.size;
  }

  get(key: Key | bigint): R | undefined {
    return typeof key === 'bigint' ? undefined : this.records.get(key);
  }

  /** The keys of the records that an index finds under a value, in no particular order. */
  keysBy(index: keyof I & string, value: Key | bigint): Key[] {
    if (typeof value === 'bigint') return [];
    const found = this.indexes[index]?.get(value);
    if (found === undefined) return [];
    return PersistentSet.isSet(found) ? [...found] : [found];
  }

  /** How many records an index finds under a value, without touching them. */
  countBy(index: keyof I & string, value: Key): number {
    const found = this.indexes[index]?.get(value);
    if (found === undefined) return 0;
    return PersistentSet.isSet(found) ? found.size : 1;
  }

  keys(): IterableIterator<Key> {
    return this.records.keys();
  }

  /** Every record, in no particular order. */
  values(): IterableIterator<R> {
    return this.records.values();
  }

  /** Every record by ascending key: numbers by value, texts by code unit. */
  sorted(): R[] {
    const { key } = this.table;
    return [...this.records.values()].sort((a, b) => compareKeys(key(a), key(b)));
  }

  with(record: R): Collection<R, I> {
    const key = this.table.key(record);
    const before = this.records.get(key);
    if (before === record) return this;
    const indexes = reindexed(this.table, this.indexes, { key, before, after: record });
    return new Collection(this.table, this.records.set(key, deepFreeze(record)), indexes);
  }

  without(key: Key): Collection<R, I> {
    const before = this.records.get(key);
    if (before === undefined) return this;
    const indexes = reindexed(this.table, this.indexes, { key, before, after: undefined });
    return new Collection(this.table, this.records.delete(key), indexes);
  }

  /**
   * Puts many records, or takes them away, much faster than one after another. What stays the same is shared.
   *
   * @param records by key; undefined where one is to go
   */
  withAll(records: ReadonlyMap<Key, R | undefined>): Collection<R, I> {
    const { table } = this;
    const byKey = this.records.asMutable();
    let indexes = mapped(this.indexes, (map) => map.asMutable());
    for (const [key, after] of records) {
      const before = byKey.get(key);
      if (after === before) continue;
      indexes = reindexed(table, indexes, { key, before, after });
      if (after === undefined) byKey.delete(key);
      else byKey.set(key, deepFreeze(after));
    }
    return new Collection(
      table,
      byKey.asImmutable(),
      mapped(indexes, (map) => map.asImmutable()),
    );
  }
}

type IndexMaps = Readonly<Record<string, IndexMap>>;

const mapped = (indexes: IndexMaps, made: (map: IndexMap) => IndexMap): IndexMaps =>
  Object.fromEntries(Object.entries(indexes).map(([name, map]) => [name, made(map)]));

/** The indexes of a table when one record takes the place of another; either may not be there. */
function reindexed<R>(
  table: Table<R>,
  indexes: IndexMaps,
  {
    key,
    before,
    after,
  }: { readonly key: Key; readonly before: R | undefined; readonly after: R | undefined },
): IndexMaps {
  let changed: Record<string, IndexMap> | undefined;
  for (const name of Object.keys(table.indexes)) {
    const old = before === undefined ? [] : indexValues(table, name, before);
    const now = after === undefined ? [] : indexValues(table, name, after);
    if (old.length === now.length && old.every((value, at) => value === now[at])) continue;
    let map = indexes[name] ?? PersistentMap<Key, KeysFound>();
    for (const value of old) map = forget(map, value, key);
    for (const value of now) map = remember(map, value, key);
    changed ??= { ...indexes };
    changed[name] = map;
  }
  return changed ?? indexes;
}

function remember(map: IndexMap, value: Key, key: Key): IndexMap {
  const found = map.get(value);
  if (found === undefined) return map.set(value, key);
  return map.set(value, PersistentSet.isSet(found) ? found.add(key) : PersistentSet([found, key]));
}

function forget(map: IndexMap, value: Key, key: Key): IndexMap {
  const found = map.get(value);
  if (!PersistentSet.isSet(found)) return map.delete(value);
  const rest = found.delete(key);
  const [only] = rest;
  return rest.size === 1 && only !== undefined ? map.set(value, only) : map.set(value, rest);
}

/** Orders keys: numbers by value and before texts, texts by code unit. */
export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === 'number' ? -1 : 1;
}

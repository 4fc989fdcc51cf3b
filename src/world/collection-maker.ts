import { Map as PersistentMap, Set as PersistentSet } from 'immutable';
import { deepFreeze } from './freeze.ts';
import type { Indexes, Key, Table } from './table.ts';

/** What an index finds under a value: the key of a record, or of several. */
export type KeysFound = Key | PersistentSet<Key>;
export type IndexMap = PersistentMap<Key, KeysFound>;

/** So many records are put in at a stretch: less than a millisecond. */
const keysOfStep = 128;

/**
 * Makes a collection of records that come one after another, once. Beside what the collection is at the end it holds
 * next to nothing, because there may be a million of them: every record goes where it stays at once.
 */
export class CollectionMaker<R, I extends Indexes<R> = Indexes<R>> {
  private readonly records = PersistentMap<Key, R>().asMutable();
  private readonly indexes: readonly IndexMaker[];

  constructor(readonly table: Table<R, I>) {
    this.indexes = Object.keys(table.indexes).map((name) => new IndexMaker(name));
  }

  /** Takes a record, which is frozen. @returns whether there was none of its key yet */
  add(record: R): boolean {
    const { table, records, indexes } = this;
    const key = table.key(record);
    const before = records.size;
    records.set(key, deepFreeze(record));
    for (const index of indexes)
      for (const value of indexValues(table, index.name, record)) index.note(value, key);
    return records.size > before;
  }

  has(key: Key): boolean {
    return this.records.has(key);
  }

  keys(): IterableIterator<Key> {
    return this.records.keys();
  }

  /** The records and what they are found by, in steps. Nothing can be added any more. */
  *finish(): Generator<void, { records: PersistentMap<Key, R>; indexes: Record<string, IndexMap> }> {
    const indexes: Record<string, IndexMap> = {};
    for (const index of this.indexes) indexes[index.name] = yield* index.finish();
    return { records: this.records.asImmutable(), indexes };
  }
}

/** An index that is being made: most values find one record, and a list for each of those would cost more than all the rest. */
class IndexMaker {
  private readonly map = PersistentMap<Key, KeysFound>().asMutable();
  /** The keys of the values that find several records. */
  private readonly lists = new Map<Key, Key[]>();

  constructor(readonly name: string) {}

  note(value: Key, key: Key): void {
    const list = this.lists.get(value);
    if (list) return void list.push(key);
    const before = this.map.get(value);
    if (before === undefined) this.map.set(value, key);
    else this.lists.set(value, [before as Key, key]);
  }

  *finish(): Generator<void, IndexMap> {
    let done = 0;
    for (const [value, keys] of this.lists) {
      const set = PersistentSet<Key>().asMutable();
      for (const key of keys) {
        set.add(key);
        if (++done % keysOfStep === 0) yield;
      }
      this.map.set(value, set.asImmutable());
    }
    return this.map.asImmutable();
  }
}

/** The values by which an index finds a record. */
export function indexValues<R>(table: Table<R>, name: string, record: R): readonly Key[] {
  const value = table.indexes[name]?.(record);
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

import { Collection, compareKeys } from './collection.ts';
import { invariant } from './invariant.ts';
import type { Indexes, Key, Table } from './table.ts';
import { type Path, World } from './world.ts';

/** What one call did to one record. `before` is undefined for a new record, `after` for a deleted one. */
export interface Change {
  readonly path: Path;
  readonly key: Key;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * A world being changed by one call. The runner opens it, and either commits it to a new world or drops it;
 * what a failed call had changed is gone with the draft.
 */
export class Draft {
  private readonly open = new Map<Path, TableDraft<unknown>>();
  private counters: World['counters'];
  private readonly moved = new Map<string, number>();

  constructor(readonly base: World) {
    this.counters = base.counters;
  }

  /** The seed that ids and other choices are derived from. */
  get seed(): string {
    return this.base.seed;
  }

  /** The records of a table in a scope, to read and to change. */
  table<R, I extends Indexes<R>>(table: Table<R, I>, scope: string): TableDraft<R, I> {
    const path: Path = `${scope}/${table.name}`;
    let found = this.open.get(path);
    if (!found) {
      found = new TableDraft(this.base.collection(table, scope)) as unknown as TableDraft<unknown>;
      this.open.set(path, found);
    }
    return found as unknown as TableDraft<R, I>;
  }

  /** The next number of a counter; the first is 1. Numbers are never given twice, not even after a delete. */
  next(counter: string): number {
    const number = (this.counters.get(counter) ?? 0) + 1;
    this.setCounter(counter, number);
    return number;
  }

  /** Raises a counter so that `next` gives numbers above `number`. */
  raise(counter: string, number: number): void {
    if (number > (this.counters.get(counter) ?? 0)) this.setCounter(counter, number);
  }

  private setCounter(counter: string, number: number): void {
    this.counters = this.counters.set(counter, number);
    this.moved.set(counter, number);
  }

  /** The world with all changes of this draft; the very same world when there were none. */
  commit(): World {
    let collections = this.base.collections;
    for (const [path, table] of this.open) {
      if (table.isChanged) collections = collections.set(path, table.collection);
    }
    if (collections === this.base.collections && this.counters === this.base.counters) return this.base;
    return new World(this.base.seed, collections, this.counters);
  }

  /** What this draft changed, record by record, volatile bookkeeping left out. */
  changes(): Change[] {
    return [...this.open].flatMap(([path, table]) => table.changes(path));
  }

  /** The counters this draft moved, each with its last number. */
  movedCounters(): [name: string, last: number][] {
    return [...this.moved];
  }
}

/** One collection within a draft. */
export class TableDraft<R, I extends Indexes<R> = Indexes<R>> {
  private readonly touched = new Map<Key, R | undefined>();
  private readonly original: Collection<R, I>;

  constructor(private current: Collection<R, I>) {
    this.original = current;
  }

  get collection(): Collection<R, I> {
    return this.current;
  }

  get isChanged(): boolean {
    return this.current !== this.original;
  }

  get size(): number {
    return this.current.size;
  }

  get(key: Key | bigint): R | undefined {
    return this.current.get(key);
  }

  /** The records an index finds under a value, by ascending key. */
  findBy(index: keyof I & string, value: Key | bigint): R[] {
    const found: R[] = [];
    for (const key of this.current.keysBy(index, value).sort(compareKeys)) {
      const record = this.current.get(key);
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  countBy(index: keyof I & string, value: Key): number {
    return this.current.countBy(index, value);
  }

  values(): IterableIterator<R> {
    return this.current.values();
  }

  sorted(): R[] {
    return this.current.sorted();
  }

  /** Adds a record, or replaces the one with the same key. */
  put(record: R): R {
    const key = this.current.table.key(record);
    this.remember(key);
    this.current = this.current.with(record);
    return record;
  }

  /** Puts many records at once into a table that is empty, much faster than one by one. */
  fill(records: Iterable<R>): void {
    invariant(this.current.size === 0, 'only an empty table is filled');
    this.current = Collection.of(this.current.table, records);
    for (const key of this.current.keys()) this.touched.set(key, undefined);
  }

  delete(key: Key): void {
    this.remember(key);
    this.current = this.current.without(key);
  }

  changes(path: Path): Change[] {
    if (this.current.table.isVolatile) return [];
    return [...this.touched]
      .map(([key, before]) => ({ path, key, before, after: this.current.get(key) }))
      .filter(({ before, after }) => before !== after);
  }

  private remember(key: Key): void {
    if (!this.touched.has(key)) this.touched.set(key, this.original.get(key));
  }
}

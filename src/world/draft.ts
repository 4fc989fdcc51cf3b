import { Collection, compareKeys } from './collection.ts';
import { invariant } from './invariant.ts';
import { type Indexes, type Key, type Path, type Table, tablePath } from './table.ts';
import { World } from './world.ts';

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
  /** Counters that moved, apart from those of the base: a scenario moves them half a million times. */
  private moved: Map<string, number> | undefined;

  /** @param origin tells apart worlds that began as the same one, and one world before and after a reset */
  constructor(
    private base: World,
    readonly origin = '',
  ) {}

  /** The seed that ids and other choices are derived from. */
  get seed(): string {
    return this.base.seed;
  }

  /** The records of a table in a scope, to read and to change. */
  table<R, I extends Indexes<R>>(table: Table<R, I>, scope: string): TableDraft<R, I> {
    const path = tablePath(table, scope);
    let found = this.open.get(path);
    if (!found) {
      found = new TableDraft(this.base.at(table, path)) as unknown as TableDraft<unknown>;
      this.open.set(path, found);
    }
    return found as unknown as TableDraft<R, I>;
  }

  /** The next number of a counter; the first is 1. Numbers are never given twice, not even after a delete. */
  next(counter: string): number {
    const number = this.last(counter) + 1;
    this.move(counter, number);
    return number;
  }

  /** Raises a counter so that `next` gives numbers above `number`. */
  raise(counter: string, number: number): void {
    if (number > this.last(counter)) this.move(counter, number);
  }

  private move(counter: string, last: number): void {
    this.moved ??= new Map();
    this.moved.set(counter, last);
  }

  private last(counter: string): number {
    return this.moved?.get(counter) ?? this.base.counters.get(counter) ?? 0;
  }

  /** The world with all changes of this draft; the very same world when there were none. */
  commit(): World {
    let { collections } = this.base;
    this.open.forEach((table, path) => {
      if (table.isChanged) collections = collections.set(path, table.collection);
    });
    if (collections === this.base.collections && !this.moved) return this.base;
    const counters = this.moved ? this.base.counters.merge(this.moved) : this.base.counters;
    return new World(this.base.seed, collections, counters);
  }

  /** Goes on from the world that `commit` gave: what was done so far is no longer a change of this draft. */
  continueFrom(committed: World): void {
    if (committed === this.base) return;
    this.base = committed;
    this.moved = undefined;
    this.open.forEach((table) => {
      table.settle();
    });
  }

  /** What this draft changed, record by record, volatile bookkeeping left out. */
  changes(): Change[] {
    const changes: Change[] = [];
    this.open.forEach((table, path) => {
      table.gatherChanges(path, changes);
    });
    return changes;
  }

  /** The counters this draft moved, each with its last number. */
  movedCounters(): [name: string, last: number][] {
    return [...(this.moved ?? [])];
  }
}

/** One collection within a draft. */
export class TableDraft<R, I extends Indexes<R> = Indexes<R>> {
  /** What was there before the first change, by key. */
  private touched: Map<Key, R | undefined> | undefined;
  private original: Collection<R, I>;
  /** Whether every record is touched; they are gone through on demand, which loading a scenario never does. */
  private isFilled = false;

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
    const keys = this.current.keysBy(index, value);
    if (keys.length > 1) keys.sort(compareKeys);
    for (const key of keys) {
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

  /** Puts many records at once into a table that is empty, much faster than one by one; in steps. */
  *filling(records: Iterable<R>): Generator<void, void> {
    invariant(this.current.size === 0, 'only an empty table is filled');
    this.current = yield* Collection.making(this.current.table, records);
    this.isFilled = true;
  }

  delete(key: Key): void {
    this.remember(key);
    this.current = this.current.without(key);
  }

  /** Adds what was changed here to a list. */
  gatherChanges(path: Path, changes: Change[]): void {
    if (this.current.table.isVolatile) return;
    if (this.isFilled) for (const key of this.current.keys()) this.remember(key);
    this.touched?.forEach((before, key) => {
      const after = this.current.get(key);
      if (before !== after) changes.push({ path, key, before, after });
    });
  }

  /** Takes what it holds as the state to change from now on. */
  settle(): void {
    this.original = this.current;
    this.touched = undefined;
    this.isFilled = false;
  }

  private remember(key: Key): void {
    this.touched ??= new Map();
    if (!this.touched.has(key)) this.touched.set(key, this.original.get(key));
  }
}

import { Collection } from '../collection.ts';
import { CollectionMaker } from '../collection-maker.ts';
import type { Key, Table } from '../table.ts';
import type { Path, World } from '../world.ts';
import { Alike } from './alike.ts';
import type { FileSource } from './contents.ts';
import { decoded } from './encoding.ts';
import type { Entry } from './entries.ts';
import type { Migration } from './format.ts';
import { StoreError } from './store-error.ts';
import type { TableRegistry } from './table-registry.ts';

export interface RebuildParts {
  readonly tables: TableRegistry;
  readonly files: FileSource;
  readonly migrations: readonly Migration[];
}

/** What an entry does: a record in its place, or nothing there any more. */
export interface Put {
  readonly path: Path;
  readonly key: Key;
  /** undefined when it is gone. */
  readonly record: unknown;
}

/**
 * Builds a world from entries, in the order in which they were written, on top of another world. Where that has nothing
 * yet, a record goes where it stays at once, as long as each is new: so a million of them stand nowhere twice.
 */
export class Rebuild {
  private makers = new Map<Path, CollectionMaker<unknown>>();
  /** Collections that were made on top of nothing, when a record of them was to be another one. */
  private begun = new Map<Path, Collection<unknown>>();
  private changed = new Map<Path, Map<Key, unknown>>();
  private readonly found = new Map<Path, Table<unknown>>();
  private readonly fileOf = (sha256: string, size: number) => this.parts.files.load(sha256, size);
  private readonly alike = new Alike();
  private counters = new Map<string, number>();

  constructor(
    private readonly base: World,
    private readonly parts: RebuildParts,
  ) {}

  /**
   * Understands an entry; nothing is changed by it yet.
   *
   * @throws Error when it means nothing here; whatever `files` throws
   */
  read([path, value, key]: Entry): Put | undefined {
    if (value === null) {
      this.tableOf(path);
      return key === undefined ? undefined : { path, key, record: undefined };
    }
    const record = decoded(value, this.fileOf, this.alike);
    if (this.parts.migrations.length === 0) return { path, key: this.tableOf(path).key(record), record };
    const found = this.migrated(path, record);
    return found && { ...found, key: this.tableOf(found.path).key(found.record) };
  }

  apply(put: Put | undefined): void {
    if (!put) return;
    const { path, key, record } = put;
    const maker = this.changed.has(path) ? undefined : this.makerOf(path);
    if (maker && record !== undefined && !maker.has(key)) maker.add(record);
    else this.at(path).set(key, record);
  }

  count(name: string, last: number): void {
    this.counters.set(name, last);
  }

  /** Forgets everything that was put on top of the base. */
  reset(): void {
    this.makers = new Map();
    this.begun = new Map();
    this.changed = new Map();
    this.counters = new Map();
  }

  /** The keys that entries were applied to. */
  touched(): Map<Path, Set<Key>> {
    const touched = new Map<Path, Set<Key>>();
    for (const from of [this.makers, this.begun, this.changed])
      for (const [path, records] of from)
        touched.set(path, new Set([...(touched.get(path) ?? []), ...records.keys()]));
    return touched;
  }

  /** The world as it is now; to be asked once, when no entry follows. */
  world(): World {
    for (const path of [...this.makers.keys()]) this.close(path);
    const collections = new Map(this.begun);
    for (const [path, records] of this.changed) collections.set(path, this.collection(path, records));
    return this.base.withCollections(collections, this.counters);
  }

  private makerOf(path: Path): CollectionMaker<unknown> | undefined {
    const found = this.makers.get(path);
    if (found || this.begun.has(path) || this.base.collections.get(path)?.size) return found;
    const maker = new CollectionMaker(this.tableOf(path));
    this.makers.set(path, maker);
    return maker;
  }

  private close(path: Path): void {
    const maker = this.makers.get(path);
    if (!maker) return;
    this.makers.delete(path);
    const making = Collection.made(maker);
    for (let next = making.next(); ; next = making.next())
      if (next.done) return void this.begun.set(path, next.value);
  }

  /** @throws StoreError there is no such table: this is no damage, and nothing is to be set aside for it */
  private tableOf(path: Path): Table<unknown> {
    const known = this.found.get(path);
    if (known) return known;
    try {
      const table = this.parts.tables.at(path);
      this.found.set(path, table);
      return table;
    } catch {
      throw new StoreError(
        `The state holds records of "${path}", which this version of Twintrack does not know. Use the version that wrote it, or start once with --fresh, which moves the state aside.`,
      );
    }
  }

  private at(path: Path): Map<Key, unknown> {
    let found = this.changed.get(path);
    if (!found) {
      this.close(path);
      found = new Map();
      this.changed.set(path, found);
    }
    return found;
  }

  private migrated(path: Path, record: unknown): { path: Path; record: unknown } | undefined {
    let at: { path: Path; record: unknown } | undefined = { path, record };
    for (const migration of this.parts.migrations) at = at && migration.record(at.path, at.record);
    return at;
  }

  private collection(path: Path, records: ReadonlyMap<Key, unknown>): Collection<unknown> {
    const before = this.begun.get(path) ?? this.base.collections.get(path);
    return (before ?? Collection.empty(this.tableOf(path))).withAll(records);
  }
}

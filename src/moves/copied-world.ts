import { Collection } from '../world/collection.ts';
import type { Change } from '../world/draft.ts';
import { type FileContent, fileContent } from '../world/file-content.ts';
import type { Keepable, Keeper } from '../world/keeper.ts';
import { decoded, encoded } from '../world/store/encoding.ts';
import { checkedEntry, type Entry } from '../world/store/entries.ts';
import type { TableRegistry } from '../world/store/table-registry.ts';
import type { Key, Path, Table } from '../world/table.ts';
import type { World } from '../world/world.ts';

/** Records by path and key; undefined where one is gone. */
type Records = ReadonlyMap<Path, ReadonlyMap<Key, unknown>>;

/** Understands the records that another twin sends. */
export class ParcelReader {
  private readonly files = new Map<string, FileContent>();
  private pieces: Buffer[] = [];

  /**
   * @param tables every table that there is
   * @param base a state that has most of the records already: they are shared with it
   */
  constructor(
    private readonly tables: TableRegistry,
    private readonly base: World,
  ) {}

  /** A part of the content of a file. @throws Error it is not what its name says */
  file(sha256: string, base64: string, isLast: boolean): void {
    this.pieces.push(Buffer.from(base64, 'base64'));
    if (!isLast) return;
    const content = fileContent(Buffer.concat(this.pieces));
    this.pieces = [];
    if (content.sha256 !== sha256) throw new Error(`the content ${sha256} came with another SHA-256`);
    this.files.set(sha256, content);
  }

  /** @param values as a write-ahead log has them @throws Error for what is no record, or of no known table */
  records(values: readonly unknown[]): Records {
    const records = new Map<Path, Map<Key, unknown>>();
    for (const value of values) {
      const [path, key, record] = this.record(checkedEntry(value));
      const known = records.get(path) ?? new Map<Key, unknown>();
      records.set(path, known.set(key, record));
    }
    return records;
  }

  /** All records of a table. @throws Error see `records` */
  collection(path: Path, values: readonly unknown[]): Collection<unknown> {
    return Collection.of(
      this.table(path),
      values.map((value) => decoded(value, this.fileOf)),
    );
  }

  table(path: Path): Table<unknown> {
    return this.tables.at(path);
  }

  private record([path, value, goneKey]: Entry): [Path, Key, unknown] {
    const table = this.table(path);
    if (value === null) return [path, goneKey ?? '', undefined];
    const text = JSON.stringify(value);
    const record = decoded(value, this.fileOf);
    const key = table.key(record);
    const own = this.base.collections.get(path)?.get(key);
    const isKnown = own !== undefined && encoded(own, () => {}) === text;
    return [path, key, isKnown ? own : record];
  }

  private readonly fileOf = (sha256: string): FileContent => {
    const found = this.files.get(sha256);
    if (!found) throw new Error(`the content ${sha256} did not come before the record that names it`);
    return found;
  };
}

/** A state that is put together from what comes; kept, if there is a keeper, as it comes. */
export class CopiedWorld implements Keepable {
  private keeper: Keeper | undefined;

  constructor(
    public world: World,
    private readonly tableOf: (path: Path) => Table<unknown>,
  ) {}

  keepBy(keeper: Keeper | undefined): void {
    this.keeper = keeper;
  }

  takeBack(world: World): void {
    this.world = world;
  }

  /** Waits until everything so far is kept. @throws NotKeptError */
  async kept(): Promise<void> {
    await this.keeper?.kept();
  }

  put(records: Records): void {
    const changes: Change[] = [];
    const collections: [Path, Collection<unknown>][] = [];
    for (const [path, byKey] of records) {
      const before = this.world.collections.get(path) ?? Collection.empty(this.tableOf(path));
      collections.push([path, before.withAll(byKey)]);
      for (const [key, after] of byKey) changes.push({ path, key, before: before.get(key), after });
    }
    this.goTo(this.world.withCollections(collections), changes, []);
  }

  count(counters: readonly (readonly [name: string, last: number])[]): void {
    this.goTo(this.world.withCollections([], counters as [string, number][]), [], counters);
  }

  /** Exchanges a table that is not kept. */
  exchange(path: Path, collection: Collection<unknown>): void {
    this.world = this.world.withCollections([[path, collection]]);
  }

  private goTo(
    after: World,
    changes: readonly Change[],
    counters: readonly (readonly [name: string, last: number])[],
  ): void {
    this.keeper?.step({ before: this.world, after, changes, counters });
    this.world = after;
  }
}

/**
 * A state with whole tables taken from another one where they are the same. A twin's worlds share most of what they hold
 * with the main one, also those that came from a twin with the same scenario.
 */
export function sharedWith(base: World, world: World): World {
  const same = [...world.collections].flatMap(([path, collection]): [Path, Collection<unknown>][] => {
    const own = base.collections.get(path);
    return own && own !== collection && isSame(own, collection) ? [[path, own]] : [];
  });
  return world.withCollections(same);
}

function isSame(one: Collection<unknown>, other: Collection<unknown>): boolean {
  if (one.size !== other.size) return false;
  for (const key of one.keys()) if (one.get(key) !== other.get(key)) return false;
  return true;
}

/** The keys by path where two states have not the same records. */
export function keysBetween(base: World, world: World): Map<Path, Set<Key>> {
  const differs = new Map<Path, Set<Key>>();
  for (const path of new Set([...base.collections.keys(), ...world.collections.keys()])) {
    const [own, other] = [base.collections.get(path), world.collections.get(path)];
    if (own === other) continue;
    const keys = [...(own?.keys() ?? []), ...(other?.keys() ?? [])];
    differs.set(path, new Set(keys.filter((key) => own?.get(key) !== other?.get(key))));
  }
  return differs;
}

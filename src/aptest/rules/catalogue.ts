import { memo } from '../../memo/memory.ts';
import type { Collection } from '../../world/collection.ts';
import { plainName, uuidKey } from '../model/names.ts';

/** What tests and requirements share, as far as finding them goes. */
export interface Named {
  readonly uuid: string;
  readonly id: string;
  readonly position: number;
  readonly outline?: string;
}

/**
 * All tests (or requirements) of a suite in order, and by each way to name one. It is derived from a collection,
 * which is a value, so it is made once for each state of the suite and kept as long as that state lives.
 */
export class Catalogue<T extends Named> {
  readonly ordered: readonly T[];
  private readonly byUuid = new Map<string, T>();
  private readonly byName = new Map<string, T>();
  private folders: Set<string> | undefined;
  private byOutline: Map<string, T> | undefined;
  private outline: Outline<T> | undefined;

  constructor(records: Iterable<T>) {
    this.ordered = [...records].sort((a, b) => a.position - b.position);
    for (const record of this.ordered) {
      this.byUuid.set(uuidKey(record.uuid), record);
      this.byName.set(plainName(record.id), record);
    }
  }

  withUuid(uuid: string): T | undefined {
    return this.byUuid.get(uuidKey(uuid));
  }

  /** By path; the endings `.dir` and `.bts` do not matter. */
  withPath(path: string): T | undefined {
    return this.byName.get(plainName(path.trim()));
  }

  /** Whether a path names a folder with something in it. */
  hasFolder(path: string): boolean {
    if (!this.folders) {
      this.folders = new Set();
      for (const name of this.byName.keys()) {
        for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) {
          this.folders.add(name.slice(0, at));
        }
      }
    }
    return this.folders.has(plainName(path.trim()));
  }

  /** By outline number: the one the scenario gives, else the one its place in the tree gives. */
  withOutline(number: string): T | undefined {
    this.byOutline ??= new Map([...this.outlines().records].map(([record, outline]) => [outline, record]));
    return this.byOutline.get(number.trim());
  }

  /** What the suite calls a record: its outline number in auto-outline mode, else its path (documented). */
  nameOf(record: T, hasOutline: boolean): string {
    const number = hasOutline ? this.outlines().records.get(record) : undefined;
    return number ?? plainName(record.id);
  }

  /** The path of a folder that something is in, by what the suite calls it: its outline number too in that mode. */
  folderNamed(name: string, hasOutline: boolean): string | undefined {
    const path = hasOutline ? this.outlines().folders.get(name.trim()) : undefined;
    return path ?? (this.hasFolder(name) ? name : undefined);
  }

  private outlines(): Outline<T> {
    this.outline ??= outlineOf(this.ordered);
    return this.outline;
  }

  /** By what the suite calls a name: the outline number in auto-outline mode, else the path (documented). */
  withName(name: string, hasOutline: boolean): T | undefined {
    return hasOutline ? this.withOutline(name) : this.withPath(name);
  }
}

const made = memo(
  'catalogues of tests and sets',
  (collection: Collection<Named>) => new Catalogue<Named>(collection.values()),
);

/** The catalogue of a collection. */
export function catalogueOf<T extends Named>(collection: Collection<T>): Catalogue<T> {
  return made(collection as unknown as Collection<Named>) as Catalogue<T>;
}

/** The numbers of records, and the folders by theirs. */
interface Outline<T> {
  readonly records: ReadonlyMap<T, string>;
  readonly folders: ReadonlyMap<string, string>;
}

/**
 * Outline numbers by place: each folder and test counts on from 1 within its folder (inferred). A number that the
 * scenario gives wins.
 */
function outlineOf<T extends Named>(ordered: readonly T[]): Outline<T> {
  const numbers = new Map<string, string>();
  const counts = new Map<string, number>();
  const numberOf = (path: string): string => {
    const known = numbers.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? '' : path.slice(0, slash);
    const count = (counts.get(parent) ?? 0) + 1;
    counts.set(parent, count);
    const number = parent === '' ? `${count}` : `${numberOf(parent)}.${count}`;
    numbers.set(path, number);
    return number;
  };
  const paths = new Set(ordered.map(({ id }) => plainName(id)));
  const records = new Map(
    ordered.map((record) => {
      const own = numberOf(plainName(record.id));
      return [record, record.outline ?? own];
    }),
  );
  const folders = [...numbers].filter(([path]) => !paths.has(path));
  return { records, folders: new Map(folders.map(([path, number]) => [number, path])) };
}

import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Runner } from '../../src/runner/runner.ts';
import type { ClockChoice } from '../../src/world/clock.ts';
import { openStore, type StoreOptions } from '../../src/world/store/open-store.ts';
import type { Store, StoreLog } from '../../src/world/store/store.ts';
import { type Indexes, type Table, table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';

/** What tests of the store keep, where they need none of the products. */
export interface Note {
  readonly id: number;
  readonly text: string;
  readonly extra?: unknown;
}
export const notes = table('notes', {
  key: (note: Note) => note.id,
  indexes: { text: (note: Note) => note.text },
});
export const looks = table<Note>('looks', { key: (note) => note.id, isVolatile: true });
export const noteTables = { test: [notes, looks] };
export const noteScope = 'test:A/B';

export const hostTime = Date.parse('2026-03-02T09:00:00Z');

/** What a store told. */
export class KeptWords implements StoreLog {
  readonly infos: string[] = [];
  readonly warnings: string[] = [];
  readonly errors: string[] = [];
  info(message: string): void {
    this.infos.push(message);
  }
  warn(message: string): void {
    this.warnings.push(message);
  }
  error(message: string): void {
    this.errors.push(message);
  }
}

/** A data folder of one test; `remove` takes it and its copies away. */
export class DataFolder {
  private readonly root = mkdtempSync(path.join(tmpdir(), 'twintrack-store-'));
  private copies = 0;
  readonly path = path.join(this.root, 'data');

  /** The folder as a process that is killed now would leave it; its lock is that of a dead process and left out. */
  asAfterKill(folder = this.path): string {
    this.copies += 1;
    const copy = path.join(this.root, `copy-${this.copies}`);
    cpSync(folder, copy, { recursive: true, filter: (file) => path.basename(file) !== 'lock' });
    return copy;
  }

  /** The files in it, by name; those of `files` and of checkpoints with their folder. */
  names(folder = this.path): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A store of notes with a runner on it. */
export class OpenNotes {
  readonly runner: Runner;

  constructor(
    readonly store: Store,
    readonly words: KeptWords,
  ) {
    this.runner = new Runner(store.world, store.clock, { seedWorld: store.seedWorld });
    store.attach(this.runner);
  }

  /** Opens a folder; a new one begins with the notes 1 and 2. */
  static async at(
    folder: string,
    options: Partial<StoreOptions> & { seed?: never } = {},
  ): Promise<OpenNotes> {
    const words = new KeptWords();
    const store = await openStore(folder, {
      tables: noteTables,
      seed: () => ({ world: notesWorld(), clock: { mode: 'frozen', now: hostTime } as ClockChoice }),
      hostNow: () => hostTime,
      log: words,
      checkpointEveryMs: 0,
      ...options,
    });
    return new OpenNotes(store, words);
  }

  put(...records: Note[]): void {
    this.runner.change((draft) => {
      draft.next('puts');
      for (const record of records) draft.table(notes, noteScope).put(record);
    });
  }

  delete(id: number): void {
    this.runner.change((draft) => draft.table(notes, noteScope).delete(id));
  }

  /** Puts a note and waits until it is kept. */
  async keep(...records: Note[]): Promise<void> {
    this.put(...records);
    await this.runner.kept();
  }

  get texts(): Record<number, string> {
    return Object.fromEntries(
      this.runner.world
        .collection(notes, noteScope)
        .sorted()
        .map(({ id, text }) => [id, text]),
    );
  }
}

export function notesWorld(): World {
  const seed = new Runner(new World('seed'), clockStandIn);
  seed.change((draft) => {
    draft.next('puts');
    for (const id of [1, 2]) draft.table(notes, noteScope).put({ id, text: `seed ${id}` });
  });
  return seed.world;
}

const clockStandIn = { now: () => hostTime } as Runner['clock'];

/** A world as plain values that can be compared: what is kept of it, by path and key. */
export function keptOf(world: World): {
  records: Record<string, unknown>;
  counters: Record<string, number>;
} {
  const records: Record<string, unknown> = {};
  for (const [at, collection] of [...world.collections].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (collection.size === 0 || collection.table.isVolatile) continue;
    records[at] = collection.sorted();
  }
  return { records, counters: Object.fromEntries([...world.counters].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** What an index of a table finds, for every value it knows. */
export function foundBy<R, I extends Indexes<R>>(
  world: World,
  { of, scope }: { readonly of: Table<R, I>; readonly scope: string },
  index: keyof I & string,
  value: string | number,
): (string | number)[] {
  return world.collection(of, scope).keysBy(index, value).sort();
}

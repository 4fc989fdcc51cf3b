import { KeptWorlds } from '../../src/world/store/kept-worlds.ts';
import type { StoreOptions } from '../../src/world/store/open-store.ts';
import type { Store } from '../../src/world/store/store.ts';
import { hostTime, KeptWords, notesWorld, noteTables, OpenNotes } from './store.ts';

/** The worlds of a folder, each with a runner on it. */
export class OpenWorlds {
  private readonly running = new Map<Store, OpenNotes>();

  private constructor(
    readonly worlds: KeptWorlds,
    readonly words: KeptWords,
  ) {}

  /** Opens a folder; the main world of a new one begins with the notes 1 and 2. */
  static async at(folder: string, options: Partial<StoreOptions> = {}): Promise<OpenWorlds> {
    const words = new KeptWords();
    const worlds = await KeptWorlds.open(folder, {
      tables: noteTables,
      seed: () => ({ world: notesWorld(), clock: { mode: 'frozen', now: hostTime } }),
      hostNow: () => hostTime,
      log: words,
      checkpointEveryMs: 0,
      ...options,
    });
    return new OpenWorlds(worlds, words);
  }

  get main(): OpenNotes {
    return this.on(this.worlds.main);
  }

  /** A world that was found, or made. */
  named(wanted: string): OpenNotes {
    const found = this.worlds.list().find(({ note }) => note.name === wanted);
    if (!found) throw new Error(`no world ${wanted}`);
    return this.on(found.store);
  }

  get names(): string[] {
    return this.worlds.list().map(({ note }) => note.name);
  }

  /** Every world's notes, by its name. */
  get texts(): Record<string, Record<number, string>> {
    const others = this.names.map((name) => [name, this.named(name).texts]);
    return {
      main: this.main.texts,
      ...(Object.fromEntries(others) as Record<string, Record<number, string>>),
    };
  }

  /** Forks a world as it is now. */
  async fork(name: string, from?: string): Promise<OpenNotes> {
    const { world, clock } = (from === undefined ? this.main : this.named(from)).runner;
    const origin = from ?? 'main';
    return this.on(
      await this.worlds.begin({ name, madeAt: hostTime, world, clock: clock.choice(), from: origin }),
    );
  }

  private on(store: Store): OpenNotes {
    let found = this.running.get(store);
    if (!found) {
      found = new OpenNotes(store, this.words);
      this.running.set(store, found);
    }
    return found;
  }
}

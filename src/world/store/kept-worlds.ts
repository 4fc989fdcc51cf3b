// Long because making, moving and dropping a world change the same two lists, each in steps that may be the last.
import path from 'node:path';
import type { ClockChoice } from '../clock.ts';
import type { Instant } from '../instant.ts';
import { NotKeptError } from '../keeper.ts';
import type { World } from '../world.ts';
import { type Disk, localDisk, synced } from './disk.ts';
import { inLanes } from './lanes.ts';
import {
  droppedName,
  isDropped,
  noteDraftName,
  noteName,
  worldFolder,
  worldNumber,
  worldsFolder,
} from './names.ts';
import { OpenLogs } from './open-logs.ts';
import { holdsState, lossOr, openStore, type StoreOptions, type StoreSeed } from './open-store.ts';
import type { SharedState } from './shared-state.ts';
import type { Store, StoreLog } from './store.ts';
import { FolderLostError, problemOf, StoreError } from './store-error.ts';
import type { Touched } from './touched.ts';
import { type MoveNote, readWorldNote, type WorldNote, writeWorldNote } from './world-note.ts';

/** A world that is to be kept from now on. */
export interface NewWorld {
  readonly name: string;
  readonly madeAt: Instant;
  readonly world: World;
  readonly clock: ClockChoice;
  /** The name of the world it is a fork of, as that one is at this moment. */
  readonly from?: string | undefined;
  readonly source?: string | undefined;
  /** Where it may differ from the seed of the main world, for one that is no fork; without it nobody knows. */
  readonly differs?: Touched | undefined;
  /** The move by which it comes: until that is over it is a copy and not to be opened. */
  readonly move?: MoveNote | undefined;
}

/** A world that is open at another twin; of its state nothing is here. */
interface Away {
  readonly folder: string;
  readonly note: WorldNote;
}

interface Kept {
  readonly folder: string;
  readonly store: Store;
  note: WorldNote;
}

/**
 * All worlds of a twin in one data folder: the main one in the folder itself, each other one in a folder of its own
 * below it, with a write-ahead log and checkpoints of its own. Of a fork only what differs from the main seed is written.
 */
export class KeptWorlds implements AsyncDisposable {
  private readonly others = new Map<string, Kept>();
  private readonly gone = new Map<string, Away>();
  private readonly disk: Disk;
  private readonly root: string;
  private highest = 0;

  private constructor(
    /** The world that the twin was started with. */
    readonly main: Store,
    folder: string,
    private readonly options: StoreOptions,
  ) {
    this.disk = options.disk ?? localDisk;
    this.root = path.join(folder, worldsFolder);
  }

  /**
   * Opens a data folder, which is made when it is not there. A world that cannot be read is told as an error and left
   * as it is; the main one has to be readable.
   *
   * @throws StoreError the folder cannot be used, or the state of the main world cannot be read; whatever `seed` throws
   */
  static async open(folder: string, options: StoreOptions): Promise<KeptWorlds> {
    const shared = { ...options, logs: options.logs ?? new OpenLogs() };
    const worlds = new KeptWorlds(await openStore(folder, shared), folder, shared);
    try {
      await worlds.readAll();
      await worlds.main.guard.check();
      return worlds;
    } catch (error) {
      const reason = await lossOr(error, worlds.main.guard);
      await worlds.close();
      throw problemOf(reason, folder);
    }
  }

  /** Whether the folder was found as it was left, each time something was written. */
  get isIntact(): boolean {
    const stores = [this.main, ...[...this.others.values()].map(({ store }) => store)];
    return this.main.guard.lost === undefined && stores.every(({ isIntact }) => isIntact);
  }

  /** The other worlds that are kept, in the order in which they were made. */
  list(): { readonly note: WorldNote; readonly store: Store }[] {
    return [...this.others.values()];
  }

  /** The worlds that were moved to other twins, and where to. */
  away(): readonly WorldNote[] {
    return [...this.gone.values()].map(({ note }) => note);
  }

  /**
   * Keeps one more world.
   *
   * @throws NotKeptError it could not be written; nothing is left of it
   */
  async begin(made: NewWorld): Promise<Store> {
    const { name, madeAt, world, clock, from, source, move } = made;
    const origin = from === undefined ? undefined : this.originOf(world, from);
    const differs =
      made.differs ?? (origin === this.main ? origin.differsFromSeed() : origin?.differsFromBase());
    this.highest += 1;
    const folder = path.join(this.root, worldFolder(this.highest, name));
    const note: WorldNote = {
      ...{ name, madeAt },
      ...(source === undefined ? {} : { source }),
      ...(move === undefined ? {} : { move }),
    };
    const draft = path.join(folder, noteDraftName);
    let store: Store | undefined;
    try {
      const begin = async (shared?: SharedState) => {
        await this.disk.mkdir(folder);
        await writeWorldNote(this.disk, draft, note);
        store = await this.open(folder, () => ({ world, clock, differs, shared }));
        return store;
      };
      // A fork must not know what its origin may still lose.
      store = await (origin ? origin.share(begin) : begin());
      for (const each of [this.root, path.dirname(this.root)]) await synced(this.disk, each);
      // It is there from now on, unless another holder has taken the draft away: then it is refused.
      await this.main.guard.check();
      await this.disk.rename(draft, path.join(folder, noteName));
      await synced(this.disk, folder);
      await this.main.guard.check();
      this.others.set(name, { folder, store, note });
      return store;
    } catch (error) {
      await store?.abandon().catch(() => {});
      // Another twin that has taken the folder may serve it by now: whether it was made in time is for that to say.
      if (!this.main.guard.lost) await this.removeWhole(folder).catch(() => {});
      throw this.failed(
        `The world "${name}" could not be written to the data folder, so it was not made`,
        error,
      );
    }
  }

  /** Notes the ports of a world, so that it gets the same ones again. @throws NotKeptError */
  async notePorts(name: string, ports: Pick<WorldNote, 'port' | 'tlsPort'>): Promise<void> {
    const kept = this.others.get(name);
    if (!kept || (kept.note.port === ports.port && kept.note.tlsPort === ports.tlsPort)) return;
    try {
      const note = { ...kept.note, ...ports };
      await writeWorldNote(this.disk, path.join(kept.folder, noteName), note);
      kept.note = note;
    } catch (error) {
      throw this.failed(`The port of the world "${name}" could not be written to the data folder`, error);
    }
  }

  /**
   * Notes where a world stands in a move, so that a start finds it there. One that is away has nothing here any more but
   * this note.
   *
   * @throws NotKeptError the note is as it was, or, if the folder is lost, nobody knows
   */
  async noteMove(name: string, { move, arrived }: Pick<WorldNote, 'move' | 'arrived'>): Promise<void> {
    const kept = this.others.get(name);
    if (!kept) return;
    const { move: _, ...rest } = kept.note;
    const note: WorldNote = {
      ...rest,
      ...(move === undefined ? {} : { move }),
      ...(arrived === undefined ? {} : { arrived }),
    };
    try {
      await this.main.guard.check();
      await writeWorldNote(this.disk, path.join(kept.folder, noteName), note);
      await this.main.guard.check();
    } catch (error) {
      throw this.failed(`The move of the world "${name}" could not be written to the data folder`, error);
    }
    kept.note = note;
    // What stands there of an earlier move to another twin is over.
    if (move?.phase !== 'arriving') await this.dropAway(name).catch(() => {});
    if (move?.phase !== 'away') return;
    const { folder, store } = kept;
    this.others.delete(name);
    this.gone.set(name, { folder, note });
    // It counts already. What cannot be removed now is removed by the next start.
    await store.abandon().catch(() => {});
    await this.emptied(folder).catch(() => {});
  }

  /** Forgets a world for good. @throws NotKeptError it may be there again after a restart */
  async drop(name: string): Promise<void> {
    const kept = this.others.get(name);
    if (!kept) return;
    this.others.delete(name);
    await this.remove(name, kept);
  }

  /** Forgets that a world was moved to another twin. @throws NotKeptError it may be known again after a restart */
  async dropAway(name: string): Promise<void> {
    const away = this.gone.get(name);
    if (!away) return;
    this.gone.delete(name);
    await this.remove(name, away);
  }

  private async remove(
    name: string,
    { folder, store }: { readonly folder: string; readonly store?: Store },
  ): Promise<void> {
    const dropped = path.join(this.root, droppedName(path.basename(folder)));
    try {
      await store?.abandon();
      // In one step, so that no half of it is ever read.
      await this.disk.rename(folder, dropped);
      await synced(this.disk, this.root);
    } catch (error) {
      throw this.failed(`The world "${name}" could not be removed from the data folder`, error);
    }
    await this.disk.rm(dropped).catch(() => {});
  }

  /** Removes everything from the folder of a world but its note. */
  private async emptied(folder: string): Promise<void> {
    for (const name of await this.disk.readdir(folder))
      if (name !== noteName) await this.disk.rm(path.join(folder, name));
  }

  /** Waits until everything is kept, and frees the folder. */
  async close(): Promise<void> {
    try {
      await inLanes(this.others.values(), ({ store }) => store.close());
    } finally {
      await this.main.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The store of what a world is a fork of; undefined when that was dropped, so that nobody knows what differs. */
  private originOf(world: World, from: string): Store | undefined {
    const store = this.others.get(from)?.store ?? this.main;
    return store.holds(world) ? store : undefined;
  }

  private open(folder: string, seed: () => StoreSeed): Promise<Store> {
    const { log } = this.options;
    const quiet: StoreLog = {
      info: () => {},
      warn: (message) => log.warn(message),
      error: (message, fields) => log.error(message, fields),
    };
    const { seedId: id, seedWorld: world } = this.main;
    return openStore(folder, {
      ...this.options,
      seed,
      fresh: false,
      log: quiet,
      base: id === undefined ? undefined : { id, world },
      guard: this.main.guard,
      remedy: 'Put the folder of this world back from a copy, or remove it.',
    });
  }

  /** Its name has to be gone from the disk too, or it would be there again after a loss of power. */
  private async removeWhole(folder: string): Promise<void> {
    await this.disk.rm(folder);
    await synced(this.disk, this.root);
  }

  private failed(what: string, error: unknown): NotKeptError {
    const reason = error instanceof Error ? error.message : String(error);
    this.options.log.error(`${what}: ${reason}`, { error });
    return new NotKeptError(`${what}: ${reason}`);
  }

  private async readAll(): Promise<void> {
    const names = await this.disk.readdir(this.root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const found: (Kept & { readonly number: number })[] = [];
    await inLanes(names, async (name) => {
      const folder = path.join(this.root, name);
      const number = worldNumber(name);
      // What cannot be removed now is tried again at the next start.
      if (isDropped(name)) await this.disk.rm(folder).catch(() => {});
      if (number === undefined) return;
      this.highest = Math.max(this.highest, number);
      const kept = await this.read(folder);
      if (kept) found.push({ ...kept, number });
    });
    for (const kept of found.sort((a, b) => a.number - b.number)) {
      const { name } = kept.note;
      // It has come back since, or is about to.
      if (this.gone.has(name) && kept.note.move?.phase !== 'arriving') await this.dropAway(name);
      const before = this.others.get(name);
      if (before) {
        await before.store.close();
        this.left(before.folder, `another folder, ${kept.folder}, holds a later world of the name "${name}"`);
      }
      this.others.set(name, kept);
    }
  }

  /** @returns undefined for what is no world, or cannot be read */
  private async read(folder: string): Promise<Kept | undefined> {
    try {
      const names = await this.disk.readdir(folder);
      const known = names.includes(noteName) ? await readWorldNote(this.disk, folder) : undefined;
      if (known?.move?.phase === 'away') {
        await this.emptied(folder);
        this.gone.set(known.name, { folder, note: known });
        return undefined;
      }
      const isDrafted = !names.includes(noteName) && names.includes(noteDraftName);
      if (isDrafted || !(await holdsState(this.disk, folder, names))) {
        // Its process ended before it told of it, or lost the folder, and finds no draft to give the name to.
        await this.removeWhole(folder);
        return undefined;
      }
      const note = known;
      if (!note)
        throw new StoreError(
          `${noteName}, which says what it is called, is missing or damaged. "twintrack data repair" takes the world out and calls it after its folder`,
        );
      // A twin that was killed may have named it, and not have waited for that.
      await synced(this.disk, folder);
      const store = await this.open(folder, () => {
        throw new StoreError('it holds no state');
      });
      return { folder, store, note };
    } catch (error) {
      const reason = await lossOr(error, this.main.guard);
      if (reason instanceof FolderLostError) throw reason;
      // The process that was making it has lost the folder, and has just removed what it had begun.
      if (!(await this.disk.stat(folder))) return undefined;
      const problem = problemOf(error, folder);
      if (!(problem instanceof StoreError)) throw error;
      this.left(folder, problem.message);
      return undefined;
    }
  }

  private left(folder: string, reason: string): void {
    this.options.log.error(`The world in ${folder} is not served, and left as it is: ${reason}`);
  }
}

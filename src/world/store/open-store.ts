import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Clock, type ClockChoice } from '../clock.ts';
import { Draft } from '../draft.ts';
import { type Instant, MINUTE_MS } from '../instant.ts';
import { World } from '../world.ts';
import { type CheckpointIndex, type CheckpointSource, everyKey, writeCheckpoint } from './checkpoint.ts';
import { Contents } from './contents.ts';
import { type Disk, localDisk, makeFolder, synced } from './disk.ts';
import { FolderLock, type LockOptions } from './folder-lock.ts';
import { type Migration, migrations } from './format.ts';
import { writeManifest } from './manifest.ts';
import { seedFolder, stateFolder, worldsFolder } from './names.ts';
import { keepOldState } from './old-state.ts';
import { OpenLogs } from './open-logs.ts';
import { generationsIn, type Opening, type SeedBase } from './opening.ts';
import { type Recovered, recovered } from './recovery.ts';
import { canBeShared, linkSeed, type SharedSeed, type SharedState } from './shared-state.ts';
import { type Guard, Store, type StoreLog, type StoreParts } from './store.ts';
import { FolderLostError, problemOf, StoreError } from './store-error.ts';
import { TableRegistry, type Tables } from './table-registry.ts';
import { tidyFolder } from './tidy.ts';
import { copyOf, keyCount, type Touched } from './touched.ts';
import { type WalPlace, WriteAheadLog } from './wal.ts';

/** What a new state begins with, and what a reset goes back to. */
export interface StoreSeed {
  readonly world: World;
  readonly clock: ClockChoice;
  /** Identifies what it was made from, to tell later whether that has changed. */
  readonly source?: string | undefined;
  /** Where it may differ from `base`; without it, it is written as a whole. */
  readonly differs?: Touched | undefined;
  /** Files of another folder that hold it. */
  readonly shared?: SharedState | undefined;
}

export interface StoreOptions {
  /** Every table of every product. */
  readonly tables: Tables;
  /** Gives what to begin with; asked only when the folder holds no state, or with `fresh`. */
  readonly seed: () => StoreSeed;
  /** Moves the state that the folder holds aside, and begins with the seed. */
  readonly fresh?: boolean | undefined;
  /** The host's time in milliseconds since the epoch. */
  readonly hostNow: () => number;
  readonly log: StoreLog;
  /** Puts right what is not kept, in a state that was read. */
  readonly afterRestart?: (draft: Draft, now: Instant) => void;
  /** How often to look whether a checkpoint is due, in milliseconds; 0 never. A minute by default. */
  readonly checkpointEveryMs?: number | undefined;
  /** The seed of another folder that the seed of this one may be on top of. */
  readonly base?: SeedBase | undefined;
  /** What keeps other processes out of this folder, when it has no lock of its own. */
  readonly guard?: Guard | undefined;
  /** How the folder is locked. */
  readonly lock?: LockOptions | undefined;
  /** Makes names that nobody else has. For tests. */
  readonly newId?: (() => string) | undefined;
  /** Shared by the worlds of a twin. */
  readonly logs?: OpenLogs | undefined;
  /** With so many records that differ, a fork shares the files of its origin instead of writing its own. For tests. */
  readonly shareFrom?: number | undefined;
  /** What to do about a state that cannot be read, in a sentence. */
  readonly remedy?: string | undefined;
  /** For tests: other migrations than those of this version, another disk. */
  readonly migrations?: readonly Migration[];
  readonly disk?: Disk;
}

const usualRemedy =
  'Put the folder back from a copy, take out what is whole with "twintrack data repair" ("twintrack data check" says what is damaged), or start once with --fresh, which moves the state aside.';

/**
 * Opens a data folder, which is made when it is not there: goes on with the state in it, or begins with the seed.
 *
 * @throws StoreError the folder cannot be used, or its state cannot be read; whatever `seed` throws
 */
export async function openStore(folder: string, options: StoreOptions): Promise<Store> {
  const { disk = localDisk } = options;
  try {
    await makeFolder(disk, path.resolve(folder));
    const lock = options.guard ? guardedBy(options.guard) : await FolderLock.take(disk, folder, options.lock);
    try {
      return await opened(folder, options, lock);
    } catch (error) {
      const reason = await lossOr(error, lock);
      await lock.release();
      throw reason;
    }
  } catch (error) {
    throw problemOf(error, folder);
  }
}

/** That the folder was taken meanwhile, if it was: then whatever was not found in it has that reason. */
export function lossOr(error: unknown, lock: Guard): Promise<unknown> {
  return lock.check().then(
    () => error,
    (loss: unknown) => (loss instanceof FolderLostError ? loss : error),
  );
}

/** The guard of another folder, which is let go of there. */
function guardedBy(guard: Guard): Guard {
  return {
    holder: guard.holder,
    isContested: guard.isContested,
    get lost() {
      return guard.lost;
    },
    check: () => guard.check(),
    recheck: () => guard.recheck(),
    release: async () => {},
  };
}

async function opened(root: string, options: StoreOptions, lock: Guard): Promise<Store> {
  const { disk = localDisk, log, hostNow, checkpointEveryMs = MINUTE_MS, logs = new OpenLogs() } = options;
  const { newId = randomUUID } = options;
  const contents = new Contents(disk, root);
  const opening: Opening = {
    disk,
    root,
    tables: new TableRegistry(options.tables),
    contents,
    migrations: options.migrations ?? migrations,
    base: options.base,
    remedy: options.remedy ?? usualRemedy,
    warn: (message) => log.warn(message),
  };
  const names = await disk.readdir(root);
  // Of a holder that took the folder before that, there are logs among them: one that we put behind them would say that
  // what it writes to them from now on does not count. A later one finds that the number of our log is its own.
  await lock.check();
  const generations = generationsIn(names);
  const common = { disk, root, lock, contents, log, logs, checkpointEveryMs };
  const place: WalPlace = { disk, folder: root, writer: lock.holder, logs };
  if (options.fresh || !(await holdsState(disk, root, names))) {
    const { world, clock, differs, source, shared } = options.seed();
    // Only now: a scenario that is wrong leaves the old state where it is.
    if (await holdsState(disk, root, names)) {
      await lock.check();
      const old = await keepOldState(disk, root, hostNow());
      log.warn(`The old state of ${root} was moved to ${old}; remove it when nobody needs it`);
    }
    // A process that was killed may have made the folder, and not have waited for its name. Not every disk lets one look.
    await synced(disk, path.dirname(path.resolve(root))).catch(() => {});
    // Other worlds may be on top of the seed that goes now. Those that were not there then are another holder's.
    if (names.includes(worldsFolder)) {
      await lock.check();
      await disk.rm(path.join(root, worldsFolder));
    }
    const running = new Clock(hostNow, clock);
    const begun: BegunState = {
      ...{ seed: world, world, seedDiffers: options.base && differs, seedId: newId(), source },
      ...{
        touched: new Map(),
        last: 0,
        clock: running,
        clockStart: clock,
        shared,
        shareFrom: options.shareFrom,
      },
    };
    return new Store({
      goesOn: false,
      ...common,
      ...(await beginning(opening, generations.highest + 1, { ...begun, place, lock })),
    });
  }
  const found = await recovered(opening, generations);
  const clock = new Clock(hostNow, found.manifest.seed.clock);
  clock.restore(found.clock);
  const state = { ...found, world: restarted(found.world, clock, options), clock };
  log.info(`Going on with the state in ${root}, as of record ${found.last}`);
  if (found.isOld) {
    const { id: seedId = newId(), clock: clockStart, source } = found.manifest.seed;
    const begun: BegunState = { ...state, seedId, clockStart, source };
    return new Store({
      goesOn: true,
      ...common,
      ...(await beginning(opening, generations.highest + 1, { ...begun, place, lock })),
    });
  }
  const wal = await nextLog(place, { after: found.last, highest: generations.highest }, lock);
  const { seed: seedWorld, touched } = found;
  const parts = { ...state, seedWorld, touched: copyOf(touched), wal, highest: wal.generation };
  const store = new Store({ ...common, goesOn: true, ...parts });
  // So that the next start need not find its way around the damage again.
  if (found.isDamaged) await store.checkpoint();
  return store;
}

/**
 * Whether there is anything to go on with. Journals that hold something, or other worlds, but no checkpoint to begin with:
 * that is a folder which files were taken from, and not an empty one.
 *
 * @param names what is in the folder
 */
export async function holdsState(disk: Disk, root: string, names: readonly string[]): Promise<boolean> {
  const { manifests, wals } = generationsIn(names);
  if (manifests.length > 0) return true;
  for (const { name } of wals) {
    const bytes = await disk.readFile(path.join(root, name));
    if (bytes.indexOf('\n') !== bytes.lastIndexOf('\n')) return true;
  }
  return names.includes(worldsFolder);
}

function restarted(world: World, clock: Clock, { afterRestart }: StoreOptions): World {
  if (!afterRestart) return world;
  const draft = new Draft(world);
  afterRestart(draft, clock.now());
  return draft.commit();
}

type Begun = { readonly place: WalPlace; readonly lock: Pick<Guard, 'check'> } & BegunState;

type BegunState = Pick<StoreParts, 'world' | 'clock' | 'last' | 'seedDiffers'> & {
  readonly seed: World;
  readonly seedId: string;
  readonly source?: string | undefined;
  readonly shared?: SharedState | undefined;
  readonly shareFrom?: number | undefined;
  readonly touched: Touched;
  readonly clockStart: ClockChoice;
};

/** A state that was taken out of another folder. */
export type TakenOut = Pick<
  Recovered,
  'manifest' | 'seed' | 'seedDiffers' | 'world' | 'clock' | 'last' | 'touched'
> & { readonly base: SeedBase | undefined };

/** Writes such a state to a folder that holds none. @throws StoreError the folder is in use, or holds a state */
export async function writeTakenOut(
  root: string,
  taken: TakenOut,
  { disk = localDisk, tables }: Pick<StoreOptions, 'disk' | 'tables'>,
): Promise<void> {
  await makeFolder(disk, path.resolve(root));
  if (await holdsState(disk, root, await disk.readdir(root)))
    throw new StoreError(`${root} holds a state already. Name a folder that is empty or not there yet.`);
  const lock = await FolderLock.take(disk, root);
  try {
    const { manifest, base } = taken;
    const clock = new Clock(() => taken.clock.host, manifest.seed.clock);
    clock.restore(taken.clock);
    const opening: Opening = {
      ...{ disk, root, tables: new TableRegistry(tables), contents: new Contents(disk, root) },
      ...{ migrations, base, remedy: usualRemedy, warn: () => {} },
    };
    const { wal } = await beginning(opening, 1, {
      ...taken,
      place: { disk, folder: root, writer: lock.holder, logs: new OpenLogs() },
      lock,
      ...{ clock, clockStart: manifest.seed.clock, source: manifest.seed.source },
      seedId: manifest.seed.id ?? randomUUID(),
    });
    await wal.close();
  } finally {
    await lock.release();
  }
}

/** Writes a state that the folder does not hold in this form, and then removes what it held. */
async function beginning(opening: Opening, generation: number, begun: Begun) {
  const { disk, root, contents } = opening;
  const { seed, seedId: id, seedDiffers, source, world, last, clock, clockStart } = begun;
  const base = seedDiffers && opening.base?.id;
  const wal = new WriteAheadLog(begun.place, { wal: generation, after: last, begins: true });
  try {
    await wal.make();
    // Only as long as the number was not free because another holder needs its log no more.
    await begun.lock.check();
    const checkpoints = await writtenCheckpoints(opening, generation, begun);
    await begun.lock.check();
    const manifest = await writeManifest(disk, root, {
      generation,
      seed: { id, base, source, worldSeed: seed.seed, clock: clockStart, ...checkpoints.seed },
      state: { after: last, clock: clock.saved(), checkpoint: checkpoints.state },
    });
    await begun.lock.check();
    await tidyFolder(disk, root, [manifest]);
    const live = new Set([...checkpoints.seed.checkpoint.files, ...checkpoints.state.files]);
    await contents.tidy((sha256) => live.has(sha256));
    return {
      ...{ seedWorld: seed, seedDiffers, world, clock, last, manifest, wal },
      touched: copyOf(begun.touched),
      named: new Map<number, Set<string>>(),
      highest: generation,
      walBytes: 0,
    };
  } catch (error) {
    await wal.close();
    throw error;
  }
}

async function writtenCheckpoints(opening: Opening, generation: number, begun: Begun) {
  const { disk, root, contents, base } = opening;
  const { seed, seedDiffers, world, touched } = begun;
  const below = (seedDiffers && base?.world) ?? new World(seed.seed);
  const write = (folder: string, source: Omit<CheckpointSource, 'contents'>): Promise<CheckpointIndex> =>
    writeCheckpoint(disk, { root, folder }, { ...source, contents });
  const differs = seedDiffers ?? everyKey(seed);
  const seedCheckpoint: SharedSeed = (await linked(opening, generation, begun)) ?? {
    checkpoint: await write(seedFolder(generation), { world: seed, base: below, touched: differs }),
  };
  return {
    seed: seedCheckpoint,
    state: await write(stateFolder(generation), { world, base: seed, touched }),
  };
}

/** With fewer records that differ, a file of its own is the smaller thing. */
const WORTH_SHARING = 100;

/** The seed as files of another folder; undefined when it has to be written. */
async function linked(
  { disk, root, contents, base }: Opening,
  generation: number,
  { shared, shareFrom = WORTH_SHARING, seedDiffers }: Begun,
): Promise<SharedSeed | undefined> {
  if (!shared || !canBeShared(shared) || (seedDiffers && keyCount(seedDiffers) < shareFrom)) return undefined;
  const folder = seedFolder(generation);
  const { id, base: basedOn } = shared.manifest.seed;
  const below = seedDiffers && base?.id;
  const isBase = below !== undefined && id === below;
  if (!isBase && basedOn !== below) return undefined;
  try {
    const seed = await linkSeed(disk, { root, folder, isBase }, shared);
    await contents.adopt(shared.root, shared.contents);
    return { ...seed, checkpoint: { ...seed.checkpoint, files: shared.contents } };
  } catch (error) {
    // A file has no second name on another volume; one that is gone belonged to a state that has just been replaced.
    if (!['EXDEV', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}

/**
 * The log to go on in. Each holder of a folder writes logs of its own, with numbers that no other has.
 *
 * @param lock when it is contested, the file is made at once: the process that held the folder may still write to the log before
 * @throws FolderLostError the folder was lost since it was read, so that what was read is no longer all there is
 */
async function nextLog(
  place: WalPlace,
  { after, highest }: { readonly after: number; readonly highest: number },
  lock: Guard,
): Promise<WriteAheadLog> {
  const wal = new WriteAheadLog(place, { wal: highest + 1, after });
  if (!lock.isContested) return wal;
  try {
    await wal.make();
    return wal;
  } catch (error) {
    if (!(error instanceof FolderLostError)) throw error;
    // As long as the folder is ours it was the one before, a moment faster with its last number, and is refused.
    await lock.check();
    return nextLog(place, { after, highest: highest + 1 }, lock);
  } finally {
    await wal.close();
  }
}

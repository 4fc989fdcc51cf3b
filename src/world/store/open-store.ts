import path from 'node:path';
import { Clock, type ClockChoice } from '../clock.ts';
import { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { Key } from '../table.ts';
import { type Path, World } from '../world.ts';
import { Contents } from './contents.ts';
import { type Disk, localDisk } from './disk.ts';
import { FolderLock } from './folder-lock.ts';
import { type Migration, migrations } from './format.ts';
import { Journal } from './journal.ts';
import { writeManifest } from './manifest.ts';
import { journalName, seedFolder, stateFolder } from './names.ts';
import { type Generations, generationsIn, type Opening, type Recovered, recovered } from './recovery.ts';
import { everyKey, type SnapshotIndex, type Touched, writeSnapshot } from './snapshot.ts';
import { Store, type StoreLog, type StoreParts } from './store.ts';
import { problemOf } from './store-problem.ts';
import { TableRegistry, type Tables } from './table-registry.ts';
import { tidyFolder } from './tidy.ts';

export interface StoreOptions {
  /** Every table of every product. */
  readonly tables: Tables;
  /** Gives the world and the clock to begin with; asked only when the folder holds no state, or with `fresh`. */
  readonly seed: () => { readonly world: World; readonly clock: ClockChoice };
  /** Forgets the state that the folder holds. */
  readonly fresh?: boolean | undefined;
  /** The host's time in milliseconds since the epoch. */
  readonly hostNow: () => number;
  readonly log: StoreLog;
  /** Puts right what is not kept, in a state that was read. */
  readonly afterRestart?: (draft: Draft, now: Instant) => void;
  /** How often to look whether a snapshot is due, in milliseconds; 0 never. A minute by default. */
  readonly snapshotEveryMs?: number | undefined;
  /** For tests: other migrations than those of this version, another disk. */
  readonly migrations?: readonly Migration[];
  readonly disk?: Disk;
}

const MINUTE_MS = 60_000;

/**
 * Opens a data folder, which is made when it is not there: goes on with the state in it, or begins with the seed.
 *
 * @throws StoreProblem the folder cannot be used, or its state cannot be read; whatever `seed` throws
 */
export async function openStore(folder: string, options: StoreOptions): Promise<Store> {
  const { disk = localDisk } = options;
  try {
    await disk.mkdir(folder);
    const lock = await FolderLock.take(disk, folder);
    try {
      return await opened(folder, options, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw problemOf(error, folder);
  }
}

async function opened(root: string, options: StoreOptions, lock: FolderLock): Promise<Store> {
  const { disk = localDisk, log, hostNow, snapshotEveryMs = MINUTE_MS } = options;
  const contents = new Contents(disk, root);
  const opening: Opening = {
    disk,
    root,
    tables: new TableRegistry(options.tables),
    contents,
    migrations: options.migrations ?? migrations,
    warn: (message) => log.warn(message),
  };
  const generations = generationsIn(await disk.readdir(root));
  const common = { disk, root, lock, contents, log, snapshotEveryMs };
  const isEmpty = generations.manifests.length === 0 && !(await hasRecords(opening, generations));
  if (isEmpty || options.fresh) {
    const { world, clock } = options.seed();
    const running = new Clock(hostNow, clock);
    const begun = { seed: world, world, touched: new Map(), last: 0, clock: running, clockStart: clock };
    return new Store({ ...common, ...(await beginning(opening, generations.highest + 1, begun)) });
  }
  const found = await recovered(opening, generations);
  const clock = new Clock(hostNow, found.manifest.seed.clock);
  clock.restore(found.clock);
  const state = { ...found, world: restarted(found.world, clock, options), clock };
  log.info(`Going on with the state in ${root}, as of record ${found.last}`);
  if (found.isOld) {
    const begun = { ...state, clockStart: found.manifest.seed.clock };
    return new Store({ ...common, ...(await beginning(opening, generations.highest + 1, begun)) });
  }
  const store = new Store({ ...common, ...(await continued(opening, generations, state)) });
  // So that the next start need not find its way around the damage again.
  if (found.isDamaged) await store.snapshot();
  return store;
}

/** Journals that hold something, but no snapshot to begin with: a folder that somebody took files from. */
async function hasRecords({ disk, root }: Opening, { journals }: Generations): Promise<boolean> {
  for (const generation of journals) {
    const bytes = await disk.readFile(path.join(root, journalName(generation)));
    if (bytes.indexOf('\n') !== bytes.lastIndexOf('\n')) return true;
  }
  return false;
}

function restarted(world: World, clock: Clock, { afterRestart }: StoreOptions): World {
  if (!afterRestart) return world;
  const draft = new Draft(world);
  afterRestart(draft, clock.now());
  return draft.commit();
}

type Begun = Pick<StoreParts, 'world' | 'clock' | 'last'> & {
  readonly seed: World;
  readonly touched: Touched;
  readonly clockStart: ClockChoice;
};

/** Writes a state that the folder does not hold in this form, and then removes what it held. */
async function beginning(opening: Opening, generation: number, begun: Begun) {
  const { disk, root, contents } = opening;
  const { seed, world, last, clock, clockStart } = begun;
  const journal = await Journal.create(disk, root, { journal: generation, after: last });
  const snapshots = await writtenSnapshots(opening, generation, begun);
  const manifest = await writeManifest(disk, root, {
    generation,
    seed: { worldSeed: seed.seed, clock: clockStart, snapshot: snapshots.seed },
    state: { after: last, clock: clock.saved(), snapshot: snapshots.state },
  });
  await tidyFolder(disk, root, [manifest]);
  const live = new Set([...snapshots.seed.files, ...snapshots.state.files]);
  await contents.tidy((sha256) => live.has(sha256));
  return {
    ...{ seedWorld: seed, world, clock, last, manifest, journal },
    touched: changeable(begun.touched),
    named: new Map<number, Set<string>>(),
    highest: generation,
    journalBytes: 0,
  };
}

async function writtenSnapshots({ disk, root, contents }: Opening, generation: number, begun: Begun) {
  const { seed, world, touched } = begun;
  const nothing = new World(seed.seed);
  const write = (folder: string, of: World, base: World, keys: Touched): Promise<SnapshotIndex> =>
    writeSnapshot(disk, { root, folder }, { world: of, base, touched: keys, contents });
  return {
    seed: await write(seedFolder(generation), seed, nothing, everyKey(seed)),
    state: await write(stateFolder(generation), world, seed, touched),
  };
}

async function continued(opening: Opening, { highest }: Generations, found: Continued) {
  const { disk, root } = opening;
  const { seed, world, clock, last, manifest, touched, named, journalBytes } = found;
  const generation = found.journal?.generation ?? highest + 1;
  const journal = found.journal
    ? await Journal.reopen(disk, root, found.journal)
    : await Journal.create(disk, root, { journal: generation, after: last });
  return {
    ...{ seedWorld: seed, world, clock, last, manifest, journal, named, journalBytes },
    touched: changeable(touched),
    highest: Math.max(highest, generation),
  };
}

type Continued = Omit<Recovered, 'clock'> & { readonly clock: Clock };

function changeable(touched: Touched): Map<Path, Set<Key>> {
  return new Map([...touched].map(([at, keys]) => [at, new Set(keys)]));
}

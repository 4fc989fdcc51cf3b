import path from 'node:path';
import type { SavedClock } from '../clock.ts';
import { World } from '../world.ts';
import { type CheckpointIndex, readCheckpoint } from './checkpoint.ts';
import type { FileSource } from './contents.ts';
import type { Entry } from './entries.ts';
import { formatVersion } from './format.ts';
import { type Layer, type Manifest, readManifest } from './manifest.ts';
import { manifestName } from './names.ts';
import { type Generations, generationsIn, migrationsOf, type Opening, type WalFile } from './opening.ts';
import { Rebuild, type RebuildParts } from './rebuild.ts';
import { countingWals, freeName, Replay } from './replay.ts';
import { CorruptDataError, StoreError } from './store-error.ts';
import { both, type Touched } from './touched.ts';

/** What a data folder held. */
export interface Recovered {
  readonly manifest: Manifest;
  readonly seed: World;
  /** Where the seed may differ from the one it is on top of; undefined when it stands by itself. */
  readonly seedDiffers: Touched | undefined;
  readonly world: World;
  readonly clock: SavedClock;
  /** The number of the last record. */
  readonly last: number;
  readonly touched: Touched;
  /** The bytes of all records in the write-ahead logs that were read. */
  readonly walBytes: number;
  /** The contents that each write-ahead log names. */
  readonly named: Map<number, Set<string>>;
  /** Whether it was written by an older version. */
  readonly isOld: boolean;
  /** Whether something had to be set aside. */
  readonly isDamaged: boolean;
}

/**
 * Reads the state of a folder: the newest checkpoint that is whole, and every whole record of the logs behind it.
 * A checkpoint that is damaged is not needed as long as the one before it is there with its logs.
 *
 * @throws StoreError there is a state, but it cannot be read
 */
export async function recovered(opening: Opening, { manifests, wals }: Generations): Promise<Recovered> {
  const damages: CorruptDataError[] = [];
  for (const generation of [...manifests].reverse()) {
    try {
      const state = await stateOf(opening, generation, wals);
      for (const damage of damages) await setAside(opening, damage);
      return { ...state, isDamaged: state.isDamaged || damages.length > 0 };
    } catch (error) {
      if (!(error instanceof CorruptDataError)) throw error;
      damages.push(error);
    }
  }
  const reason = damages[0]?.message ?? 'its manifest is missing';
  throw unreadable(opening, reason);
}

function unreadable({ root, remedy }: Opening, reason: string): StoreError {
  return new StoreError(
    `The state in the data folder ${root} cannot be read: ${reason}. Nothing was changed. ${remedy}`,
  );
}

/** The state behind one manifest. @throws CorruptDataError */
export async function stateOf(
  opening: Opening,
  generation: number,
  wals: readonly WalFile[],
): Promise<Recovered> {
  const { disk, root, contents } = opening;
  const manifest = await readManifest(disk, root, generation);
  const migrations = migrationsOf(opening, manifest.version);
  let named = new Set<string>();
  const files: FileSource = {
    load: (sha256, size) => {
      named.add(sha256);
      if (opening.salvage) return contents.salvaged({ sha256, size }, opening.salvage);
      try {
        return contents.load(sha256, size);
      } catch (error) {
        // No older state would have it whole, and a record is not to be lost for its attachment.
        throw error instanceof CorruptDataError ? unreadable(opening, error.message) : error;
      }
    },
  };
  const parts = { tables: opening.tables, files, migrations };
  const reading = { ...opening, version: manifest.version };
  const { seed, seedDiffers } = await seedOf(reading, manifest, parts);
  const build = new Rebuild(seed, parts);
  await fill(reading, build, manifest.state.checkpoint);
  const replay = new Replay(opening, build, manifest);
  const counting = await countingWals(opening, wals, generation);
  const limit = Math.min(...counting.filter((wal) => wal.generation > generation).map(({ after }) => after));
  if (manifest.state.after > limit) {
    const file = path.join(root, manifestName(generation));
    throw new CorruptDataError(file, 0, 'it was written after another process had taken the folder');
  }
  const inWals = new Map<number, Set<string>>();
  await replay.all(counting, (wal) => {
    named = new Set();
    inWals.set(wal.generation, named);
  });
  const world = build.world();
  const isOld = manifest.version !== formatVersion;
  contents.readIsOver();
  return {
    manifest,
    seed,
    seedDiffers,
    world,
    clock: replay.clock,
    last: replay.last,
    touched: build.touched(),
    walBytes: replay.bytes,
    named: inWals,
    isOld,
    isDamaged: replay.isDamaged,
  };
}

/** A data folder of which a state is read. */
interface Reading extends Opening {
  /** The format in which that was written. */
  readonly version: number;
}

/** What a reset goes back to: what it is on top of, its own checkpoint, and what else was laid over it. */
async function seedOf(
  opening: Reading,
  manifest: Manifest,
  parts: RebuildParts,
): Promise<Pick<Recovered, 'seed' | 'seedDiffers'>> {
  const base = baseOf(opening, manifest);
  let build = new Rebuild(base ?? new World(manifest.seed.worldSeed), parts);
  await fill(opening, build, manifest.seed.checkpoint);
  // Only of one that is on top of another does anybody ask where it differs: of one by itself that is everywhere.
  const touchedBy = (made: Rebuild): Touched => (base ? made.touched() : new Map());
  let touched = touchedBy(build);
  for (const layer of manifest.seed.layers ?? []) {
    build = new Rebuild(build.world(), parts);
    await fillLayer(opening, build, layer);
    touched = both(touched, touchedBy(build));
  }
  return { seed: build.world(), seedDiffers: base && touched };
}

/** @throws CorruptDataError it cannot be read up to the record with which it ends: nothing is set aside for that */
async function fillLayer(opening: Reading, build: Rebuild, layer: Layer): Promise<void> {
  const { checkpoint } = layer.state;
  await fill(opening, build, checkpoint);
  const tell =
    opening.salvage ??
    ((what: CorruptDataError) => {
      throw what;
    });
  const within = { ...opening, root: path.join(opening.root, checkpoint.folder), salvage: tell };
  const { wals } = generationsIn(await opening.disk.readdir(within.root));
  const replay = new Replay(within, build, layer);
  await replay.all(await countingWals(within, wals, layer.generation), () => {}, layer.until);
  if (replay.last < layer.until)
    tell(
      new CorruptDataError(within.root, 0, `record ${layer.until} is due, but it ends with ${replay.last}`),
    );
}

/** @throws StoreError the seed is on top of one that is not here */
function baseOf({ root, base, remedy }: Opening, { seed }: Manifest): World | undefined {
  if (seed.base === undefined) return undefined;
  if (seed.base === base?.id) return base.world;
  throw new StoreError(
    `The state in ${root} is what differs from another state, which is not in this data folder. Nothing was changed. ${remedy}`,
  );
}

async function fill(
  { disk, root, salvage, version }: Reading,
  build: Rebuild,
  checkpoint: CheckpointIndex,
): Promise<void> {
  const onEntry = (entry: Entry) => build.apply(build.read(entry));
  await readCheckpoint({ disk, root, version, onCorrupt: salvage }, checkpoint, onEntry);
  for (const [name, last] of checkpoint.counters) build.count(name, last);
}

/** Puts the file that is to blame for a checkpoint that cannot be read out of the way. */
async function setAside({ disk, root, warn }: Opening, damage: CorruptDataError): Promise<void> {
  const name = path.relative(root, damage.file).replaceAll(path.sep, '-');
  const aside = await freeName(disk, path.join(root, `${name}.damaged`));
  await disk.rename(damage.file, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  warn(
    `${damage.message}. Nothing is lost: the checkpoint before it and the write-ahead logs were read instead. The file is kept as ${aside}.`,
  );
}

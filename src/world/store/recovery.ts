import path from 'node:path';
import type { SavedClock } from '../clock.ts';
import { World } from '../world.ts';
import { type CheckpointIndex, readCheckpoint, type Touched } from './checkpoint.ts';
import type { Contents, FileSource } from './contents.ts';
import { type Disk, synced, writeWhole } from './disk.ts';
import type { Entry } from './entries.ts';
import { formatVersion, type Migration, migrationsFrom } from './format.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type Kind, kindOf, manifestName, walName } from './names.ts';
import { Rebuild } from './rebuild.ts';
import { CorruptDataError, StoreError } from './store-error.ts';
import type { TableRegistry } from './table-registry.ts';
import { checkedHead, checkedRecord, readWalLines, type WalHead, type WalRecord } from './wal-lines.ts';

/** The seed of another folder that seeds can be on top of: of a fork only what differs from it is written. */
export interface SeedBase {
  readonly id: string;
  readonly world: World;
}

/** A data folder that is being opened. */
export interface Opening {
  readonly disk: Disk;
  readonly root: string;
  readonly tables: TableRegistry;
  readonly contents: Contents;
  readonly migrations: readonly Migration[];
  /** What seeds may be on top of. */
  readonly base: SeedBase | undefined;
  /** What to do about a state that cannot be read, in a sentence. */
  readonly remedy: string;
  /** Is told what had to be set aside. */
  readonly warn: (message: string) => void;
  /** Reads on behind what is damaged, which it is told of, and changes nothing in the folder. */
  readonly salvage?: ((what: CorruptDataError) => void) | undefined;
}

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

/** A write-ahead log in a folder. */
export interface WalFile {
  readonly generation: number;
  readonly name: string;
}

/** The generations in a folder, by what is there of them. */
export interface Generations {
  readonly manifests: readonly number[];
  readonly wals: readonly WalFile[];
  readonly highest: number;
}

/** Looks through the names in a folder. */
export function generationsIn(names: readonly string[]): Generations {
  const found = names.flatMap((name) => {
    const kind = kindOf(name);
    return kind ? [{ ...kind, name }] : [];
  });
  const of = (wanted: Kind) =>
    found.filter(({ kind }) => kind === wanted).sort((a, b) => a.generation - b.generation);
  return {
    manifests: of('manifest').map(({ generation }) => generation),
    wals: of('wal').map(({ generation, name }) => ({ generation, name })),
    highest: Math.max(0, ...found.map(({ generation }) => generation)),
  };
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
  const base = baseOf(opening, manifest);
  const seedBuild = new Rebuild(base ?? new World(manifest.seed.worldSeed), parts);
  await fill(opening, seedBuild, manifest.seed.checkpoint);
  const seed = seedBuild.world();
  const build = new Rebuild(seed, parts);
  await fill(opening, build, manifest.state.checkpoint);
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
    seedDiffers: base && seedBuild.touched(),
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

/** A write-ahead log whose records count. */
interface CountingWal extends WalFile {
  /** Of the records before, those behind this number do not count; Infinity when nothing is known. */
  readonly after: number;
}

/** The logs behind a manifest. A new state that was never finished has left one that means nothing. */
async function countingWals(
  { disk, root }: Opening,
  wals: readonly WalFile[],
  manifest: number,
): Promise<CountingWal[]> {
  const counting: CountingWal[] = [];
  for (const wal of wals.filter(({ generation }) => generation >= manifest)) {
    const head = await headOf(disk, path.join(root, wal.name));
    if (head?.begins && head.wal !== manifest) continue;
    // In format 1 a log could be left of a start that came to nothing.
    counting.push({ ...wal, after: head && head.version > 1 ? head.after : Number.POSITIVE_INFINITY });
  }
  return counting;
}

/** Longer than any first line. */
const HEAD_BYTES = 256;

/** The first line of a log; undefined when it cannot be read, which is told when the log is. */
async function headOf(disk: Disk, file: string): Promise<WalHead | undefined> {
  const handle = await disk.open(file, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, HEAD_BYTES, 0);
    const line = bytes.subarray(0, bytes.subarray(0, bytesRead).indexOf('\n') + 1);
    let head: WalHead | undefined;
    readWalLines({ file, bytes: line }, (value) => {
      head = checkedHead(value);
    });
    return head;
  } finally {
    await handle.close();
  }
}

/** @throws StoreError the seed is on top of one that is not here */
function baseOf({ root, base, remedy }: Opening, { seed }: Manifest): World | undefined {
  if (seed.base === undefined) return undefined;
  if (seed.base === base?.id) return base.world;
  throw new StoreError(
    `The state in ${root} is what differs from another state, which is not in this data folder. Nothing was changed. ${remedy}`,
  );
}

/** @throws StoreError for a version that this program does not know */
function migrationsOf({ root, migrations }: Opening, version: number): readonly Migration[] {
  if (version > formatVersion) {
    throw new StoreError(
      `The data folder ${root} was written by a newer Twintrack: it has format ${version}, this one knows ${formatVersion}. Use that version, or another folder.`,
    );
  }
  const needed = migrationsFrom(version, migrations);
  if (!needed) {
    throw new StoreError(
      `The data folder ${root} has format ${version}, which this version no longer reads (it knows ${formatVersion}). Use another folder, or start once with --fresh, which moves the state aside.`,
    );
  }
  return needed;
}

async function fill(
  { disk, root, salvage }: Opening,
  build: Rebuild,
  checkpoint: CheckpointIndex,
): Promise<void> {
  const onEntry = (entry: Entry) => build.apply(build.read(entry));
  await readCheckpoint({ disk, root, onCorrupt: salvage }, checkpoint, onEntry);
  for (const [name, last] of checkpoint.counters) build.count(name, last);
}

/** Applies write-ahead logs to a state, up to the last record that is whole. */
class Replay {
  clock: SavedClock;
  last: number;
  bytes = 0;
  isDamaged = false;
  private readonly generation: number;

  constructor(
    private readonly opening: Opening,
    private readonly build: Rebuild,
    { generation, state }: Manifest,
  ) {
    this.generation = generation;
    this.clock = state.clock;
    this.last = state.after;
  }

  /** @param wals in ascending order */
  async all(wals: readonly CountingWal[], onWal: (wal: WalFile) => void): Promise<void> {
    await this.miss(wals[0]?.generation);
    for (const [at, wal] of wals.entries()) {
      onWal(wal);
      const limit = Math.min(...wals.slice(at + 1).map(({ after }) => after));
      if (await this.one(wal, limit)) continue;
      this.isDamaged = true;
      // What comes after a gap cannot be trusted: it was made from what is missing.
      if (!this.opening.salvage) for (const later of wals.slice(at + 1)) await this.setWalAside(later);
      return;
    }
  }

  /** Tells when the write-ahead log that belongs to the checkpoint is not there. */
  private async miss(first: number | undefined): Promise<void> {
    if (first === this.generation) return;
    const file = path.join(this.opening.root, walName(this.generation));
    this.isDamaged = true;
    this.opening.warn(
      `${file} is missing. The state is as of record ${this.last}, the last one of the checkpoint; what was written behind it is lost.`,
    );
  }

  /** @param limit records behind this one do not count @returns whether it was read to its end */
  private async one({ name }: WalFile, limit: number): Promise<boolean> {
    const { disk, root, warn } = this.opening;
    const file = path.join(root, name);
    const bytes = await disk.readFile(file);
    let isFirst = true;
    let begins = 0;
    const onLine = (value: unknown) => {
      if (isFirst) {
        this.begin(value);
        begins = bytes.indexOf('\n') + 1;
      } else this.apply(checkedRecord(value, this.last + 1));
      isFirst = false;
    };
    const { end, damage } = readWalLines({ file, bytes }, onLine, () => !isFirst && this.last >= limit);
    this.bytes += end - begins;
    if (this.opening.salvage && (damage || bytes.length === 0)) {
      const reason = `${damage?.reason ?? 'it is empty'}; the ${bytes.length - end} bytes from here on are left out`;
      this.opening.salvage(new CorruptDataError(file, end, reason));
      return false;
    }
    if (bytes.length === 0) {
      // It never is: a log has its name only since its first line is on the disk.
      const { message } = new CorruptDataError(file, 0, 'it is empty, and what it held is lost');
      warn(`${message}. The state is as of record ${this.last}, the last one before it.`);
      return false;
    }
    if (!damage) return true;
    const kept = await this.keepRest(file, bytes.subarray(end), end);
    warn(
      `${damage.message}. The state is as of record ${this.last}, the last one that is whole; the ${bytes.length - end} bytes behind it are kept in ${kept}.`,
    );
    return false;
  }

  private begin(value: unknown): void {
    const { after, version } = checkedHead(value);
    if (version > formatVersion) migrationsOf(this.opening, version);
    // One that begins earlier is left of a start that came to nothing; the numbers of its records would tell.
    if (after > this.last)
      throw new Error(`it begins after record ${after}, but ${this.last} is the last one`);
  }

  private apply({ n, entries = [], counters = [], clock, reset }: WalRecord): void {
    // All of them are read before the first one counts: a record is applied wholly or not at all.
    const changes = entries.map((entry) => this.build.read(entry));
    if (reset) this.build.reset();
    for (const change of changes) this.build.apply(change);
    for (const [name, last] of counters) this.build.count(name, last);
    this.clock = clock ?? this.clock;
    this.last = n;
  }

  private async keepRest(file: string, rest: Uint8Array, end: number): Promise<string> {
    const { disk, root } = this.opening;
    const aside = await freeName(disk, `${file}.damaged`);
    await writeWhole(disk, aside, rest);
    const handle = await disk.open(file, 'r+');
    try {
      await handle.truncate(end);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await synced(disk, root);
    return aside;
  }

  private async setWalAside({ name }: WalFile): Promise<void> {
    const { disk, root, warn } = this.opening;
    const file = path.join(root, name);
    const aside = await freeName(disk, `${file}.damaged`);
    await disk.rename(file, aside);
    warn(`${file} follows on what is damaged, so it was not read; it is kept as ${aside}.`);
  }
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

/** A name that is not taken: the one that is wanted, or with a number behind it. */
async function freeName(disk: Disk, wanted: string): Promise<string> {
  const names = new Set(await disk.readdir(path.dirname(wanted)));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!names.has(path.basename(name))) return name;
  }
}

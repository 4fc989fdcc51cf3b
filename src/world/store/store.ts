// Long because what is on its way to the disk, what is safe on it and what is taken back are one state, kept in one place.
import path from 'node:path';
import type { Clock, SavedClock } from '../clock.ts';
import type { FileContent } from '../file-content.ts';
import { type Keepable, type Keeper, NotKeptError, type Step } from '../keeper.ts';
import type { Key } from '../table.ts';
import type { Path, World } from '../world.ts';
import { type CheckpointIndex, writeCheckpoint } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import type { Disk } from './disk.ts';
import { goneText, putText } from './entries.ts';
import { type Group, GroupCommit } from './group-commit.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import { stateFolder } from './names.ts';
import type { OpenLogs } from './open-logs.ts';
import type { SharedState } from './shared-state.ts';
import { FolderLostError } from './store-error.ts';
import { tidyFolder } from './tidy.ts';
import { both, copyOf, type Touched } from './touched.ts';
import { WriteAheadLog } from './wal.ts';
import { type WalRecord, walLine } from './wal-lines.ts';

/** Where the store tells what a person should know. */
export interface StoreLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** What keeps other processes out of the folder. */
export interface Guard {
  /** Names who holds it to others that may be at the same folder. */
  readonly holder: string;
  /** Whether its last holder may go on without knowing that the folder was taken from it. */
  readonly isContested: boolean;
  /** Why it is no longer held. */
  readonly lost: FolderLostError | undefined;
  /** @throws FolderLostError */
  check(): Promise<void>;
  /** Checks it unless that was done a moment ago: then undefined. A process that was paused does not know it. */
  recheck(): Promise<void> | undefined;
  /** Lets go of it at the end. */
  release(): Promise<void>;
}

/** What a store begins with; `openStore` makes it. */
export interface StoreParts {
  readonly disk: Disk;
  readonly root: string;
  readonly lock: Guard;
  readonly contents: Contents;
  readonly log: StoreLog;
  /** Opens and closes the log as it is needed. */
  readonly logs: OpenLogs;
  readonly seedWorld: World;
  /** Where the seed may differ from that of another folder; undefined when it stands by itself. */
  readonly seedDiffers: Touched | undefined;
  readonly world: World;
  readonly clock: Clock;
  /** What the state can be read from now. */
  readonly manifest: Manifest;
  readonly wal: WriteAheadLog;
  /** The number of the last record. */
  readonly last: number;
  readonly touched: Map<Path, Set<Key>>;
  /** The contents that the write-ahead logs name, by generation. */
  readonly named: Map<number, Set<string>>;
  /** The highest generation of anything in the folder. */
  readonly highest: number;
  /** In the write-ahead logs behind the checkpoint. */
  readonly walBytes: number;
  /** Whether the folder held a state that goes on. */
  readonly goesOn: boolean;
  /** How often to look whether a checkpoint is due, in milliseconds; 0 never. */
  readonly checkpointEveryMs: number;
}

/** A moment that the world can go back to. */
interface Mark {
  readonly world: World;
  readonly clock: SavedClock;
  /** The number of the last record. */
  readonly last: number;
  /** What may differ from the seed. */
  readonly touched: Map<Path, Set<Key>>;
}

/** A checkpoint is made when the log has this many bytes, or as many as the checkpoint before, whichever is more. */
const LONG_WAL = 64 * 1024 * 1024;
/** By the timer, it is made when the write-ahead log has at least this part of the checkpoint before. */
const WORTH_TIDYING = 1 / 4;
/** At the end no checkpoint is made that would take longer than the end of a twin should wait. */
const QUICKLY_WRITTEN = 32 * 1024 * 1024;

/**
 * Keeps one world in one folder. Every step is a record in a write-ahead log, and counts when it is on the disk; from
 * time to time a checkpoint makes the log short again. When the disk fails, the world goes back to what is on it.
 */
export class Store implements Keeper, AsyncDisposable {
  /** The world as it was found, for the runner to begin with. */
  readonly world: World;
  /** What a reset goes back to. */
  readonly seedWorld: World;
  /** The clock of the world; its changes are kept too. */
  readonly clock: Clock;
  private readonly commits: GroupCommit<Mark>;
  private readonly timer: NodeJS.Timeout | undefined;
  private holder: Keepable | undefined;
  private manifest: Manifest;
  /** What the folder can be read from. */
  private manifests: readonly Manifest[];
  private wal: WriteAheadLog;
  private highest: number;
  private walBytes: number;
  private touched: Map<Path, Set<Key>>;
  private last: number;
  private knownClock: SavedClock;
  private safe: Mark;
  private checkpointInWork: Promise<void> | undefined;
  /** Then only the timer tries again: a full disk is not to be asked with every call. */
  private hasCheckpointFailed = false;
  /** Others that make use of its files: none of them is removed meanwhile. */
  private readonly sharing = new Set<Promise<void>>();
  private closing: Promise<void> | undefined;
  /** What the log was told last about a write that failed; undefined after one that did not. */
  private toldReason: string | undefined;
  /** Whether the folder was found as it was left, each time something was written. */
  isIntact = true;
  /** Why records that were acknowledged are no longer on the disk; then nothing is written behind them. */
  private gap: FolderLostError | undefined;

  constructor(private readonly parts: StoreParts) {
    this.world = parts.world;
    this.seedWorld = parts.seedWorld;
    this.clock = parts.clock;
    this.manifest = parts.manifest;
    this.manifests = [parts.manifest];
    this.wal = parts.wal;
    this.highest = parts.highest;
    this.walBytes = parts.walBytes;
    this.touched = parts.touched;
    this.last = parts.last;
    this.knownClock = parts.clock.saved();
    this.safe = this.mark(parts.world);
    this.commits = new GroupCommit({
      prepare: (group) => this.prepare(group),
      write: (group) => this.write(group),
      onKept: (mark, bytes) => {
        this.safe = mark;
        this.wal.count(bytes);
        this.walBytes += bytes;
        if (this.walBytes > LONG_WAL && !this.hasCheckpointFailed) this.checkpointIfWorth(1);
      },
      onLost: (error, records) => this.takeBack(error, records),
      cleanUp: () => this.leaveLog(),
    });
    this.clock.onChange(() => this.clockChanged());
    if (parts.checkpointEveryMs > 0) {
      this.timer = setInterval(() => this.checkpointIfWorth(WORTH_TIDYING), parts.checkpointEveryMs);
      this.timer.unref();
    }
  }

  /** Keeps what this holder does from now on; it must hold `world`. */
  attach(holder: Keepable): void {
    this.holder = holder;
    holder.keepBy(this);
  }

  /** Whether this is the world that is kept here, as it is now. */
  holds(world: World): boolean {
    return (this.holder?.world ?? this.world) === world;
  }

  step({ before, after, changes, counters }: Step): void {
    if (changes.length === 0 && counters.length === 0) return;
    const files = new Map<string, FileContent>();
    const onFile = (content: FileContent) => void files.set(content.sha256, content);
    const entries = changes.map(({ path: at, key, after: record }) =>
      record === undefined ? goneText(at, key) : putText(at, record, onFile),
    );
    this.begin(before);
    for (const { path: at, key } of changes) this.touch(at, key);
    const moved = counters.length === 0 ? '' : `,"counters":${JSON.stringify(counters)}`;
    this.add(`"entries":[${entries.join(',')}]${moved}`, after, files);
  }

  reset(): void {
    this.begin(this.holder?.world ?? this.safe.world);
    this.touched = new Map();
    this.add('"reset":true', this.seedWorld);
  }

  kept(): Promise<void> | undefined {
    return this.commits.pending();
  }

  /** Whether the folder held a state that goes on: nobody asked for what to begin with. */
  get goesOn(): boolean {
    return this.parts.goesOn;
  }

  /** Identifies what the seed was made from; undefined when nobody knows any more. */
  get seedSource(): string | undefined {
    return this.manifest.seed.source;
  }

  /** What keeps other processes out of the folder. */
  get guard(): Guard {
    return this.parts.lock;
  }

  /** Names the seed to the manifests of those that are on top of it. */
  get seedId(): string | undefined {
    return this.manifest.seed.id;
  }

  /** Where the world may differ from the seed. */
  differsFromSeed(): Touched {
    return copyOf(this.touched);
  }

  /** Where the world may differ from the seed that its own is on top of; undefined when that stands by itself. */
  differsFromBase(): Touched | undefined {
    return this.parts.seedDiffers && both(this.parts.seedDiffers, this.touched);
  }

  /**
   * Lends the files that the world can be read from as it is at this moment, once all of it is in them.
   *
   * @param use is given them, or undefined when there are none; they stay as they are until it is through
   * @throws NotKeptError what has happened last could not be kept; whatever `use` throws
   */
  share<T>(use: (state: SharedState | undefined) => Promise<T>): Promise<T> {
    const until = this.last;
    const used = (async () => {
      await this.kept();
      return use(await this.commits.between(async () => this.filesUntil(until)));
    })();
    const over: Promise<void> = used.then(
      () => void this.sharing.delete(over),
      () => void this.sharing.delete(over),
    );
    this.sharing.add(over);
    return used;
  }

  private filesUntil(until: number): SharedState | undefined {
    const { root, named } = this.parts;
    const manifest = this.manifests.findLast(({ state }) => state.after <= until);
    if (!manifest || this.gap) return undefined;
    const { generation } = manifest;
    const inLogs = [...named].flatMap(([wal, hashes]) => (wal < generation ? [] : [...hashes]));
    const { seed, state } = manifest;
    const contents = new Set([...seed.checkpoint.files, ...state.checkpoint.files, ...inLogs]);
    return { root, manifest, until, highest: this.highest, contents: [...contents] };
  }

  /**
   * Writes the state anew and begins a new log. Calls go on meanwhile. It is done by itself from time to time.
   *
   * @throws Error of the file system; the state stays readable from what was there before
   */
  checkpoint(): Promise<void> {
    this.checkpointInWork ??= this.makeCheckpoint().finally(() => {
      this.checkpointInWork = undefined;
    });
    return this.checkpointInWork;
  }

  /** Waits until everything is kept, makes a last checkpoint when that is quick, and frees the folder. */
  close(): Promise<void> {
    this.closing ??= this.end(true);
    return this.closing;
  }

  /** The same without a checkpoint, for a state that nobody wants any more. */
  abandon(): Promise<void> {
    this.closing ??= this.end(false);
    return this.closing;
  }

  private async end(isWanted: boolean): Promise<void> {
    clearInterval(this.timer);
    this.holder?.keepBy(undefined);
    this.clock.onChange(undefined);
    await this.commits.pending()?.catch(() => {});
    await this.checkpointInWork?.catch(() => {});
    const isQuick = this.walBytes + this.checkpointBytes < QUICKLY_WRITTEN;
    if (isWanted && isQuick && this.walBytes > 0 && !this.parts.lock.lost) {
      await this.checkpoint().catch((error) => this.checkpointFailed(error));
    }
    try {
      await this.wal.close();
    } finally {
      await this.parts.lock.release();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private clockChanged(): void {
    const world = this.holder?.world ?? this.safe.world;
    this.begin(world);
    this.knownClock = this.clock.saved();
    this.add(`"clock":${JSON.stringify(this.knownClock)}`, world);
  }

  /** Remembers where to go back to, when nothing is on its way to the disk. */
  private begin(before: World): void {
    if (this.commits.pending() === undefined) this.safe = this.mark(before);
  }

  private add(members: string, after: World, files: ReadonlyMap<string, FileContent> = new Map()): void {
    this.last += 1;
    const line = walLine(`{"n":${this.last satisfies WalRecord['n']},${members}}`);
    this.commits.add({ line, files, mark: this.mark(after) });
  }

  private mark(world: World): Mark {
    return { world, clock: this.knownClock, last: this.last, touched: this.touched };
  }

  private touch(at: Path, key: Key): void {
    let keys = this.touched.get(at);
    if (!keys) {
      keys = new Set();
      this.touched.set(at, keys);
    }
    keys.add(key);
  }

  /** What the records name has to be on the disk before they are. */
  private prepare({ files }: Group<Mark>): Promise<void> | undefined {
    const { lock } = this.parts;
    if (lock.lost) return undefined;
    // What is refused because the folder was lost long ago must not be in it.
    const checked = lock.recheck();
    if (files.size === 0) return checked;
    const keep = () => this.keepFiles(files);
    return checked ? checked.then(keep) : keep();
  }

  private keepFiles(files: ReadonlyMap<string, FileContent>): Promise<void> {
    const named = this.namedIn(this.wal.generation);
    for (const sha256 of files.keys()) named.add(sha256);
    return this.parts.contents.keep(files.values());
  }

  private async write({ lines }: Group<Mark>): Promise<number> {
    const { lock } = this.parts;
    const lost = lock.lost ?? this.gap;
    if (lost) throw lost;
    if (!this.wal.isUsable) this.nextLog(this.safe.last);
    const bytes = Buffer.from(lines.join(''));
    await this.wal.append(bytes);
    // Only now: if the folder is ours at this moment, the process that takes it later finds what was written.
    await lock.check();
    if (this.toldReason !== undefined)
      this.parts.log.info(`The data folder ${this.parts.root} can be written to again`);
    this.toldReason = undefined;
    return bytes.byteLength;
  }

  /**
   * After a write that failed: what may stand at the end of the log was refused, so it must never be read. A new log
   * says so by where it begins. When there can be none, for want of room, the end is cut off.
   */
  private async leaveLog(): Promise<void> {
    const before = this.wal;
    before.giveUp();
    await this.parts.lock.check();
    this.nextLog(this.safe.last);
    try {
      await this.wal.make();
      if (this.gap) await this.closeGap();
    } catch (error) {
      if (error instanceof FolderLostError || this.gap) throw error;
      await before.cut();
    } finally {
      await before.close();
    }
  }

  /** Writes the whole state anew, from what the twin knows. */
  private async closeGap(): Promise<void> {
    const { generation } = this.wal;
    await this.publish(generation, this.safe, await this.writtenState(generation, this.safe));
    this.walBytes = 0;
    this.gap = undefined;
  }

  private writtenState(generation: number, mark: Mark): Promise<CheckpointIndex> {
    const { disk, root, contents } = this.parts;
    const source = { world: mark.world, base: this.seedWorld, touched: mark.touched, contents };
    return writeCheckpoint(disk, { root, folder: stateFolder(generation) }, source);
  }

  /** Goes on in a new log, whose file is made when it is needed. */
  private nextLog(after: number): void {
    const { disk, root: folder, lock, logs } = this.parts;
    // No number is left out: who takes the folder counts on from the last one that is there, and a log that we made behind
    // that would say that theirs does not count.
    if (this.wal.hasNumber) this.highest += 1;
    this.wal = new WriteAheadLog({ disk, folder, writer: lock.holder, logs }, { wal: this.highest, after });
  }

  private takeBack(error: unknown, records: number): NotKeptError {
    const { world, clock, last, touched } = this.safe;
    this.last = last;
    this.touched = touched;
    this.holder?.takeBack(world);
    if (this.knownClock !== clock) {
      this.knownClock = clock;
      this.clock.restore(clock);
    }
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof FolderLostError) {
      this.isIntact = false;
      if (error.leavesGap) this.gap = error;
    }
    // The same again with every call would hide everything else in the log.
    if (this.toldReason !== reason) {
      this.toldReason = reason;
      this.parts.log.error(
        `The data folder ${this.parts.root} could not be written to: ${reason}. ${records} change${records === 1 ? ' was' : 's were'} undone and answered with a fault; the state is what is on the disk.`,
        { error },
      );
    }
    return new NotKeptError(`It could not be written to the data folder, so it was undone: ${reason}`);
  }

  private namedIn(generation: number): Set<string> {
    const named = this.parts.named.get(generation) ?? new Set();
    this.parts.named.set(generation, named);
    return named;
  }

  private get checkpointBytes(): number {
    return this.manifest.state.checkpoint.parts.reduce((sum, { size }) => sum + size, 0);
  }

  private checkpointIfWorth(part: number): void {
    if (this.checkpointInWork || this.walBytes === 0) return;
    if (this.walBytes < this.checkpointBytes * part) return;
    this.checkpoint().catch((error) => this.checkpointFailed(error));
  }

  private checkpointFailed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.parts.log.error(
      `No checkpoint could be written to ${this.parts.root}: ${reason}. Nothing is lost: the one before it and the write-ahead logs hold everything.`,
      { error },
    );
  }

  private async makeCheckpoint(): Promise<void> {
    const { disk, root } = this.parts;
    await Promise.all(this.sharing);
    const { mark, bytes, generation } = await this.commits.between(() => this.nextWal());
    try {
      await this.publish(generation, mark, await this.writtenState(generation, mark));
      await this.commits.between(() => this.tidyContents());
    } catch (error) {
      this.hasCheckpointFailed = true;
      // The write-ahead log may need the room. As long as no manifest names it, nobody reads it.
      if (this.manifest.generation !== generation)
        await disk.rm(path.join(root, stateFolder(generation))).catch(() => {});
      throw error;
    }
    this.hasCheckpointFailed = false;
    this.walBytes = Math.max(0, this.walBytes - bytes);
  }

  /** Goes on in a new log. @returns the moment between the two, and the bytes in the logs up to it */
  private async nextWal(): Promise<{ mark: Mark; bytes: number; generation: number }> {
    const mark = this.safe;
    const before = this.wal;
    await this.parts.lock.check();
    this.nextLog(mark.last);
    const { generation } = this.wal;
    try {
      // It claims the number: what another holder does never has the same one.
      await this.wal.make();
    } catch (error) {
      await this.wal.close();
      if (before.generation < generation) this.wal = before;
      else this.nextLog(mark.last);
      throw error;
    }
    await before.close();
    return { mark, bytes: this.walBytes, generation };
  }

  /** Makes a checkpoint the one that counts, and removes what is needed no more. */
  private async publish(generation: number, mark: Mark, checkpoint: CheckpointIndex): Promise<void> {
    const { disk, root, named, lock } = this.parts;
    const state = { after: mark.last, clock: mark.clock, checkpoint };
    const before = this.manifest;
    await lock.check();
    this.manifest = await writeManifest(disk, root, { generation, seed: before.seed, state });
    await lock.check();
    await tidyFolder(disk, root, [before, this.manifest]);
    for (const wal of named.keys()) if (wal < before.generation) named.delete(wal);
    this.manifests = [before, this.manifest];
  }

  /** Removes attachments that nothing names any more; nothing may be written meanwhile. */
  private async tidyContents(): Promise<void> {
    const { contents, lock, named } = this.parts;
    const inManifests = this.manifests.flatMap(({ seed, state }) => [
      ...seed.checkpoint.files,
      ...state.checkpoint.files,
    ]);
    const live = new Set([...inManifests, ...[...named.values()].flatMap((hashes) => [...hashes])]);
    await lock.check();
    await contents.tidy((sha256) => live.has(sha256));
  }
}

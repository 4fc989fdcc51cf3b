import path from 'node:path';
import type { SavedClock } from '../clock.ts';
import { type Disk, synced, writeWhole } from './disk.ts';
import { formatVersion } from './format.ts';
import type { Manifest } from './manifest.ts';
import { walName } from './names.ts';
import { migrationsOf, type Opening, type WalFile } from './opening.ts';
import type { Rebuild } from './rebuild.ts';
import { CorruptDataError } from './store-error.ts';
import { checkedHead, checkedRecord, readWalLines, type WalHead, type WalRecord } from './wal-lines.ts';

/** A write-ahead log whose records count. */
export interface CountingWal extends WalFile {
  /** Of the records before, those behind this number do not count; Infinity when nothing is known. */
  readonly after: number;
}

/** The logs behind a manifest. A new state that was never finished has left one that means nothing. */
export async function countingWals(
  { disk, root }: Pick<Opening, 'disk' | 'root'>,
  wals: readonly WalFile[],
  manifest: number,
): Promise<CountingWal[]> {
  const counting: CountingWal[] = [];
  for (const wal of wals.filter(({ generation }) => generation >= manifest)) {
    const head = await headOf(disk, path.join(root, wal.name));
    if (head?.begins && head.wal !== manifest) continue;
    // In format 1 a log could be left of a start that came to nothing. Of one under another's name nothing is known.
    const isKnown = head?.wal === wal.generation && head.version > 1;
    counting.push({ ...wal, after: isKnown ? head.after : Number.POSITIVE_INFINITY });
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

/** Applies write-ahead logs to a state, up to the last record that is whole. */
export class Replay {
  clock: SavedClock;
  last: number;
  bytes = 0;
  isDamaged = false;
  private readonly generation: number;

  constructor(
    private readonly opening: Opening,
    private readonly build: Rebuild,
    { generation, state }: Pick<Manifest, 'generation' | 'state'>,
  ) {
    this.generation = generation;
    this.clock = state.clock;
    this.last = state.after;
  }

  /**
   * @param wals in ascending order
   * @param until the number of the last record that is wanted
   */
  async all(
    wals: readonly CountingWal[],
    onWal: (wal: WalFile) => void,
    until = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    if (this.last < until) this.miss(wals[0]?.generation);
    for (const [at, wal] of wals.entries()) {
      if (this.last >= until) return;
      onWal(wal);
      const limit = Math.min(until, ...wals.slice(at + 1).map(({ after }) => after));
      if (await this.one(wal, limit)) continue;
      this.isDamaged = true;
      // What comes after a gap cannot be trusted: it was made from what is missing.
      if (!this.opening.salvage) for (const later of wals.slice(at + 1)) await this.setWalAside(later);
      return;
    }
  }

  /** Tells when the write-ahead log that belongs to the checkpoint is not there. */
  private miss(first: number | undefined): void {
    if (first === this.generation) return;
    const file = path.join(this.opening.root, walName(this.generation));
    this.isDamaged = true;
    this.opening.warn(
      `${file} is missing. The state is as of record ${this.last}, the last one of the checkpoint; what was written behind it is lost.`,
    );
  }

  /** @param limit records behind this one do not count @returns whether it was read to its end */
  private async one({ name, generation }: WalFile, limit: number): Promise<boolean> {
    const { disk, root, warn } = this.opening;
    const file = path.join(root, name);
    const bytes = await disk.readFile(file);
    let isFirst = true;
    let begins = 0;
    const onLine = (value: unknown) => {
      if (isFirst) {
        this.begin(value, generation);
        begins = bytes.indexOf('\n') + 1;
      } else this.apply(checkedRecord(value, this.last + 1));
      isFirst = false;
    };
    const { end, damage } = readWalLines({ file, bytes }, onLine, () => !isFirst && this.last >= limit);
    this.bytes += end - begins;
    if (this.opening.salvage && (damage || bytes.length === 0)) {
      const reason = `${damage?.reason ?? 'it is empty'}; the ${bytes.length - end} bytes from here on are not read`;
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

  private begin(value: unknown, generation: number): void {
    const { wal, after, version } = checkedHead(value);
    if (wal !== generation) throw new Error(`it is ${walName(wal)} under another name`);
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

/** A name that is not taken: the one that is wanted, or with a number behind it. */
export async function freeName(disk: Disk, wanted: string): Promise<string> {
  const names = new Set(await disk.readdir(path.dirname(wanted)));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!names.has(path.basename(name))) return name;
  }
}

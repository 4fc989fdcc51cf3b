import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import { type Disk, type Identity, identityOf, isSame, type OpenFile, writeAt } from './disk.ts';
import { lockName } from './names.ts';
import { FolderLostError, StoreError } from './store-error.ts';

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** When the process started, in the system's own count; tells it from a later one with the same number. */
  readonly started: string;
  readonly host: string;
  /** Whether the one before it may go on without knowing that the folder was taken from it. */
  readonly isContested?: boolean | undefined;
}

/** How often a holder shows that it lives, for other machines, which cannot look at its process. */
const SIGN_MS = 5000;
/** Without a sign for so long, a holder on another machine is taken for dead. */
const SILENT_MS = 3 * SIGN_MS;

/** How a lock is taken. */
export interface LockOptions {
  /** Who takes it; this process on this machine, if nothing is said. For tests. */
  readonly self?: { readonly pid: number; readonly host: string } | undefined;
  /** Does something again and again; @returns what ends it. For tests. */
  readonly repeat?: ((work: () => void, everyMs: number) => () => void) | undefined;
  /** For so long after a look at the lock nobody looks again before a write, in milliseconds. For tests. */
  readonly sureForMs?: number | undefined;
  /** Makes names that nobody else has. For tests. */
  readonly newId?: (() => string) | undefined;
  /** Is told once, as soon as it is noticed, that another process has taken the folder. */
  readonly onTaken?: ((reason: FolderLostError) => void) | undefined;
}

function repeated(work: () => void, everyMs: number): () => void {
  const timer = setInterval(work, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

type Taken = Found & {
  readonly handle: OpenFile;
  readonly identity: Identity;
  /** For so long after a look at the lock nobody looks again before a write, in milliseconds. */
  readonly sureForMs: number;
};

/**
 * Keeps a second process out of a data folder. Times are those of the file system: holders on several machines have
 * nothing else in common.
 */
export class FolderLock {
  /** Why the folder is no longer held. */
  lost: FolderLostError | undefined;
  private readonly endSigns: () => void;
  /** When it was looked at last and was ours, by the clock of this machine. */
  private seenAt = Date.now();

  private constructor(
    private readonly taken: Taken,
    private readonly onTaken: (reason: FolderLostError) => void,
    repeat: NonNullable<LockOptions['repeat']>,
  ) {
    this.endSigns = repeat(() => void this.sign(), SIGN_MS);
  }

  /**
   * Takes a folder. A lock whose process is gone does not count.
   *
   * @throws StoreError the folder is in use
   */
  static async take(disk: Disk, folder: string, options: LockOptions = {}): Promise<FolderLock> {
    const file = path.join(folder, lockName);
    const { self = { pid: process.pid, host: hostname() }, onTaken = () => {}, repeat = repeated } = options;
    let own: Holder = { ...self, started: await startOf(disk, self.pid) };
    const found = { disk, file, folder, own, newId: options.newId ?? randomUUID };
    const { sureForMs = SIGN_MS } = options;
    const handle =
      (await created(disk, file, own)) ??
      (await alone(found, async (now) => {
        if (await removeIfDead(found, now)) own = { ...own, isContested: true };
        return created(disk, file, own);
      }));
    if (!handle) throw takenJustNow(folder);
    const identity = await identityOf(handle);
    return new FolderLock({ ...found, own, handle, identity, sureForMs }, onTaken, repeat);
  }

  /** Whether a holder before it may go on without knowing that the folder was taken from it. */
  get isContested(): boolean {
    return this.taken.own.isContested === true;
  }

  /** Names the holder to others that may be at the same folder. */
  get holder(): string {
    const { host, pid } = this.taken.own;
    return `${host.replace(/[^\w-]/g, '_')}-${pid}`;
  }

  /** @throws FolderLostError the lock is gone, or another process has taken the folder; from then on always */
  async check(): Promise<void> {
    const { disk, file, folder, identity } = this.taken;
    if (this.lost) throw this.lost;
    const lookedAt = Date.now();
    const found = await disk.stat(file);
    if (found && isSame(found, identity)) {
      this.seenAt = lookedAt;
      return;
    }
    const holder = found && (await readHolder(disk, file))?.holder;
    if (this.lost) throw this.lost;
    this.lost = new FolderLostError(
      found
        ? `${folder} was taken by process ${holder?.pid ?? 'unknown'} on ${holder?.host ?? 'another machine'} while this one gave no sign of life`
        : `${folder} was removed or replaced, or its lock was`,
    );
    if (found) this.onTaken(this.lost);
    throw this.lost;
  }

  /** The same, unless that was seen a moment ago: then undefined. */
  recheck(): Promise<void> | undefined {
    return Math.abs(Date.now() - this.seenAt) < this.taken.sureForMs ? undefined : this.check();
  }

  async release(): Promise<void> {
    this.endSigns();
    const { disk, file, handle } = this.taken;
    try {
      await this.check();
      await disk.unlink(file);
    } catch (error) {
      // What is not ours any more is not ours to remove.
      if (!(error instanceof FolderLostError) && (error as NodeJS.ErrnoException).code !== 'ENOENT')
        throw error;
    } finally {
      await handle.close();
    }
  }

  /** Writes the lock again as it is, which tells the time; into the file that was made, whatever has its name now. */
  private async sign(): Promise<void> {
    try {
      await this.check();
      await writeAt(this.taken.handle, Buffer.from(lockText(this.taken.own)), 0);
    } catch {
      // A folder that is lost is told by what is told of it; a disk that is gone by the next write to the log.
    }
  }
}

interface Found {
  readonly disk: Disk;
  readonly file: string;
  readonly folder: string;
  readonly own: Holder;
  /** Makes names that nobody else has. */
  readonly newId: () => string;
}

/**
 * Judges a lock while nobody else does. Of two that find the same dead lock, the second one could otherwise remove
 * the lock that the first one has just put in its place.
 *
 * @param judge is given the time by the file system, in milliseconds
 * @throws StoreError another process is at it
 */
async function alone<T>(found: Found, judge: (now: number) => Promise<T>): Promise<T> {
  const { disk, file, folder, own } = found;
  const guard = `${file}.judging`;
  if (!(await createdOnce(disk, guard, own))) {
    const read = await readHolder(disk, guard);
    if (!read || (await timeOf(found)) - read.signAt < SILENT_MS) throw takenJustNow(folder);
    // Its process ended in the middle, long ago.
    await removed(disk, guard);
    if (!(await createdOnce(disk, guard, own))) throw takenJustNow(folder);
  }
  try {
    return await judge((await readHolder(disk, guard))?.signAt ?? 0);
  } finally {
    await removed(disk, guard);
  }
}

/** The time by the file system: that of a file which is made now. */
async function timeOf({ disk, file, own, newId }: Found): Promise<number> {
  const probe = `${file}.${newId()}`;
  await createdOnce(disk, probe, own);
  const made = await readHolder(disk, probe);
  await disk.unlink(probe);
  return made?.signAt ?? 0;
}

function takenJustNow(folder: string): StoreError {
  return new StoreError(`The data folder ${folder} is being taken by another process at this moment.`);
}

const lockText = (own: Holder): string => `${JSON.stringify(own)}\n`;

/** Makes a lock. @returns undefined when there is one */
async function created(disk: Disk, file: string, own: Holder): Promise<OpenFile | undefined> {
  let handle: OpenFile;
  try {
    handle = await disk.open(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    await writeAt(handle, Buffer.from(lockText(own)), 0);
    return handle;
  } catch (error) {
    await handle.close();
    // Half a lock would keep the next start waiting.
    await disk.unlink(file).catch(() => {});
    throw error;
  }
}

/** Removes a file that another process may remove at the same time. */
async function removed(disk: Disk, file: string): Promise<void> {
  await disk.unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Makes a lock that nobody signs. @returns whether there was none */
async function createdOnce(disk: Disk, file: string, own: Holder): Promise<boolean> {
  const handle = await created(disk, file, own);
  await handle?.close();
  return handle !== undefined;
}

/**
 * @returns whether a holder may live all the same: nothing is known of it but that it is silent, or the one that is dead had
 * the folder from such a one, and may have ended before its logs said so
 * @throws StoreError the holder lives
 */
async function removeIfDead({ disk, file, folder, own }: Found, now: number): Promise<boolean> {
  const read = await readHolder(disk, file);
  if (!read) return false;
  const { holder, signAt } = read;
  const inUse = (more: string) =>
    new StoreError(
      `The data folder ${folder} is in use by process ${holder?.pid ?? 'unknown'}${more} End that twin first, or choose another folder with --data.`,
    );
  const isForeign = !holder || holder.host !== own.host;
  if (isForeign) {
    // A lock that cannot be read is one that is just being written, or was cut: time tells which.
    const silent = now - signAt;
    if (silent < SILENT_MS) {
      const where = holder ? ` on ${holder.host}` : '';
      const left = Math.ceil((SILENT_MS - silent) / 1000);
      throw inUse(
        `${where}, which gave a sign of life just now; without another one the folder is free in ${left} s.`,
      );
    }
  } else if (await lives(disk, holder)) {
    throw inUse('.');
  }
  await removed(disk, file);
  return isForeign || holder.isContested === true;
}

async function readHolder(
  disk: Disk,
  file: string,
): Promise<{ readonly holder: Holder | undefined; readonly signAt: number } | undefined> {
  let handle: OpenFile;
  try {
    handle = await disk.open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { mtimeMs } = await handle.stat();
    return { holder: parsed(await handle.readFile('utf8')), signAt: mtimeMs };
  } finally {
    await handle.close();
  }
}

function parsed(text: string): Holder | undefined {
  try {
    const { pid, started, host, isContested } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>;
    return Number.isSafeInteger(pid) && Number(pid) > 0
      ? { pid: Number(pid), started: String(started), host: String(host), isContested: isContested === true }
      : undefined;
  } catch {
    return undefined;
  }
}

async function lives(disk: Disk, { pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const { state, started: now } = await processOf(disk, pid);
  // It has ended, and only waits for its parent to hear of it.
  if (state === 'Z' || state === 'X') return false;
  return now === '' || started === '' || now === started;
}

async function startOf(disk: Disk, pid: number): Promise<string> {
  return (await processOf(disk, pid)).started;
}

/** How a process is and when it started, where the system says so (Linux); empty elsewhere, and for one that is gone. */
async function processOf(
  disk: Disk,
  pid: number,
): Promise<{ readonly state: string; readonly started: string }> {
  try {
    const stat = (await disk.readFile(`/proc/${pid}/stat`)).toString('latin1');
    // The name in parentheses may hold anything; after it come the state and, as the 20th field, the start.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: fields[19] ?? '' };
  } catch {
    return { state: '', started: '' };
  }
}

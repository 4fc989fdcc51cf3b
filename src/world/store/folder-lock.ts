import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Disk } from './disk.ts';
import { lockName } from './names.ts';
import { StoreError } from './store-error.ts';

/** Who holds a folder. */
interface Holder {
  readonly pid: number;
  /** When the process started, in the system's own count; tells it from a later one with the same number. */
  readonly started: string;
  readonly host: string;
}

/** How often a holder shows that it lives, for other machines, which cannot look at its process. */
const SIGN_MS = 5000;
/** Without a sign for so long, a holder on another machine is taken for dead. */
const SILENT_MS = 3 * SIGN_MS;

/**
 * Keeps a second process out of a data folder. Times are those of the file system: holders on several machines have
 * nothing else in common.
 */
export class FolderLock {
  private constructor(
    private readonly disk: Disk,
    private readonly file: string,
    private readonly signs: NodeJS.Timeout,
  ) {}

  /**
   * Takes a folder. A lock whose process is gone does not count.
   *
   * @throws StoreError the folder is in use
   */
  static async take(disk: Disk, folder: string): Promise<FolderLock> {
    const file = path.join(folder, lockName);
    const own: Holder = { pid: process.pid, started: await startOf(disk, process.pid), host: hostname() };
    const found = { disk, file, folder, own };
    if (!(await created(disk, file, own))) {
      await alone(found, async (now) => {
        await removeIfDead(found, now);
        if (!(await created(disk, file, own))) throw takenJustNow(folder);
      });
    }
    const signs = setInterval(() => void sign(file, own), SIGN_MS);
    signs.unref();
    return new FolderLock(disk, file, signs);
  }

  async release(): Promise<void> {
    clearInterval(this.signs);
    await this.disk.unlink(this.file).catch((error: NodeJS.ErrnoException) => {
      // Removed by hand: it is free all the same.
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

interface Found {
  readonly disk: Disk;
  readonly file: string;
  readonly folder: string;
  readonly own: Holder;
}

/**
 * Judges a lock while nobody else does. Of two that find the same dead lock, the second one could otherwise remove
 * the lock that the first one has just put in its place.
 *
 * @param judge is given the time by the file system, in milliseconds
 * @throws StoreError another process is at it
 */
async function alone(
  { disk, file, folder, own }: Found,
  judge: (now: number) => Promise<void>,
): Promise<void> {
  const guard = `${file}.judging`;
  if (!(await created(disk, guard, own))) {
    const read = await readHolder(disk, guard);
    if (read && (await timeOf(disk, file, own)) - read.signAt < SILENT_MS) throw takenJustNow(folder);
    // Its process ended in the middle, long ago.
    await disk.unlink(guard);
    if (!(await created(disk, guard, own))) throw takenJustNow(folder);
  }
  try {
    await judge((await readHolder(disk, guard))?.signAt ?? 0);
  } finally {
    await disk.unlink(guard);
  }
}

/** The time by the file system: that of a file which is made now. */
async function timeOf(disk: Disk, file: string, own: Holder): Promise<number> {
  const probe = `${file}.${randomUUID()}`;
  await created(disk, probe, own);
  const made = await readHolder(disk, probe);
  await disk.unlink(probe);
  return made?.signAt ?? 0;
}

function takenJustNow(folder: string): StoreError {
  return new StoreError(`The data folder ${folder} is being taken by another process at this moment.`);
}

const lockText = (own: Holder): string => `${JSON.stringify(own)}\n`;

async function created(disk: Disk, file: string, own: Holder): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await disk.open(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(lockText(own));
  } finally {
    await handle.close();
  }
  return true;
}

/** @throws StoreError the holder lives */
async function removeIfDead({ disk, file, folder, own }: Found, now: number): Promise<void> {
  const read = await readHolder(disk, file);
  if (!read) return;
  const { holder, signAt } = read;
  const inUse = (more: string) =>
    new StoreError(
      `The data folder ${folder} is in use by process ${holder?.pid ?? 'unknown'}${more} End that twin first, or choose another folder with --data.`,
    );
  if (!holder || holder.host !== own.host) {
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
  await disk.unlink(file);
}

async function readHolder(
  disk: Disk,
  file: string,
): Promise<{ readonly holder: Holder | undefined; readonly signAt: number } | undefined> {
  let handle: FileHandle;
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
    const { pid, started, host } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>;
    return Number.isSafeInteger(pid) && Number(pid) > 0
      ? { pid: Number(pid), started: String(started), host: String(host) }
      : undefined;
  } catch {
    return undefined;
  }
}

async function lives(disk: Disk, { pid, started }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await startOf(disk, pid);
  return now === '' || started === '' || now === started;
}

/** When a process started, where the system says so (Linux); empty elsewhere, and for one that is gone. */
async function startOf(disk: Disk, pid: number): Promise<string> {
  try {
    const stat = (await disk.readFile(`/proc/${pid}/stat`)).toString('latin1');
    // The name in parentheses may hold anything; after it the start is the 20th field.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Writes the lock again as it is, which tells the time. */
async function sign(file: string, own: Holder): Promise<void> {
  try {
    const handle = await open(file, 'r+');
    await handle.writeFile(lockText(own)).finally(() => handle.close());
  } catch {
    // The lock was removed by hand, or the disk is gone: the next write to the write-ahead log says so.
  }
}

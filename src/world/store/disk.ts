import { constants, readFileSync } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { Low } from 'lowdb';
import { DataFile, JSONFile } from 'lowdb/node';

/** How the values of a database stand in its file. */
export interface Form<T> {
  readonly parse: (text: string) => T;
  readonly stringify: (data: T) => string;
}

/** Tells a file from another one that has its name later. */
export interface Identity {
  readonly dev: number;
  readonly ino: number;
}

export interface Stat extends Identity {
  /** Who may read and write it, as the system counts it. */
  readonly mode: number;
}

/** The little of an open file that the store needs. */
export interface OpenFile {
  read(
    bytes: Uint8Array,
    offset: number,
    length: number,
    at: number,
  ): Promise<{ readonly bytesRead: number }>;
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    at: number,
  ): Promise<{ readonly bytesWritten: number }>;
  readFile(encoding: 'utf8'): Promise<string>;
  stat(): Promise<Identity & { readonly mtimeMs: number }>;
  sync(): Promise<void>;
  datasync(): Promise<void>;
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

export const identityOf = async (handle: OpenFile): Promise<Identity> => {
  const { dev, ino } = await handle.stat();
  return { dev, ino };
};

export const isSame = (one: Identity, other: Identity | undefined): boolean =>
  one.ino === other?.ino && one.dev === other.dev;

/**
 * The little of a file system that the store needs; a test puts one that fails in its place. Errors are Node's own.
 */
export interface Disk {
  open(file: string, flags: string | number): Promise<OpenFile>;
  readFile(file: string): Promise<Buffer>;
  readFileSync(file: string): Buffer;
  readdir(folder: string): Promise<string[]>;
  /** Makes a folder that only its owner can look into, with those above it, if it is not there. */
  mkdir(folder: string): Promise<unknown>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; a copy where the disk knows no such thing. */
  link(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
  /** What stands under a name now; undefined when nothing does. */
  stat(file: string): Promise<Stat | undefined>;
  /** Removes a folder and everything in it, or nothing. */
  rm(folder: string): Promise<void>;
  /** A lowdb database in one file; as indented JSON when no other form is given. */
  database<T>(file: string, initial: T, form?: Form<T>): Low<T>;
}

/** The disk of this machine. */
export const localDisk: Disk = {
  open,
  readFile: (file) => readFile(file),
  readFileSync: (file) => readFileSync(file),
  readdir: (folder) => readdir(folder),
  mkdir: madeFolder,
  rename,
  link: linkedOrCopied,
  unlink,
  stat: foundStat,
  rm: (folder) => rm(folder, { recursive: true, force: true }),
  // Never one of lowdb's presets: those take memory instead of the file when NODE_ENV is "test".
  database: (file, initial, form) => new Low(form ? new DataFile(file, form) : new JSONFile(file), initial),
};

async function linkedOrCopied(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await synced(localDisk, to);
  }
}

/**
 * Node's own recursive form tries for ever when a folder is there and nothing can be made in it (such as /proc).
 */
async function madeFolder(folder: string): Promise<void> {
  try {
    await madeOne(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    // Another one may have made it meanwhile, for a folder of its own.
    if (!(await isThere(above))) await madeFolder(above);
    await madeOne(folder);
  }
}

/** A state holds passwords and cookies. */
async function madeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!(await isThere(folder))?.isDirectory()) throw error;
  }
}

async function foundStat(file: string): Promise<Stat | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

const isThere = (file: string) => stat(file).catch(() => undefined);

/**
 * Writes a database of one value as a whole or not at all, and waits until it is on the disk. lowdb gives a file its
 * name before what is in it is there for sure: after a loss of power it would be empty.
 */
export async function writeDatabase<T>(disk: Disk, file: string, value: T): Promise<void> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
  await disk.database<T>(draft, value).write();
  await synced(disk, draft);
  await disk.rename(draft, file);
  await synced(disk, path.dirname(file));
}

/** Makes a folder with those above it, and waits until their names are on the disk. */
export async function makeFolder(disk: Disk, folder: string): Promise<void> {
  if (await disk.stat(folder)) return void (await disk.mkdir(folder));
  const above = path.dirname(folder);
  if (above !== folder) await makeFolder(disk, above);
  await disk.mkdir(folder);
  await synced(disk, above);
}

/** Waits until a file, or the list of files in a folder, is on the disk and not only on its way. */
export async function synced(disk: Disk, file: string): Promise<void> {
  const handle = await disk.open(file, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows does not know how to do this for folders.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM' || process.platform !== 'win32') throw error;
  } finally {
    await handle.close();
  }
}

/** Writes a file as a whole or not at all, and waits until it is on the disk. */
export async function writeWhole(disk: Disk, file: string, bytes: Uint8Array): Promise<void> {
  await disk.rename(
    await writeDraft(disk, path.join(path.dirname(file), `.${path.basename(file)}.tmp`), bytes),
    file,
  );
}

/**
 * Writes a file as a whole, unless there is one of its name already.
 *
 * @param writer tells its draft from those of other processes
 * @returns whether it was written
 */
export async function writeNew(
  disk: Disk,
  { file, bytes, writer }: { readonly file: string; readonly bytes: Uint8Array; readonly writer: string },
): Promise<boolean> {
  const name = `.${path.basename(file)}.${writer}.tmp`;
  const draft = path.join(path.dirname(file), name);
  try {
    await writeDraft(disk, draft, bytes);
    await disk.link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    // One that stays is removed when the folder is tidied.
    await disk.unlink(draft).catch(() => {});
  }
}

async function writeDraft(disk: Disk, draft: string, bytes: Uint8Array): Promise<string> {
  const handle = await disk.open(draft, 'w');
  try {
    await writeAt(handle, bytes, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}

/** Writes all bytes at a place of a file, in as many pieces as the disk takes. */
export async function writeAt(handle: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

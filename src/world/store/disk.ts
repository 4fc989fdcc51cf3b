import {
  copyFile,
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import path from 'node:path';
import { Low } from 'lowdb';
import { DataFile, JSONFile } from 'lowdb/node';

/** How the values of a database stand in its file. */
export interface Form<T> {
  readonly parse: (text: string) => T;
  readonly stringify: (data: T) => string;
}

/**
 * The little of a file system that the store needs; a test puts one that fails in its place. Errors are Node's own.
 */
export interface Disk {
  open(file: string, flags: string | number): Promise<FileHandle>;
  readFile(file: string): Promise<Buffer>;
  readdir(folder: string): Promise<string[]>;
  /** Makes a folder that only its owner can look into, with those above it, if it is not there. */
  mkdir(folder: string): Promise<unknown>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; a copy where the disk knows no such thing. */
  link(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
  /** Removes a folder and everything in it, or nothing. */
  rm(folder: string): Promise<void>;
  /** A lowdb database in one file; as indented JSON when no other form is given. */
  database<T>(file: string, initial: T, form?: Form<T>): Low<T>;
}

/** The disk of this machine. */
export const localDisk: Disk = {
  open,
  readFile: (file) => readFile(file),
  readdir: (folder) => readdir(folder),
  mkdir: madeFolder,
  rename,
  link: linkedOrCopied,
  unlink,
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
    await copyFile(from, to);
    await synced(localDisk, to);
  }
}

/**
 * Node's own recursive form tries for ever when a folder is there and nothing can be made in it (such as /proc).
 */
async function madeFolder(folder: string): Promise<void> {
  try {
    // A state holds passwords and cookies.
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await isThere(folder))?.isDirectory()) return;
    const above = path.dirname(folder);
    if (code !== 'ENOENT' || (await isThere(above))) throw error;
    await madeFolder(above);
    await madeFolder(folder);
  }
}

const isThere = (file: string) => stat(file).catch(() => undefined);

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
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.tmp`);
  const handle = await disk.open(draft, 'w');
  try {
    await writeAt(handle, bytes, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await disk.rename(draft, file);
}

/** Writes all bytes at a place of a file, in as many pieces as the disk takes. */
export async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

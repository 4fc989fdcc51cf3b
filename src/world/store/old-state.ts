import path from 'node:path';
import type { Disk } from './disk.ts';
import { synced } from './disk.ts';
import { contentsFolder, kindOf, worldsFolder } from './names.ts';

/** Why a place beside the folder cannot take its files: it belongs to another user, or to another disk. */
const notBeside: ReadonlySet<string | undefined> = new Set(['EXDEV', 'EACCES', 'EPERM', 'EROFS', 'EBUSY']);

/**
 * Keeps what a folder holds under another name: beside the folder, or in it when nothing can be put beside it (such as
 * a volume of a container). Nothing is removed; the files have two names, and cost no room, until the folder is tidied.
 *
 * @param time tells it from others, in milliseconds since the epoch
 * @returns where it is kept
 */
export async function keepOldState(disk: Disk, root: string, time: number): Promise<string> {
  const stamp = new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  try {
    return await keptIn(disk, root, `${path.resolve(root)}.old-${stamp}`);
  } catch (error) {
    if (!notBeside.has((error as NodeJS.ErrnoException).code)) throw error;
    return keptIn(disk, root, path.join(root, `old-${stamp}`));
  }
}

async function keptIn(disk: Disk, root: string, wanted: string): Promise<string> {
  const old = await freeFolder(disk, wanted);
  await disk.mkdir(old);
  try {
    for (const name of await disk.readdir(root)) {
      if (!kindOf(name) && name !== contentsFolder && name !== worldsFolder) continue;
      await link(disk, path.join(root, name), path.join(old, name));
    }
    await synced(disk, old);
    await synced(disk, path.dirname(old));
    return old;
  } catch (error) {
    await disk.rm(old);
    throw error;
  }
}

/** Gives a file, or everything in a folder, a second name. */
async function link(disk: Disk, from: string, to: string): Promise<void> {
  const names = await disk.readdir(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTDIR') throw error;
  });
  if (!names) return disk.link(from, to);
  await disk.mkdir(to);
  for (const name of names) await link(disk, path.join(from, name), path.join(to, name));
  await synced(disk, to);
}

async function freeFolder(disk: Disk, wanted: string): Promise<string> {
  const names = new Set(await disk.readdir(path.dirname(wanted)));
  const base = path.basename(wanted);
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!names.has(name)) return path.join(path.dirname(wanted), name);
  }
}

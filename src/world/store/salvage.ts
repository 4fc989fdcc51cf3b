import path from 'node:path';
import type { World } from '../world.ts';
import { Contents } from './contents.ts';
import { type Disk, localDisk, writeDatabase } from './disk.ts';
import { FolderLock } from './folder-lock.ts';
import { migrations } from './format.ts';
import { noteName, worldNumber, worldsFolder } from './names.ts';
import { type TakenOut, writeTakenOut } from './open-store.ts';
import { generationsIn, type Opening, type SeedBase } from './opening.ts';
import { type Recovered, stateOf } from './recovery.ts';
import { CorruptDataError, problemOf, StoreError } from './store-error.ts';
import { TableRegistry, type Tables } from './table-registry.ts';

export interface SalvageOptions {
  readonly tables: Tables;
  /** Tells what in a world nobody can reach, because what it hangs on is missing: a sentence for each. */
  readonly unreachable?: ((world: World) => readonly string[]) | undefined;
  readonly disk?: Disk;
}

/** A world that was read as far as it can be. */
interface Salvaged {
  /** Relative to the data folder; empty for the main world. */
  readonly folder: string;
  readonly state: TakenOut;
}

/** What a data folder holds that can be read. */
export interface SalvagedFolder {
  readonly worlds: readonly Salvaged[];
  /** What is damaged or missing, a sentence for each. */
  readonly problems: readonly string[];
}

/**
 * Reads everything in a data folder that can be read, and changes nothing in it.
 *
 * @throws StoreError the folder is in use, or nothing can be read
 */
export async function salvaged(folder: string, options: SalvageOptions): Promise<SalvagedFolder> {
  const { disk = localDisk } = options;
  try {
    if (!(await disk.stat(folder))) throw new StoreError(`There is no folder ${folder}.`);
    const lock = await FolderLock.take(disk, folder);
    try {
      return await readAll(folder, { ...options, disk });
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw problemOf(error, folder);
  }
}

/**
 * Writes what was read to another folder, as a state that a twin goes on with.
 *
 * @throws StoreError the folder cannot be used, or holds a state already
 */
export async function writeSalvaged(
  { worlds }: SalvagedFolder,
  { from, to }: { readonly from: string; readonly to: string },
  options: SalvageOptions,
): Promise<void> {
  const { disk = localDisk } = options;
  try {
    for (const { folder, state } of worlds) {
      await writeTakenOut(path.join(to, folder), state, options);
      if (folder === '') continue;
      const note = await disk.readFile(path.join(from, folder, noteName));
      await writeDatabase(disk, path.join(to, folder, noteName), JSON.parse(note.toString()) as object);
    }
  } catch (error) {
    throw problemOf(error, to);
  }
}

type Known = SalvageOptions & Required<Pick<SalvageOptions, 'disk'>>;

async function readAll(root: string, options: Known): Promise<SalvagedFolder> {
  const problems: string[] = [];
  const main = await best(root, undefined, { ...options, problems });
  const worlds: Salvaged[] = [{ folder: '', state: { ...main, base: undefined } }];
  const { id } = main.manifest.seed;
  const base = id === undefined ? undefined : { id, world: main.seed };
  for (const name of await namesIn(options.disk, path.join(root, worldsFolder))) {
    if (worldNumber(name) === undefined) continue;
    const folder = path.join(worldsFolder, name);
    try {
      const note = await options.disk.readFile(path.join(root, folder, noteName));
      JSON.parse(note.toString());
      const state = await best(path.join(root, folder), base, { ...options, problems });
      worlds.push({ folder, state: { ...state, base: state.seedDiffers && base } });
    } catch (error) {
      const problem = problemOf(error, folder);
      problems.push(`${path.join(root, folder)} is left out: ${(problem as Error).message}`);
    }
  }
  if (problems.length > 0)
    for (const { folder, state } of worlds)
      for (const sentence of options.unreachable?.(state.world) ?? [])
        problems.push(`In the world of ${path.join(root, folder)} ${sentence}`);
  return { worlds, problems };
}

/** The state behind the manifest of which the least is damaged, and of those the newest. */
async function best(
  root: string,
  base: SeedBase | undefined,
  { disk, tables, problems }: Known & { readonly problems: string[] },
): Promise<Recovered> {
  const { manifests, wals } = generationsIn(await disk.readdir(root));
  let found: { readonly state: Recovered; readonly told: readonly string[] } | undefined;
  for (const generation of [...manifests].reverse()) {
    const told: string[] = [];
    const opening: Opening = {
      ...{
        disk,
        root,
        tables: new TableRegistry(tables),
        contents: new Contents(disk, root),
        migrations,
        base,
      },
      remedy: 'Put the folder back from a copy.',
      warn: (message) => told.push(message),
      salvage: ({ message }) => told.push(message),
    };
    try {
      const state = await stateOf(opening, generation, wals);
      if (!found || told.length < found.told.length) found = { state, told };
      if (told.length === 0) break;
      // What an older one shows damaged is told as well only when it is the one that is taken.
    } catch (error) {
      if (!(error instanceof CorruptDataError)) throw error;
      problems.push(error.message);
    }
  }
  if (!found) throw new StoreError(`Nothing can be read in ${root}: it has no manifest that is whole.`);
  problems.push(...found.told);
  return found.state;
}

async function namesIn(disk: Disk, folder: string): Promise<readonly string[]> {
  return (await disk.stat(folder)) ? disk.readdir(folder) : [];
}

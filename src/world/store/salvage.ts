import path from 'node:path';
import type { World } from '../world.ts';
import { Contents } from './contents.ts';
import { type Disk, localDisk, makeFolder } from './disk.ts';
import { FolderLock } from './folder-lock.ts';
import { migrations } from './format.ts';
import { noteDraftName, noteName, worldNumber, worldsFolder } from './names.ts';
import { type TakenOut, writeTakenOut } from './open-store.ts';
import { generationsIn, type Opening, type SeedBase } from './opening.ts';
import { type Recovered, stateOf } from './recovery.ts';
import { CorruptDataError, problemOf, StoreError } from './store-error.ts';
import { TableRegistry, type Tables } from './table-registry.ts';
import { readWorldNote, type WorldNote, writeWorldNote } from './world-note.ts';

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
  /** undefined for one that another twin has now, of which nothing but the note is here. */
  readonly state: TakenOut | undefined;
  /** undefined for the main world, which needs none. */
  readonly note: WorldNote | undefined;
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
  to: string,
  options: SalvageOptions,
): Promise<void> {
  const { disk = localDisk } = options;
  try {
    for (const { folder, state, note } of worlds) {
      if (state) await writeTakenOut(path.join(to, folder), state, options);
      else await makeFolder(disk, path.join(to, folder));
      if (note) await writeWorldNote(disk, path.join(to, folder, noteName), note);
    }
  } catch (error) {
    throw problemOf(error, to);
  }
}

type Known = SalvageOptions & Required<Pick<SalvageOptions, 'disk'>>;

async function readAll(root: string, options: Known): Promise<SalvagedFolder> {
  const problems: string[] = [];
  const main = await best(root, undefined, { ...options, problems });
  const worlds: Salvaged[] = [{ folder: '', state: { ...main, base: undefined }, note: undefined }];
  const { id } = main.manifest.seed;
  const base = id === undefined ? undefined : { id, world: main.seed };
  for (const name of await namesIn(options.disk, path.join(root, worldsFolder))) {
    if (worldNumber(name) === undefined) continue;
    const folder = path.join(worldsFolder, name);
    try {
      const found = await readOther({ root, folder, base }, { ...options, problems });
      if (found) worlds.push(found);
    } catch (error) {
      const problem = problemOf(error, folder);
      problems.push(`${path.join(root, folder)} is left out: ${(problem as Error).message}`);
    }
  }
  if (problems.length > 0) for (const world of worlds) problems.push(...unreachableIn(root, world, options));
  return { worlds, problems };
}

function unreachableIn(root: string, { folder, state }: Salvaged, { unreachable }: Known): string[] {
  const sentences = (state && unreachable?.(state.world)) ?? [];
  return sentences.map((sentence) => `In the world of ${path.join(root, folder)} ${sentence}`);
}

type Telling = Known & { readonly problems: string[] };

/** @returns undefined for one that never was there: the process ended while it made it */
async function readOther(
  {
    root,
    folder,
    base,
  }: { readonly root: string; readonly folder: string; readonly base: SeedBase | undefined },
  options: Telling,
): Promise<Salvaged | undefined> {
  const at = path.join(root, folder);
  const names = await options.disk.readdir(at);
  if (names.includes(noteDraftName) && !names.includes(noteName)) return undefined;
  const known = await readWorldNote(options.disk, at);
  if (known?.move?.phase === 'away') return { folder, state: undefined, note: known };
  const state = await best(at, base, options);
  const note = known ?? noteFrom(folder, state, options.problems);
  return { folder, state: { ...state, base: state.seedDiffers && base }, note };
}

/** The note of a world whose own cannot be read: it is called after its folder. */
function noteFrom(folder: string, { clock }: Recovered, problems: string[]): WorldNote {
  const name = path.basename(folder).replace(/^\d+-(?=.)/, '');
  problems.push(
    `${noteName} of the world in ${folder}, which says what it is called, is missing or damaged; it is called "${name}" now, after its folder, and has no port of its own`,
  );
  return { name, madeAt: clock.host };
}

/** The state behind the manifest of which the least is damaged, and of those the newest. */
async function best(
  root: string,
  base: SeedBase | undefined,
  { disk, tables, problems }: Telling,
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

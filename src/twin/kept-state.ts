import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Log } from '../log/log.ts';
import type { KeptWorlds } from '../world/store/kept-worlds.ts';
import type { openDataFolder } from '../worlds/data-folder.ts';
import type { WorldStart } from '../worlds/hosted-world.ts';
import { secondsSince } from './announced.ts';
import type { TwinOptions } from './options.ts';

/** After this time a waiting user is told what for. */
const WORTH_TELLING_MS = 500;

/** Opens the data folder, if there is to be one. The code for it is loaded only then. */
export async function openKept(
  { data, fresh }: TwinOptions,
  options: Parameters<typeof openDataFolder>[1] & { readonly log: Log },
): Promise<KeptWorlds | undefined> {
  if (data === undefined || data === '') return undefined;
  const { openDataFolder: open } = await import('../worlds/data-folder.ts');
  const begun = performance.now();
  let isLong = false;
  const telling = setTimeout(() => {
    isLong = true;
    options.log.info(`Opening the data folder ${data}…`);
  }, WORTH_TELLING_MS);
  try {
    return await open(data, { ...options, fresh });
  } finally {
    clearTimeout(telling);
    if (isLong) options.log.info(`The data folder is open after ${secondsSince(begun)}`);
  }
}

/** Identifies the text of a scenario file, without what it extends; undefined for one that is not there, or no file. */
export function fileHash(scenario: string | object): string | undefined {
  if (typeof scenario !== 'string') return undefined;
  try {
    const hash = createHash('sha256');
    // An export may be larger than what can be read at once.
    const file = openSync(scenario, 'r');
    try {
      const block = Buffer.allocUnsafe(1024 * 1024);
      for (let size = readSync(file, block); size > 0; size = readSync(file, block))
        hash.update(block.subarray(0, size));
    } finally {
      closeSync(file);
    }
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

/** Whether a state goes on that is known to have begun with another text than that of the scenario now. */
export function hasChanged({ goesOn, seedSource }: KeptWorlds['main'], source: string | undefined): boolean {
  return goesOn && source !== undefined && seedSource !== undefined && source !== seedSource;
}

/** What a world that was kept begins from: where it was. */
export function goingOn(store: KeptWorlds['main']): WorldStart {
  return { world: store.world, clock: store.clock.choice(), kept: store };
}

import path from 'node:path';
import { ScenarioError } from '../scenario/reading/problem.ts';
import { type Reloading, reload, tellWrong } from './served-scenario.ts';

/** A file that is saved gives several events; it is looked at so long after the first. */
const SETTLE_MS = 30;

/** A file that is wrong may be half written: only one that stays so for this long is told of. */
const GRACE_MS = 250;

/** A watcher that is told of changes until it is closed. */
export interface Watching {
  close(): Promise<void>;
}

/**
 * Reloads the served scenario whenever one of its files changes. A file that is wrong leaves the state as it was, and
 * the log says why.
 *
 * The folders are watched and not the files, so that a file that is replaced, removed and made again, or a link that
 * leads elsewhere is noticed like any other change.
 */
export async function watchScenario(reloading: Reloading): Promise<Watching> {
  const { served, log } = reloading;
  const { watch } = await import('chokidar');
  let folders = foldersOf(served.files);
  const watcher = watch([...folders], {
    depth: 0,
    followSymlinks: false,
    ignoreInitial: true,
    // Removing a file is news at once; what is put in its place is news again.
    atomic: false,
    ignored: (file, stats) =>
      !served.files.has(file) && !folders.has(file) && stats?.isSymbolicLink() === false,
  });
  let looking: NodeJS.Timeout | undefined;
  let telling: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  const read = async () => {
    if (!served.hasChanged()) return;
    clearTimeout(telling);
    try {
      await reload(reloading);
    } catch (error) {
      if (error instanceof ScenarioError) telling = setTimeout(() => tellWrong(log, error), GRACE_MS);
      else log.error('A mistake of ours while reading the scenario again', { error });
    }
    folders = foldersOf(served.files);
    watcher.add([...folders, ...served.files]);
    // The events of what changed while it was read have come already.
    if (served.hasChanged()) wake();
  };
  const look = () => {
    looking = undefined;
    reading ??= read().finally(() => {
      reading = undefined;
    });
  };
  const wake = () => {
    looking ??= setTimeout(look, SETTLE_MS);
  };
  watcher.on('all', wake);
  // Those of the system too: chokidar's own miss a file that takes the place of another a second time.
  watcher.on('raw', wake);
  watcher.on('error', (error) =>
    log.warn('The files of the scenario cannot be watched; POST /__admin/reload reads them again', { error }),
  );
  await new Promise<void>((resolve) => void watcher.once('ready', resolve));
  // What changed while the watcher began.
  look();
  return {
    close: async () => {
      await watcher.close();
      await reading;
      clearTimeout(looking);
      clearTimeout(telling);
    },
  };
}

function foldersOf(files: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...files].map((file) => path.dirname(file)));
}

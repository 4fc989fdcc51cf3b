import { tables } from './tables.ts';
import { useAllSessions } from './testtrack/rules/sessions-after-restart.ts';
import { openStore, type StoreOptions } from './world/store/open-store.ts';
import type { Store } from './world/store/store.ts';

/**
 * Opens a folder that keeps a world of both products. It is a file of its own because it is loaded only by a twin that
 * has such a folder.
 *
 * @throws StoreProblem the folder cannot be used, or its state cannot be read; whatever `seed` throws
 */
export function openDataFolder(
  folder: string,
  options: Omit<StoreOptions, 'tables' | 'afterRestart'>,
): Promise<Store> {
  return openStore(folder, { ...options, tables, afterRestart: useAllSessions });
}

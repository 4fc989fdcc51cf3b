import { useAllSessions } from '../testtrack/rules/sessions-after-restart.ts';
import { KeptWorlds } from '../world/store/kept-worlds.ts';
import type { StoreOptions } from '../world/store/open-store.ts';
import { tables } from './tables.ts';

/**
 * Opens a folder that keeps the worlds of a twin. It is a file of its own because it is loaded only by a twin that has
 * such a folder.
 *
 * @throws StoreError the folder cannot be used, or its state cannot be read; whatever `seed` throws
 */
export function openDataFolder(
  folder: string,
  options: Omit<StoreOptions, 'tables' | 'afterRestart'>,
): Promise<KeptWorlds> {
  return KeptWorlds.open(folder, { ...options, tables, afterRestart: useAllSessions });
}

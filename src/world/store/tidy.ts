import path from 'node:path';
import type { Disk } from './disk.ts';
import type { Manifest } from './manifest.ts';
import { isDraft, kindOf } from './names.ts';

/**
 * Removes what no state is read from any more. What was set aside, and what is not ours, stays.
 *
 * @param kept the manifests whose checkpoints stay; the write-ahead logs from the oldest of them on stay too
 */
export async function tidyFolder(disk: Disk, root: string, kept: readonly Manifest[]): Promise<void> {
  const generations = new Set(kept.map(({ generation }) => generation));
  const oldest = Math.min(...generations);
  // Later ones are those of a holder that has taken the folder since.
  const newest = Math.max(...generations);
  const folders = new Set(
    kept.flatMap(({ seed, state }) => [seed.checkpoint.folder, state.checkpoint.folder]),
  );
  for (const name of await disk.readdir(root)) {
    const file = path.join(root, name);
    const found = kindOf(name);
    if (found && found.generation > newest) continue;
    if (isDraft(name)) await disk.unlink(file);
    else if (found?.kind === 'manifest' && !generations.has(found.generation)) await disk.unlink(file);
    else if (found?.kind === 'wal' && found.generation < oldest) await disk.unlink(file);
    else if ((found?.kind === 'seed' || found?.kind === 'state') && !folders.has(name)) await disk.rm(file);
  }
}

import path from 'node:path';
import type { Disk } from './disk.ts';
import type { Manifest } from './manifest.ts';
import { type FolderEntry, isDraft, kindOf } from './names.ts';

/**
 * Removes what no state is read from any more. What was set aside, and what is not ours, stays.
 *
 * @param kept the manifests whose checkpoints stay; the write-ahead logs from the oldest of them on stay too
 */
export async function tidyFolder(disk: Disk, root: string, kept: readonly Manifest[]): Promise<void> {
  const generations = new Set(kept.map(({ generation }) => generation));
  const oldest = Math.min(...generations);
  const newest = Math.max(...generations);
  const folders = new Set(kept.flatMap(foldersOf));
  const isUnused = (name: string, { kind, generation }: FolderEntry): boolean => {
    // Later ones are those of a holder that has taken the folder since.
    if (generation > newest) return false;
    if (kind === 'manifest') return !generations.has(generation);
    return kind === 'wal' ? generation < oldest : !folders.has(name);
  };
  for (const name of await disk.readdir(root)) {
    const file = path.join(root, name);
    const found = kindOf(name);
    if (isDraft(name)) await disk.unlink(file);
    else if (!found || !isUnused(name, found)) continue;
    else if (found.kind === 'manifest' || found.kind === 'wal') await disk.unlink(file);
    else await disk.rm(file);
  }
}

/** The folders of its checkpoints, and of what is below them. */
function foldersOf({ seed, state }: Manifest): (string | undefined)[] {
  const layers = (seed.layers ?? []).map((layer) => layer.state.checkpoint);
  return [seed.checkpoint, state.checkpoint, ...layers].map(({ folder }) => folder.split('/')[0]);
}

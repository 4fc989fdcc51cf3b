import type { Path } from '../world.ts';

/** The version of what this program writes into a data folder. A change of how records look is a new version too. */
export const formatVersion = 3;

/** From this version on each record of a checkpoint has a checksum of its own. */
export const checkedRecords = 3;

/** Brings what an older version wrote to the next version. */
export interface Migration {
  /** The version it reads; it gives the version after. */
  readonly from: number;
  /**
   * What one record becomes.
   *
   * @param record as it was written, decoded
   * @returns the path and the record in the new version; undefined for a record that has none
   */
  record(path: Path, record: unknown): { readonly path: Path; readonly record: unknown } | undefined;
}

/** The migrations of this program, in any order. */
export const migrations: readonly Migration[] = [
  // Only names changed: of files (`journal-*`), and of members in manifests and first lines of logs.
  { from: 1, record: (path, record) => ({ path, record }) },
  // Records of checkpoints have no checksums, and seeds no layers.
  { from: 2, record: (path, record) => ({ path, record }) },
];

/**
 * All migrations from a version to this program's, in order; none for the own version.
 *
 * @returns undefined when one is missing
 */
export function migrationsFrom(
  version: number,
  known: readonly Migration[],
): readonly Migration[] | undefined {
  const needed: Migration[] = [];
  for (let at = version; at < formatVersion; at++) {
    const next = known.find(({ from }) => from === at);
    if (!next) return undefined;
    needed.push(next);
  }
  return needed;
}

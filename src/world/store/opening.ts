import type { World } from '../world.ts';
import type { Contents } from './contents.ts';
import type { Disk } from './disk.ts';
import { formatVersion, type Migration, migrationsFrom } from './format.ts';
import { type Kind, kindOf } from './names.ts';
import { type CorruptDataError, StoreError } from './store-error.ts';
import type { TableRegistry } from './table-registry.ts';

/** The seed of another folder that seeds can be on top of: of a fork only what differs from it is written. */
export interface SeedBase {
  readonly id: string;
  readonly world: World;
}

/** A data folder that is being opened. */
export interface Opening {
  readonly disk: Disk;
  readonly root: string;
  readonly tables: TableRegistry;
  readonly contents: Contents;
  readonly migrations: readonly Migration[];
  /** What seeds may be on top of. */
  readonly base: SeedBase | undefined;
  /** What to do about a state that cannot be read, in a sentence. */
  readonly remedy: string;
  /** Is told what had to be set aside. */
  readonly warn: (message: string) => void;
  /** Reads on behind what is damaged, which it is told of, and changes nothing in the folder. */
  readonly salvage?: ((what: CorruptDataError) => void) | undefined;
}

/** A write-ahead log in a folder. */
export interface WalFile {
  readonly generation: number;
  readonly name: string;
}

/** The generations in a folder, by what is there of them. */
export interface Generations {
  readonly manifests: readonly number[];
  readonly wals: readonly WalFile[];
  readonly highest: number;
}

/** Looks through the names in a folder. */
export function generationsIn(names: readonly string[]): Generations {
  const found = names.flatMap((name) => {
    const kind = kindOf(name);
    return kind ? [{ ...kind, name }] : [];
  });
  const of = (wanted: Kind) =>
    found.filter(({ kind }) => kind === wanted).sort((a, b) => a.generation - b.generation);
  return {
    manifests: of('manifest').map(({ generation }) => generation),
    wals: of('wal').map(({ generation, name }) => ({ generation, name })),
    highest: Math.max(0, ...found.map(({ generation }) => generation)),
  };
}

/** @throws StoreError for a version that this program does not know */
export function migrationsOf({ root, migrations }: Opening, version: number): readonly Migration[] {
  if (version > formatVersion) {
    throw new StoreError(
      `The data folder ${root} was written by a newer Twintrack: it has format ${version}, this one knows ${formatVersion}. Use that version, or another folder.`,
    );
  }
  const needed = migrationsFrom(version, migrations);
  if (!needed) {
    throw new StoreError(
      `The data folder ${root} has format ${version}, which this version no longer reads (it knows ${formatVersion}). Use another folder, or start once with --fresh, which moves the state aside.`,
    );
  }
  return needed;
}

import path from 'node:path';
import type { ClockChoice, SavedClock } from '../clock.ts';
import type { CheckpointIndex } from './checkpoint.ts';
import { checksum } from './checksum.ts';
import { type Disk, synced, writeDatabase } from './disk.ts';
import { formatVersion } from './format.ts';
import { manifestName } from './names.ts';
import { CorruptDataError } from './store-error.ts';

/** How a data folder says what it is. */
const formatName = 'twintrack state';

/** What a state can be read from, together with the write-ahead logs of this generation and later. */
export interface Manifest {
  readonly format: typeof formatName;
  readonly version: number;
  readonly generation: number;
  /** What a reset goes back to. */
  readonly seed: {
    /** Names it to seeds that are on top of it; without one it is of an earlier day, and none is. */
    readonly id?: string | undefined;
    /** The seed it is on top of: what differs from that one is here, and nothing else. */
    readonly base?: string | undefined;
    /** Identifies the scenario that it was made from; not known of folders of an earlier day. */
    readonly source?: string | undefined;
    readonly worldSeed: string;
    readonly clock: ClockChoice;
    readonly checkpoint: CheckpointIndex;
    /** What is laid over that, one on top of the other. */
    readonly layers?: readonly Layer[] | undefined;
  };
  /** The world after a record of the write-ahead log, as what differs from the seed. */
  readonly state: {
    readonly after: number;
    readonly clock: SavedClock;
    readonly checkpoint: CheckpointIndex;
  };
}

/**
 * A state of another folder as of one record, whose files have a second name in this one: the checkpoint's folder holds
 * its parts, and the write-ahead logs from `generation` on. They are never written to here.
 */
export interface Layer extends Pick<Manifest, 'generation' | 'state'> {
  /** The number of the record with which it ends. */
  readonly until: number;
}

/** As it stands in the file: with the checksum of everything else. */
type Written = Manifest & { readonly checksum: string };

/** Writes a manifest by temporary file and rename, and waits until it is on the disk. From then on it counts. */
export async function writeManifest(
  disk: Disk,
  root: string,
  content: Omit<Manifest, 'format' | 'version'>,
): Promise<Manifest> {
  const file = path.join(root, manifestName(content.generation));
  const manifest: Manifest = { format: formatName, version: formatVersion, ...content };
  const written: Written = { ...manifest, checksum: checksum(JSON.stringify(manifest)) };
  // The folders that it names have to be there before it is.
  await synced(disk, root);
  await writeDatabase(disk, file, written);
  return manifest;
}

/**
 * Reads a manifest, of whatever version.
 *
 * @throws CorruptDataError it is not what was written
 */
export async function readManifest(disk: Disk, root: string, generation: number): Promise<Manifest> {
  const file = path.join(root, manifestName(generation));
  const database = disk.database<Written | null>(file, null);
  try {
    await database.read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CorruptDataError(file, Number(/position (\d+)/.exec(error.message)?.[1] ?? 0), error.message);
  }
  const { checksum: noted, ...manifest } = database.data ?? { format: '', checksum: '' };
  if (manifest.format !== formatName) throw new CorruptDataError(file, 0, 'it does not describe a state');
  if (noted !== checksum(JSON.stringify(manifest)))
    throw new CorruptDataError(file, 0, 'the checksum is wrong');
  const read = manifest as Manifest | ManifestOfFormat1;
  return isOfFormat1(read) ? renamed(read) : read;
}

type OfFormat1<T extends { readonly checkpoint: unknown }> = Omit<T, 'checkpoint'> & {
  readonly snapshot: T['checkpoint'];
};
type ManifestOfFormat1 = Omit<Manifest, 'seed' | 'state'> & {
  readonly seed: OfFormat1<Manifest['seed']>;
  readonly state: OfFormat1<Manifest['state']>;
};

const isOfFormat1 = (manifest: Manifest | ManifestOfFormat1): manifest is ManifestOfFormat1 =>
  manifest.version === 1;

/** Format 1 called checkpoints snapshots. */
function renamed({ seed, state, ...others }: ManifestOfFormat1): Manifest {
  const { snapshot: seedCheckpoint, ...seedOthers } = seed;
  const { snapshot: stateCheckpoint, ...stateOthers } = state;
  return {
    ...others,
    seed: { ...seedOthers, checkpoint: seedCheckpoint },
    state: { ...stateOthers, checkpoint: stateCheckpoint },
  };
}

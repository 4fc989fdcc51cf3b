import path from 'node:path';
import type { CheckpointIndex } from './checkpoint.ts';
import { type Disk, synced } from './disk.ts';
import { inLanes } from './lanes.ts';
import type { Layer, Manifest } from './manifest.ts';
import { kindOf } from './names.ts';

/** The files of a folder that its world can be read from, as of one record. */
export interface SharedState {
  readonly root: string;
  readonly manifest: Manifest;
  /** The number of the record. */
  readonly until: number;
  /** The generation of the last log that belongs to it. */
  readonly highest: number;
  /** The contents that its records name, by hash. */
  readonly contents: readonly string[];
}

/** What a seed consists of that is such a state. */
export type SharedSeed = Pick<Manifest['seed'], 'checkpoint' | 'layers'>;

/** Of a fork of a fork of a fork, each brings a layer; with so many of them the next one is written as a whole. */
const MOST_LAYERS = 8;

export const canBeShared = ({ manifest }: SharedState): boolean =>
  (manifest.seed.layers?.length ?? 0) < MOST_LAYERS;

/**
 * Gives the files of a state a second name in another folder, where they are a seed. It costs little for each file,
 * whatever its size, and they stay as long as one of the folders needs them.
 *
 * @param at the data folder, and the seed's own within it; `isBase` tells whether that folder knows the seed of the state
 * already, so that only what differs from it is wanted
 * @throws Error of the file system
 */
export async function linkSeed(
  disk: Disk,
  at: { readonly root: string; readonly folder: string; readonly isBase: boolean },
  { root: from, manifest, until, highest }: SharedState,
): Promise<SharedSeed> {
  const { seed, ...own } = manifest;
  await disk.rm(path.join(at.root, at.folder));
  await disk.mkdir(path.join(at.root, at.folder));
  const link = { disk, from, to: at.root };
  const below = (number: number) => `${at.folder}/${number}`;
  const [checkpoint, ...layers] = await Promise.all([
    at.isBase ? nothing : linkCheckpoint(link, seed.checkpoint, below(0)),
    ...(seed.layers ?? []).map((layer, index) =>
      linkLayer(
        link,
        { layer, logsIn: layer.state.checkpoint.folder, highest: Number.POSITIVE_INFINITY },
        below(index + 1),
      ),
    ),
    linkLayer(link, { layer: { ...own, until }, logsIn: '', highest }, below((seed.layers?.length ?? 0) + 1)),
  ]);
  await synced(disk, path.join(at.root, at.folder));
  return { checkpoint, layers };
}

const nothing: CheckpointIndex = { folder: '', parts: [], counters: [], files: [] };

interface Link {
  readonly disk: Disk;
  readonly from: string;
  readonly to: string;
}

async function linkCheckpoint(link: Link, index: CheckpointIndex, folder: string): Promise<CheckpointIndex> {
  await linkAll(link, { files: index.parts.map(({ name }) => path.join(index.folder, name)), folder });
  return { ...index, folder };
}

/** @param logsIn where its logs are, relative to the other data folder; those up to `highest` belong to it */
async function linkLayer(
  link: Link,
  { layer, logsIn, highest }: { readonly layer: Layer; readonly logsIn: string; readonly highest: number },
  folder: string,
): Promise<Layer> {
  const { generation, state, until } = layer;
  const logs = (await link.disk.readdir(path.join(link.from, logsIn))).filter((name) => {
    const found = kindOf(name);
    return found?.kind === 'wal' && found.generation >= generation && found.generation <= highest;
  });
  const parts = state.checkpoint.parts.map(({ name }) => path.join(state.checkpoint.folder, name));
  await linkAll(link, { files: [...parts, ...logs.map((name) => path.join(logsIn, name))], folder });
  return { generation, state: { ...state, checkpoint: { ...state.checkpoint, folder } }, until };
}

async function linkAll(
  { disk, from, to }: Link,
  { files, folder }: { readonly files: readonly string[]; readonly folder: string },
): Promise<void> {
  const target = path.join(to, folder);
  await disk.mkdir(target);
  await inLanes(files, (file) => disk.link(path.join(from, file), path.join(target, path.basename(file))));
  await synced(disk, target);
}

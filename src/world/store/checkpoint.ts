import path from 'node:path';
import type { FileContent } from '../file-content.ts';
import type { Key } from '../table.ts';
import type { Path, World } from '../world.ts';
import { checksum } from './checksum.ts';
import type { Contents } from './contents.ts';
import { type Disk, synced } from './disk.ts';
import { checkedEntry, type Entry, goneText, putText } from './entries.ts';
import { partName } from './names.ts';
import { CorruptDataError, StoreError } from './store-error.ts';

/** The keys that may differ between two worlds, by collection. */
export type Touched = ReadonlyMap<Path, ReadonlySet<Key>>;

/** One file of a checkpoint. */
export interface PartInfo {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly checksum: string;
}

/** What a checkpoint consists of. */
export interface CheckpointIndex {
  /** Relative to the data folder; empty when there are no parts. */
  readonly folder: string;
  readonly parts: readonly PartInfo[];
  readonly counters: readonly (readonly [name: string, last: number])[];
  /** The contents that its records name, by hash. */
  readonly files: readonly string[];
}

/**
 * What is gathered before it is written, in characters. Making a part is all that one turn of the event loop is held
 * for: some five milliseconds.
 */
const PART = 256 * 1024;

export interface CheckpointSource {
  readonly world: World;
  /** What the checkpoint is on top of: only what differs from it is written. */
  readonly base: World;
  /** Where they may differ. */
  readonly touched: Touched;
  /** Where the contents that its records name are kept. */
  readonly contents: Contents;
}

/**
 * Writes a world in parts, letting others have their turn after each. The world is a value: what is called meanwhile
 * makes others and leaves this one alone.
 *
 * @param at the data folder, and the checkpoint's own within it
 * @throws Error of the file system
 */
export async function writeCheckpoint(
  disk: Disk,
  at: { readonly root: string; readonly folder: string },
  source: CheckpointSource,
): Promise<CheckpointIndex> {
  const folder = path.join(at.root, at.folder);
  const files = new Map<string, FileContent>();
  const parts: PartInfo[] = [];
  await disk.rm(folder);
  let texts: string[] = [];
  let size = 0;
  const write = async () => {
    if (parts.length === 0) await disk.mkdir(folder);
    await source.contents.keep(files.values());
    parts.push(await writePart(disk, path.join(folder, partName(parts.length + 1)), texts));
    texts = [];
    size = 0;
  };
  for (const text of entryTexts(source, (content) => files.set(content.sha256, content))) {
    texts.push(text);
    size += text.length;
    if (size >= PART) await write();
  }
  if (texts.length > 0) await write();
  if (parts.length > 0) await synced(disk, folder);
  return { folder: at.folder, parts, counters: [...source.world.counters], files: [...files.keys()] };
}

function* entryTexts(
  { world, base, touched }: CheckpointSource,
  onFile: (content: FileContent) => void,
): Generator<string> {
  for (const [path, keys] of touched) {
    const after = world.collections.get(path);
    const before = base.collections.get(path);
    if (after === before || (after ?? before)?.table.isVolatile) continue;
    // More keys may be added while this goes on; they are none of this world's.
    for (const key of [...keys]) {
      const record = after?.get(key);
      if (record === before?.get(key)) continue;
      yield record === undefined ? goneText(path, key) : putText(path, record, onFile);
    }
  }
}

/** Every key of a world: what differs from an empty one. */
export function everyKey(world: World): Touched {
  return new Map([...world.collections].map(([path, collection]) => [path, new Set(collection.keys())]));
}

async function writePart(disk: Disk, file: string, texts: readonly string[]): Promise<PartInfo> {
  const text = `[\n${texts.join(',\n')}\n]\n`;
  const form = { stringify: (whole: string) => whole, parse: (whole: string) => whole };
  await disk.database(file, text, form).write();
  await synced(disk, file);
  return { name: path.basename(file), size: Buffer.byteLength(text), checksum: checksum(text) };
}

/**
 * Reads a checkpoint.
 *
 * @param onEntry gets each record, in the order in which they were written
 * @throws CorruptDataError a part is not what was written
 */
export async function readCheckpoint(
  from: CheckpointReading,
  index: CheckpointIndex,
  onEntry: (entry: Entry) => void,
): Promise<void> {
  const { parts } = index;
  const coming: Promise<Part>[] = [];
  for (const [at] of parts.entries()) {
    for (const part of parts.slice(at + coming.length, at + AHEAD)) {
      const reading = readPart(from, path.join(from.root, index.folder, part.name), part);
      // Whatever went wrong is told when its turn comes.
      reading.catch(() => {});
      coming.push(reading);
    }
    const part = await coming.shift();
    if (part) applyPart(part, from.onCorrupt, onEntry);
  }
}

/** Where a checkpoint is read from. */
export interface CheckpointReading {
  readonly disk: Disk;
  readonly root: string;
  /** Is told of what is not what was written; then everything that can be read is read. Without it nothing is. */
  readonly onCorrupt?: ((what: CorruptDataError) => void) | undefined;
}

/** A part of a checkpoint as it was read. */
interface Part {
  readonly file: string;
  readonly values: readonly unknown[];
}

/** Parts that are read while others are made use of, so that nobody waits for the disk. */
const AHEAD = 4;

/** @throws CorruptDataError */
async function readPart({ disk, onCorrupt }: CheckpointReading, file: string, info: PartInfo): Promise<Part> {
  const database = disk.database<readonly unknown[] | null>(file, null, {
    parse: (text) => (onCorrupt ? readableOf({ file, text, info }, onCorrupt) : parsedPart(file, text, info)),
    stringify: JSON.stringify,
  });
  await database.read();
  if (!database.data) {
    if (!onCorrupt) throw new CorruptDataError(file, 0, 'it is not there');
    onCorrupt(new CorruptDataError(file, 0, 'it is not there, and its records are left out'));
  }
  return { file, values: database.data ?? [] };
}

/** @throws CorruptDataError */
function applyPart(
  { file, values }: Part,
  onCorrupt: CheckpointReading['onCorrupt'],
  onEntry: (entry: Entry) => void,
): void {
  for (const value of values) {
    try {
      onEntry(checkedEntry(value));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const corrupt = error instanceof CorruptDataError ? error : new CorruptDataError(file, 0, reason);
      if (!onCorrupt) throw corrupt;
      onCorrupt(corrupt);
    }
  }
}

/** @throws CorruptDataError */
function parsedPart(file: string, text: string, part: PartInfo): readonly unknown[] {
  if (Buffer.byteLength(text) !== part.size) {
    throw new CorruptDataError(
      file,
      wholeUntil(text),
      `it has ${Buffer.byteLength(text)} bytes, and had ${part.size}`,
    );
  }
  if (checksum(text) !== part.checksum)
    throw new CorruptDataError(file, wholeUntil(text), 'the checksum is wrong');
  return JSON.parse(text) as readonly unknown[];
}

/** The lines of a part that can be read, each a record; of a damaged one nobody knows that they are what they were. */
function readableOf(
  { file, text, info }: { readonly file: string; readonly text: string; readonly info: PartInfo },
  onCorrupt: (what: CorruptDataError) => void,
): readonly unknown[] {
  try {
    return parsedPart(file, text, info);
  } catch (error) {
    if (!(error instanceof CorruptDataError)) throw error;
    const lines = text.split('\n').filter((line) => line !== '' && line !== '[' && line !== ']');
    const readable = lines.map((line) => line.replace(/,$/, '')).filter(isJson);
    const reason = `${error.reason}; ${readable.length} records of it are taken as they stand, ${lines.length - readable.length} cannot be read`;
    onCorrupt(new CorruptDataError(file, error.offset, reason));
    return readable.map((line) => JSON.parse(line) as unknown);
  }
}

/** The byte up to which the lines of a part can be read. */
function wholeUntil(text: string): number {
  let end = text.indexOf('\n') + 1;
  for (;;) {
    const next = text.indexOf('\n', end);
    if (next < 0 || !isJson(text.slice(end, next).replace(/,$/, ''))) break;
    end = next + 1;
  }
  // When every line can be read, any of them may be the one that is not what it was.
  const isReadable = text.slice(end).trim() === ']';
  return isReadable ? 0 : Buffer.byteLength(text.slice(0, end));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

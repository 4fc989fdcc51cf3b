import path from 'node:path';
import type { FileContent } from '../file-content.ts';
import type { Key } from '../table.ts';
import type { Path, World } from '../world.ts';
import { checksum } from './checksum.ts';
import type { Contents } from './contents.ts';
import { type Disk, synced } from './disk.ts';
import { checkedEntry, checkedText, type Entry, goneText, isWhole, pathIn, putText } from './entries.ts';
import { checkedRecords } from './format.ts';
import { partName } from './names.ts';
import { CorruptDataError, StoreError } from './store-error.ts';

/** One file of a checkpoint. */
export interface PartInfo {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly checksum: string;
  /** How many records are in it; not known of format 2. */
  readonly records?: number | undefined;
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
  readonly touched: ReadonlyMap<Path, Iterable<Key>>;
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
    // More keys may be added while this goes on; what they name is in this world as it is in its base.
    for (const key of keys) {
      const record = after?.get(key);
      if (record === before?.get(key)) continue;
      yield record === undefined ? goneText(path, key) : putText(path, record, onFile);
    }
  }
}

/** Every key of a world: what differs from an empty one. There is no list of them: it would have a million. */
export function everyKey(world: World): CheckpointSource['touched'] {
  return new Map(
    [...world.collections].map(([path, collection]) => [
      path,
      { [Symbol.iterator]: () => collection.keys() },
    ]),
  );
}

async function writePart(disk: Disk, file: string, texts: readonly string[]): Promise<PartInfo> {
  const text = `[\n${texts.map(checkedText).join(',\n')}\n]\n`;
  const form = { stringify: (whole: string) => whole, parse: (whole: string) => whole };
  await disk.database(file, text, form).write();
  await synced(disk, file);
  return {
    name: path.basename(file),
    size: Buffer.byteLength(text),
    checksum: checksum(text),
    records: texts.length,
  };
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
    if (part) applyPart(part, from, onEntry);
  }
}

/** Where a checkpoint is read from. */
export interface CheckpointReading {
  readonly disk: Disk;
  readonly root: string;
  /** The format in which it was written. */
  readonly version: number;
  /** Is told of what is not what was written; then everything that can be read is read. Without it nothing is. */
  readonly onCorrupt?: ((what: CorruptDataError) => void) | undefined;
}

/** A part of a checkpoint as it was read. */
interface Part {
  readonly file: string;
  readonly values: readonly unknown[];
}

/** The text of a part, and what it has to be. */
interface PartText {
  readonly file: string;
  readonly text: string;
  readonly info: PartInfo;
}

/** Parts that are read while others are made use of, so that nobody waits for the disk. */
const AHEAD = 4;

/** @throws CorruptDataError */
async function readPart(from: CheckpointReading, file: string, info: PartInfo): Promise<Part> {
  const { disk, onCorrupt } = from;
  const database = disk.database<readonly unknown[] | null>(file, null, {
    parse: (text) =>
      onCorrupt ? readableOf({ file, text, info }, from, onCorrupt) : parsedPart({ file, text, info }, from),
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
  { onCorrupt, version }: CheckpointReading,
  onEntry: (entry: Entry) => void,
): void {
  const hasChecksums = version >= checkedRecords;
  const entryOf = (value: unknown): Entry =>
    checkedEntry(hasChecksums && Array.isArray(value) ? value.slice(1) : value);
  for (const value of values) {
    try {
      onEntry(entryOf(value));
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
function parsedPart({ file, text, info }: PartText, from: CheckpointReading): readonly unknown[] {
  const isReadable = readableIn(from);
  if (Buffer.byteLength(text) !== info.size) {
    throw new CorruptDataError(
      file,
      wholeUntil(text, isReadable),
      `it has ${Buffer.byteLength(text)} bytes, and had ${info.size}`,
    );
  }
  if (checksum(text) !== info.checksum)
    throw new CorruptDataError(file, wholeUntil(text, isReadable), 'the checksum is wrong');
  return JSON.parse(text) as readonly unknown[];
}

/**
 * The lines of a part that can be read, each a record. In a damaged one only those that are what they were; in format 2
 * nobody knows that of any of them.
 */
function readableOf(
  part: PartText,
  from: CheckpointReading,
  onCorrupt: (what: CorruptDataError) => void,
): readonly unknown[] {
  try {
    return parsedPart(part, from);
  } catch (error) {
    if (!(error instanceof CorruptDataError)) throw error;
    const { file, text, info } = part;
    const isReadable = readableIn(from);
    const lines = text.split('\n').filter((line) => line !== '' && line !== '[' && line !== ']');
    const records = lines.map((line) => line.replace(/,$/, ''));
    const readable = records.filter(isReadable);
    const count = (info.records ?? records.length) - readable.length;
    const rest =
      from.version < checkedRecords
        ? `taken as they stand, ${count} cannot be read`
        : `whole, left out: ${count}${pathsOf(records.filter((record) => !isReadable(record)))}`;
    const reason = `${error.reason}; ${readable.length} records of it are ${rest}`;
    onCorrupt(new CorruptDataError(file, error.offset, reason));
    return readable.map((line) => JSON.parse(line) as unknown);
  }
}

function pathsOf(records: readonly string[]): string {
  const paths = new Set(records.map(pathIn));
  return paths.size === 0 ? '' : ` (of ${[...paths].join(', ')})`;
}

/** Whether a line of a part is what was written, as far as its format can tell. */
function readableIn({ version }: CheckpointReading): (line: string) => boolean {
  return version < checkedRecords ? isJson : isWhole;
}

/** The byte up to which the lines of a part can be read. */
function wholeUntil(text: string, isReadable: (line: string) => boolean): number {
  let end = text.indexOf('\n') + 1;
  for (;;) {
    const next = text.indexOf('\n', end);
    if (next < 0 || !isReadable(text.slice(end, next).replace(/,$/, ''))) break;
    end = next + 1;
  }
  // When every line can be read, any of them may be the one that is not what it was.
  const isRead = text.slice(end).trim() === ']';
  return isRead ? 0 : Buffer.byteLength(text.slice(0, end));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

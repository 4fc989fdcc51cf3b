import type { ClockChoice } from '../../world/clock.ts';
import type { Collection } from '../../world/collection.ts';
import type { FileContent } from '../../world/file-content.ts';
import { sortedKeys } from '../../world/sorted-keys.ts';
import { encoded } from '../../world/store/encoding.ts';
import type { Path, World } from '../../world/world.ts';
import { byFirst, exportHead } from './exported.ts';
import { withWrittenNames } from './member-names.ts';
import { inLine, readAlike } from './scenario-text.ts';

/** How a state is written: one JSON text, or a JSON text in each line, for states of any size. */
export type ExportForm = 'json' | 'lines';

/**
 * Writes a world as a scenario, piece by piece: a record is a piece, a large file several, and an empty one says that others
 * may have a turn. So it takes no memory to speak of, whatever the state takes. There is a line for each record, so that
 * two exports can be compared line by line.
 */
export function exportText(world: World, clock: ClockChoice, form: ExportForm): Generator<string> {
  return form === 'json' ? jsonText(world, clock) : linesText(world, clock);
}

function* jsonText(world: World, clock: ClockChoice): Generator<string> {
  const files = new Map<string, FileContent>();
  const head = inLine(exportHead(world, clock));
  yield `${head.slice(0, -1)},\n"state":{\n"counters":${inLine(sortedCounters(world))},\n"tables":{`;
  let before = '';
  for (const [path, collection] of filledTables(world)) {
    yield `${before}\n${inLine(path)}:[`;
    let between = '';
    for (const record of writtenRecords(collection, (content) => files.set(content.sha256, content))) {
      yield record === '' ? '' : `${between}\n${record}`;
      if (record !== '') between = ',';
    }
    yield ']';
    before = ',';
  }
  yield '},\n"files":{';
  before = '';
  for (const [sha256, { bytes }] of [...files].sort(byFirst)) {
    yield `${before}\n"${sha256}":"`;
    yield* base64Pieces(bytes);
    yield '"';
    before = ',';
  }
  yield '}\n}}\n';
}

/** A file stands before the first record that names it, so that reading needs to look at nothing twice. */
function* linesText(world: World, clock: ClockChoice): Generator<string> {
  const known = new Set<string>();
  let records = 0;
  yield `${inLine(exportHead(world, clock))}\n`;
  yield `${inLine({ counters: sortedCounters(world) })}\n`;
  for (const [path, collection] of filledTables(world)) {
    yield `${inLine({ table: path })}\n`;
    const found: FileContent[] = [];
    for (const record of writtenRecords(collection, (content) => found.push(content))) {
      yield* fileLines(found.splice(0), known);
      yield record === '' ? '' : `{"record":${record}}\n`;
      if (record !== '') records += 1;
    }
  }
  yield `${inLine({ end: true, records })}\n`;
}

function* fileLines(files: readonly FileContent[], known: Set<string>): Generator<string> {
  for (const { sha256, bytes } of files) {
    if (known.has(sha256)) continue;
    known.add(sha256);
    yield `{"file":"${sha256}","base64":"`;
    yield* base64Pieces(bytes);
    yield '"}\n';
  }
}

function filledTables(world: World): [Path, Collection<unknown>][] {
  return [...world.collections].filter(([, { size }]) => size > 0).sort(byFirst);
}

function* writtenRecords(
  collection: Collection<unknown>,
  onFile: (content: FileContent) => void,
): Generator<string> {
  for (const key of sortedKeys(collection.keys())) {
    if (key === undefined) yield '';
    else yield readAlike(withWrittenNames(encoded(collection.get(key), onFile)));
  }
}

function sortedCounters(world: World): Record<string, number> {
  return Object.fromEntries([...world.counters].sort(byFirst));
}

/** Of three bytes come four letters, so that pieces can be put together. */
const PIECE_BYTES = 3 * 16 * 1024;

function* base64Pieces(bytes: Uint8Array): Generator<string> {
  for (let from = 0; from < bytes.byteLength; from += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, bytes.byteLength - from);
    yield Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString('base64');
  }
}

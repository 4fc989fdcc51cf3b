import type { HandedSession } from '../aptest/run/open-sessions.ts';
import type { Recorded } from '../journal/journal.ts';
import type { Snapshot } from '../snapshots/snapshots.ts';
import type { ClockChoice, SavedClock } from '../world/clock.ts';
import type { Instant } from '../world/instant.ts';
import { changesBetween, countersBetween } from '../world/step-between.ts';
import { encoded } from '../world/store/encoding.ts';
import { goneText, putText } from '../world/store/entries.ts';
import type { Path } from '../world/table.ts';
import { World } from '../world/world.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { valueText } from './value-text.ts';

/** What a world is called and begins with: the other twin is told before it gets the world itself. */
export interface MoveHead {
  /** Tells the process that sends it from all others. */
  readonly twin: string;
  /** Names this attempt. */
  readonly id: string;
  readonly name: string;
  /** The address of the twin that has the world. */
  readonly from: string;
  /** Of the state, as a data folder has it. */
  readonly format: number;
  /** By the host's clock of the twin that made it. */
  readonly madeAt: Instant;
  readonly source?: string | undefined;
  /** What its ids are derived from. */
  readonly worldSeed: string;
  /** How its clock runs after a reset. */
  readonly start: ClockChoice;
}

/** What a world holds beside its records. It is sent whole each time. */
export interface Accompanying {
  readonly clock: SavedClock;
  readonly resets: number;
  /** The names of all snapshots, in their order. */
  readonly snapshots: readonly string[];
  readonly sessions: readonly HandedSession[];
  readonly journal: {
    /** The number of the oldest entry that is kept, and of the last one that was written. */
    readonly first: number;
    readonly last: number;
    readonly missed?: string | undefined;
  };
}

/** A line of a parcel, one JSON text each. */
export type ParcelLine =
  /** What follows goes into the seed, or on top of the state as it was sent last. */
  | { readonly to: 'seed' | 'state' }
  /** What follows, on top of the state or snapshot before it, is a snapshot. */
  | { readonly to: 'snapshot'; readonly snapshot: Omit<Snapshot, 'world'> }
  /** Records, as a write-ahead log has them. */
  | { readonly put: readonly unknown[] }
  /** All records of a table that no data folder keeps. */
  | { readonly all: Path; readonly records: readonly unknown[] }
  | { readonly counters: readonly (readonly [name: string, last: number])[] }
  /** A part of the content of a file, before the record that names it. */
  | { readonly file: string; readonly base64: string; readonly isLast: boolean }
  | { readonly entry: string }
  | { readonly with: Accompanying }
  /** How many lines came before. */
  | { readonly end: number };

/** What of a world the other twin has. */
export interface SentState {
  readonly world: World;
  readonly snapshots: ReadonlyMap<string, World>;
  /** The number of the last entry of the journal. */
  readonly entries: number;
  /** The contents of files, by hash. */
  readonly files: Set<string>;
}

/** What goes over the wire, and what the other twin has when it has come. */
export interface Parcel {
  /** Each takes some milliseconds to make at most. */
  readonly lines: Iterable<string>;
  readonly sent: SentState;
  /** How many records are in the lines that were made so far. */
  readonly recordCount: () => number;
}

/** Records go together up to so many, or so many characters: some milliseconds of work on either side. */
const MOST_RECORDS = 200;
const MOST_TEXT = 128 * 1024;

/** Of three bytes come four letters, so that pieces can be put together. */
const PIECE_BYTES = 3 * 32 * 1024;

/**
 * A world as it is at this moment, or what is different since it was sent last. It is made from values, so the world may go
 * on meanwhile.
 */
export function parcelOf(hosted: HostedWorld, since?: SentState): Parcel {
  const { runner, journal, openSessions } = hosted;
  const { world, seed } = runner;
  const snapshots = hosted.snapshots.list();
  const kept = journal.count;
  const last = journal.recorded;
  const entries = journal.entriesAfter(since?.entries ?? 0, kept);
  const files = new Set(since?.files);
  const sent: SentState = {
    ...{ world, files, entries: last },
    snapshots: new Map(snapshots.map((snapshot) => [snapshot.name, snapshot.world])),
  };
  const accompanying: Accompanying = {
    clock: runner.clock.saved(),
    resets: runner.resetCount,
    snapshots: snapshots.map(({ name }) => name),
    sessions: openSessions.handed(),
    journal: { first: last - kept + 1, last, missed: journal.lastMiss },
  };
  const isNew = ({ name, world: then }: Snapshot) => since?.snapshots.get(name) !== then;
  const parts = { seed: since ? undefined : seed, from: since?.world ?? seed, world, files };
  const fresh = snapshots.filter(isNew).reverse();
  const counted = new CountedLines();
  return {
    lines: counted.lines(parcelLines(parts, fresh, { entries, accompanying })),
    sent,
    recordCount: () => counted.records,
  };
}

interface States {
  /** Undefined when the other twin has it. */
  readonly seed: World | undefined;
  readonly from: World;
  readonly world: World;
  readonly files: Set<string>;
}

function* parcelLines(
  { seed, from, world, files }: States,
  fresh: readonly Snapshot[],
  { entries, accompanying }: { readonly entries: readonly Recorded[]; readonly accompanying: Accompanying },
): Generator<ParcelLine> {
  if (seed) {
    yield { to: 'seed' };
    yield* differenceLines(new World(seed.seed), seed, files);
  }
  yield { to: 'state' };
  yield* differenceLines(from, world, files);
  let before = world;
  // The latest first: it differs least from the state.
  for (const { name, at, clock, world: then } of fresh) {
    yield { to: 'snapshot', snapshot: { name, at, clock } };
    yield* differenceLines(before, then, files);
    before = then;
  }
  for (const entry of entries) yield { entry: valueText(entry) };
  yield { with: accompanying };
}

/** What leads from one state to another. What no data folder keeps is sent table by table. */
function* differenceLines(from: World, to: World, files: Set<string>): Generator<ParcelLine> {
  let put: unknown[] = [];
  let length = 0;
  for (const { path, key, after } of changesBetween(from, to)) {
    const found: [sha256: string, bytes: Uint8Array][] = [];
    const text =
      after === undefined
        ? goneText(path, key)
        : putText(path, after, ({ sha256, bytes }) => void found.push([sha256, bytes]));
    for (const [sha256, bytes] of found) yield* fileLines(sha256, bytes, files);
    put.push(JSON.parse(text));
    length += text.length;
    if (put.length < MOST_RECORDS && length < MOST_TEXT) continue;
    yield { put };
    put = [];
    length = 0;
  }
  if (put.length > 0) yield { put };
  for (const [path, collection] of to.collections) {
    if (!collection.table.isVolatile || from.collections.get(path) === collection) continue;
    const records = [...collection.values()].map(
      (record) => JSON.parse(encoded(record, () => {})) as unknown,
    );
    yield { all: path, records };
  }
  const counters = countersBetween(from, to);
  if (counters.length > 0) yield { counters };
}

function* fileLines(sha256: string, bytes: Uint8Array, files: Set<string>): Generator<ParcelLine> {
  if (files.has(sha256)) return;
  files.add(sha256);
  for (let from = 0; from === 0 || from < bytes.byteLength; from += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, bytes.byteLength - from);
    const base64 = Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString('base64');
    yield { file: sha256, base64, isLast: from + PIECE_BYTES >= bytes.byteLength };
  }
}

/** Lines as text, with how many there were at the end. */
class CountedLines {
  records = 0;

  *lines(parcel: Iterable<ParcelLine>): Generator<string> {
    let count = 0;
    for (const line of parcel) {
      count += 1;
      if ('put' in line) this.records += line.put.length;
      yield `${JSON.stringify(line)}\n`;
    }
    yield `${JSON.stringify({ end: count } satisfies ParcelLine)}\n`;
  }
}

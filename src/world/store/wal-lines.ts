import type { SavedClock } from '../clock.ts';
import { checksum } from './checksum.ts';
import { checkedEntry, type Entry } from './entries.ts';
import { CorruptDataError, StoreError } from './store-error.ts';

/** One thing that happened to a world. Records of a write-ahead log are numbered through, over all logs of a folder. */
export interface WalRecord {
  readonly n: number;
  readonly entries?: readonly Entry[];
  /** The counters that moved, with their last numbers. */
  readonly counters?: readonly (readonly [name: string, last: number])[];
  readonly clock?: SavedClock;
  /** The world went back to its seed. */
  readonly reset?: true;
}

/** The first line of a write-ahead log. */
export interface WalHead {
  readonly wal: number;
  readonly version: number;
  /**
   * The number of the last record before this log: those behind it in earlier logs do not count. They were refused, or
   * written by a holder from whom the folder had been taken.
   */
  readonly after: number;
  /** It belongs to the manifest of its number, and means nothing before that is written. */
  readonly begins?: true | undefined;
}

const newline = 10;
const colon = 58;

/** A line of a write-ahead log: how many bytes its JSON has, their checksum, the JSON. */
export function walLine(json: string): string {
  return `${Buffer.byteLength(json)}:${checksum(json)}:${json}\n`;
}

/** What was read from a write-ahead log. */
export interface WalText {
  /** The end of the last line that is whole, in bytes. */
  readonly end: number;
  /** Why the rest could not be read, if there is a rest. */
  readonly damage?: CorruptDataError;
}

/**
 * Reads the lines of a log, until the end or until one is not what was written.
 *
 * @param file its path, for messages
 * @param onLine gets the parsed JSON of each; what it throws counts as damage of that line, but for a StoreError
 * @param isOver whether what follows does not count, whatever it is
 */
export function readWalLines(
  { file, bytes }: { readonly file: string; readonly bytes: Buffer },
  onLine: (value: unknown) => void,
  isOver: () => boolean = () => false,
): WalText {
  let start = 0;
  while (start < bytes.length && !isOver()) {
    try {
      const end = bytes.indexOf(newline, start);
      if (end < 0) throw new Error('the last line is cut off');
      onLine(parsedLine(bytes, start, end));
      start = end + 1;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { end: start, damage: new CorruptDataError(file, start, reason) };
    }
  }
  return { end: start };
}

function parsedLine(bytes: Buffer, start: number, end: number): unknown {
  const first = bytes.indexOf(colon, start);
  const second = first < 0 ? -1 : bytes.indexOf(colon, first + 1);
  if (second < 0 || second > end) throw new Error('there is no length and checksum');
  const json = bytes.subarray(second + 1, end);
  if (Number(bytes.toString('latin1', start, first)) !== json.length) throw new Error('the length is wrong');
  if (bytes.toString('latin1', first + 1, second) !== checksum(json))
    throw new Error('the checksum is wrong');
  return JSON.parse(json.toString('utf8'));
}

/** @throws Error for what is no head of a write-ahead log */
export function checkedHead(value: unknown): WalHead {
  const given = (value ?? {}) as Partial<Record<keyof WalHead | 'journal', unknown>>;
  // Format 1 called it a journal.
  const { wal = given.journal, version, after, begins } = given;
  if (![wal, version, after].every((member) => Number.isSafeInteger(member))) {
    throw new Error('this is no first line of a write-ahead log');
  }
  const head = { wal: Number(wal), version: Number(version), after: Number(after) };
  return begins === true ? { ...head, begins } : head;
}

/** @throws Error for what is no record of a write-ahead log, or not the next one */
export function checkedRecord(value: unknown, expected: number): WalRecord {
  const record = value as WalRecord;
  if (record?.n !== expected) throw new Error(`record ${expected} is due, but this is ${record?.n}`);
  for (const entry of record.entries ?? []) checkedEntry(entry);
  return record;
}

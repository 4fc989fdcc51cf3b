import type { SavedClock } from '../clock.ts';
import { checksum } from './checksum.ts';
import { checkedEntry, type Entry } from './entries.ts';
import { Damage, StoreProblem } from './store-problem.ts';

/** One thing that happened to a world. Records of a journal are numbered through, over all journals of a folder. */
export interface JournalRecord {
  readonly n: number;
  readonly entries?: readonly Entry[];
  /** The counters that moved, with their last numbers. */
  readonly counters?: readonly (readonly [name: string, last: number])[];
  readonly clock?: SavedClock;
  /** The world went back to its seed. */
  readonly reset?: true;
}

/** The first line of a journal. */
export interface JournalHead {
  readonly journal: number;
  readonly version: number;
  /** The number of the last record before this journal. */
  readonly after: number;
}

const newline = 10;
const colon = 58;

/** A line of a journal: how many bytes its JSON has, their checksum, the JSON. */
export function journalLine(json: string): string {
  return `${Buffer.byteLength(json)}:${checksum(json)}:${json}\n`;
}

/** What was read from a journal. */
export interface JournalText {
  /** The end of the last line that is whole, in bytes. */
  readonly end: number;
  /** Why the rest could not be read, if there is a rest. */
  readonly damage?: Damage;
}

/**
 * Reads the lines of a journal, until the end or until one is not what was written.
 *
 * @param file its path, for messages
 * @param onLine gets the parsed JSON of each; what it throws counts as damage of that line, but for a StoreProblem
 */
export function readJournalLines(file: string, bytes: Buffer, onLine: (value: unknown) => void): JournalText {
  let start = 0;
  while (start < bytes.length) {
    try {
      const end = bytes.indexOf(newline, start);
      if (end < 0) throw new Error('the last line is cut off');
      onLine(parsedLine(bytes, start, end));
      start = end + 1;
    } catch (error) {
      if (error instanceof StoreProblem) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { end: start, damage: new Damage(file, start, reason) };
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

/** @throws Error for what is no head of a journal */
export function checkedHead(value: unknown): JournalHead {
  const { journal, version, after } = (value ?? {}) as Partial<Record<keyof JournalHead, unknown>>;
  if (![journal, version, after].every((member) => Number.isSafeInteger(member))) {
    throw new Error('this is no first line of a journal');
  }
  return { journal: Number(journal), version: Number(version), after: Number(after) };
}

/** @throws Error for what is no record of a journal, or not the next one */
export function checkedRecord(value: unknown, expected: number): JournalRecord {
  const record = value as JournalRecord;
  if (record?.n !== expected) throw new Error(`record ${expected} is due, but this is ${record?.n}`);
  for (const entry of record.entries ?? []) checkedEntry(entry);
  return record;
}

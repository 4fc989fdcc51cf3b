import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Steps } from '../../answers/steps.ts';
import { isRecord } from '../../input/is-record.ts';
import type { World } from '../../world/world.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import { withOwnNames } from './member-names.ts';
import { StateBuilder } from './put-state.ts';

type Report = (problem: ScenarioProblem) => void;

/** Read at once, in bytes. */
const BLOCK = 1024 * 1024;
/** A line holds a record or a file; a longer one is none of an export. */
const LONGEST_LINE = 400 * 1024 * 1024;

/** The line that an export in lines begins with: what stands in a scenario before the state. */
export function readHead(file: string): unknown {
  for (const line of linesOf(file)) return parsed(line, 1);
  throw new ScenarioProblem([], 'the file is empty');
}

/**
 * Lays the state of an export in lines over a world, line by line: the text is never there as a whole, and a record is what
 * it will be as soon as it was read.
 *
 * @returns the new world; the old one when something was reported
 */
export function* puttingLines(world: World, file: string, report: Report): Steps<World> {
  const builder = new StateBuilder(world, report);
  const read: Read = { records: 0, end: undefined };
  let number = 0;
  for (const text of linesOf(file)) {
    number += 1;
    const table = number === 1 ? undefined : takeLine(builder, read, { text, number });
    if (table !== undefined) yield* builder.table(table);
    yield;
  }
  const { records, end } = read;
  if (end !== records) {
    const said = end === undefined ? 'its last line is missing' : `its last line says ${String(end)} records`;
    const message = `the file is not whole: ${said}, and ${records} were there`;
    throw new ScenarioProblem([], message, 'Export it again.');
  }
  return yield* builder.finish();
}

/** How far reading has come. */
interface Read {
  records: number;
  /** What the last line says: how many records there were. */
  end: unknown;
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** @returns the table that begins with this line, if one does. @throws ScenarioProblem */
function takeLine(builder: StateBuilder, read: Read, { text, number }: Line): string | undefined {
  if (read.end !== undefined) throw wrongLine(number, 'it stands behind the last one');
  const line = parsed(text, number);
  const { record, table, file, base64, counters } = line;
  if (isRecord(record)) {
    read.records += 1;
    builder.record(text.includes('__proto__') ? (withOwnNames(record) as object) : record);
  } else if (typeof table === 'string') return table;
  else if (typeof file === 'string' && typeof base64 === 'string') builder.file(file, base64);
  else if (isCounters(counters)) builder.counters(counters);
  else if (line.end === true && typeof line.records === 'number') read.end = line.records;
  else throw wrongLine(number, 'it holds no record, table, file or counters');
  return undefined;
}

/** Whether these can be the last numbers that counters gave out. */
export function isCounters(value: unknown): value is Record<string, number> {
  return (
    isRecord(value) && Object.values(value).every((each) => Number.isSafeInteger(each) && Number(each) >= 0)
  );
}

/** @throws ScenarioProblem */
function parsed(text: string, number: number): Record<string, unknown> {
  try {
    const line: unknown = JSON.parse(text);
    if (isRecord(line)) return line;
  } catch {
    // Told below, without what stands there.
  }
  throw wrongLine(number, 'it is no JSON object');
}

function wrongLine(number: number, what: string): ScenarioProblem {
  return new ScenarioProblem(
    [],
    `line ${number} is not one of an export: ${what}`,
    'Export the state again.',
  );
}

/** The lines of a file, without their ends. @throws ScenarioProblem */
export function* linesOf(file: string): Generator<string> {
  const opened = openSync(file, 'r');
  try {
    let parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const block = Buffer.allocUnsafe(BLOCK);
      const size = readSync(opened, block, 0, BLOCK, null);
      if (size === 0) break;
      let from = 0;
      for (let end = block.indexOf(10); end !== -1 && end < size; end = block.indexOf(10, from)) {
        yield textOf([...parts, block.subarray(from, end)]);
        parts = [];
        length = 0;
        from = end + 1;
      }
      parts.push(block.subarray(from, size));
      length += size - from;
      if (length > LONGEST_LINE) throw new ScenarioProblem([], `a line has more than ${LONGEST_LINE} bytes`);
    }
    if (length > 0) yield textOf(parts);
  } finally {
    closeSync(opened);
  }
}

function textOf(parts: readonly Buffer[]): string {
  const [only] = parts;
  const line = parts.length === 1 && only ? only : Buffer.concat(parts);
  if (!isUtf8(line)) throw new ScenarioProblem([], 'the file is not text in UTF-8');
  return line.toString('utf8');
}

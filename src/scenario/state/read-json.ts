import type { Steps } from '../../answers/steps.ts';
import { isRecord } from '../../input/is-record.ts';
import { parseJson } from '../../input/json-text.ts';
import type { World } from '../../world/world.ts';
import type { ScenarioProblem } from '../reading/problem.ts';
import { refuseUnfit } from '../reading/unfit.ts';
import { withOwnNames } from './member-names.ts';
import { StateBuilder } from './put-state.ts';
import { isCounters, linesOf } from './read-lines.ts';

/**
 * The beginning of an export in one JSON text, if the file has the lines that an export writes: what stands before the
 * state. Any other text with the same meaning is a scenario too, and is read as those are.
 */
export function exportedHead(file: string): Record<string, unknown> | undefined {
  const lines = linesOf(file);
  try {
    const first = lines.next().value ?? '';
    if (!first.endsWith(',') || lines.next().value !== '"state":{') return undefined;
    const head = parseJson(`${first.slice(0, -1)}}`);
    const isHead = isRecord(head) && Object.keys(head).every((key) => headKeys.has(key));
    return isHead ? head : undefined;
  } catch {
    return undefined;
  } finally {
    lines.return(undefined);
  }
}

const headKeys: ReadonlySet<string> = new Set(['twintrack', 'seed', 'clock']);

/**
 * Lays the state of such a file over a world, record by record: neither its text nor its data are ever there as a whole. It
 * is read twice, because the files that records name stand behind them.
 *
 * @returns undefined when something is wrong, or not as an export writes it: to be found, and told with its place, by
 * reading it as any other scenario
 */
export function* puttingJson(world: World, file: string): Steps<World | undefined> {
  let problem: ScenarioProblem | undefined;
  const builder = new StateBuilder(world, (found) => {
    problem ??= found;
  });
  try {
    yield* takingFiles(builder, file);
    yield* takingTables(builder, file);
    const after = yield* builder.finish();
    return problem ? undefined : after;
  } catch {
    return undefined;
  }
}

/** @throws Error it is not as an export writes it */
function* takingFiles(builder: StateBuilder, file: string): Steps<void> {
  let isWithin = false;
  let last = '';
  for (const line of linesOf(file)) {
    yield;
    last = line;
    if (line.startsWith(filesLine)) isWithin = true;
    else if (isWithin && line !== '}}') takeFile(builder, line);
  }
  if (!isWithin || last !== '}}') throw new Error('the end is missing');
}

const filesLine = '"files":{';

/** @throws Error */
function takeFile(builder: StateBuilder, line: string): void {
  const end = line.length - 1;
  const sha256 = line.slice(1, 65);
  if (!/^[0-9a-f]{64}$/.test(sha256) || !line.startsWith('":"', 65) || !/^"[,}]$/.test(line.slice(end - 1)))
    throw new Error('this is no file');
  builder.file(sha256, line.slice(68, end - 1));
}

/** @throws Error it is not as an export writes it */
function* takingTables(builder: StateBuilder, file: string): Steps<void> {
  const lines = linesOf(file);
  try {
    for (let skipped = 0; skipped < 2; skipped++) lines.next();
    builder.counters(countersIn(lines.next().value ?? ''));
    if (lines.next().value !== '"tables":{') throw new Error('there are no tables');
    // How a line ends follows from the next one.
    let before = lines.next().value ?? '';
    for (const line of lines) {
      yield;
      if (before.startsWith('{')) builder.record(recordIn(before, endingBefore(line)));
      else yield* builder.table(pathIn(before));
      if (line.startsWith(filesLine)) return;
      before = line;
    }
  } finally {
    lines.return(undefined);
  }
}

function endingBefore(next: string): string {
  if (next.startsWith('{')) return ',';
  return next.startsWith(filesLine) ? ']},' : '],';
}

/** @throws Error */
function recordIn(line: string, ending: string): object {
  if (!line.endsWith(ending)) throw new Error('the line ends in another way');
  const record = parseJson(line.slice(0, -ending.length));
  if (!isRecord(record)) throw new Error('this is no record');
  refuseUnfit(record, { file: '', size: line.length, positionOf: () => undefined });
  return line.includes('__proto__') ? (withOwnNames(record) as object) : record;
}

/** @throws Error */
function pathIn(line: string): string {
  const path: unknown = line.endsWith(':[') ? JSON.parse(line.slice(0, -2)) : undefined;
  if (typeof path !== 'string') throw new Error('this is no table');
  return path;
}

/** @throws Error */
function countersIn(line: string): Record<string, number> {
  const { counters } = parseJson(`{${line.slice(0, -1)}}`) as Record<string, unknown>;
  if (!line.endsWith(',') || !isCounters(counters)) throw new Error('these are no counters');
  return counters;
}

import { rmSync } from 'node:fs';
import { loadScenario } from '../../scenario/load.ts';
import { maxYamlBytes } from '../../scenario/reading/document.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { productSections } from '../../scenario/sections.ts';
import { type ScenarioFormat, scenarioText } from '../../scenario/state/scenario-text.ts';
import { writeWholeFile } from '../../scenario/state/whole-file.ts';
import type { Instant } from '../../world/instant.ts';
import { unwritable } from '../files/line-file.ts';
import { RealServerError } from '../real-error.ts';
import type { Notes } from './notes.ts';
import type { StatePart } from './testtrack-state.ts';

/** Where a scenario goes. */
export interface ScenarioOutput {
  readonly out: string;
  readonly format: ScenarioFormat;
  readonly seed: string;
  readonly now: Instant;
}

/**
 * Writes a scenario that was learned from a real server, and loads it.
 *
 * @returns how many bytes it has
 * @throws RealServerError, without the file then
 */
export async function writtenScenario(
  output: ScenarioOutput,
  states: readonly StatePart[],
  notes: Notes,
): Promise<number> {
  const bytes = await written(output, states, notes);
  requireLoads(output, bytes);
  return bytes;
}

async function written(output: ScenarioOutput, states: readonly StatePart[], notes: Notes): Promise<number> {
  const { out, format, seed } = output;
  const files: Record<string, string> = {};
  const state = {
    tables: Object.assign({}, ...states.map(({ tables }) => tables)) as StatePart['tables'],
    counters: Object.assign({}, ...states.map(({ counters }) => counters)) as StatePart['counters'],
    files,
  };
  const texts = scenarioText({ twintrack: 1, seed, clock: { mode: 'real' }, state }, format);
  try {
    return await writeWholeFile(out, withNotes(withFiles(texts, files, states), { format, notes }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
    throw unwritable(out, cause);
  }
}

/** The files of records are known when the records are written, and stand behind them. */
function* withFiles(
  texts: Iterable<string>,
  files: Record<string, string>,
  states: readonly StatePart[],
): Generator<string> {
  for (const text of texts) {
    yield text;
    for (const state of states) Object.assign(files, state.files);
  }
}

/** In YAML, what could not be learned stands behind the records: some of it is found out when they are made. */
function* withNotes(
  texts: Iterable<string>,
  { format, notes }: { readonly format: ScenarioFormat; readonly notes: Notes },
): Generator<string> {
  if (format === 'yaml') yield '# A clone. What the server does not tell stands at the end.\n';
  yield* texts;
  if (format === 'json') return;
  yield '# What the server does not tell, and what the twin does instead:\n';
  for (const { what, assumed } of notes.all) yield `#   ${oneLine(what)}: ${oneLine(assumed)}\n`;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** A clone that would not load is told at once. @throws RealServerError, without the file then */
function requireLoads({ out, now, format }: ScenarioOutput, bytes: number): void {
  if (format === 'yaml' && bytes > maxYamlBytes) {
    rmSync(out, { force: true });
    throw new RealServerError(
      'TWIN_REAL_FILE',
      `The clone has ${bytes} bytes, and YAML of more than ${maxYamlBytes} is not loaded. Give the same command with ${out.replace(/\.\w+$/, '.json')}: nothing is read again.`,
    );
  }
  try {
    loadScenario(out, { now, sections: productSections });
  } catch (cause) {
    if (!(cause instanceof ScenarioError)) throw cause;
    rmSync(out, { force: true });
    throw new RealServerError(
      'TWIN_REAL_FILE',
      `What was read does not load as a scenario:\n${cause.message}`,
      {
        cause,
      },
    );
  }
}

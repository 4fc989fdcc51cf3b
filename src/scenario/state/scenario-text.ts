import { escapeUnits } from '../../text/escapes.ts';
import type { ExportedScenario } from './exported.ts';

export type ScenarioFormat = 'yaml' | 'json';

/** A scenario whose records may be made while they are written, where a list of all would be too much. */
export type WritableScenario = Omit<ExportedScenario, 'state'> & {
  readonly state: Omit<ExportedScenario['state'], 'tables'> & {
    readonly tables: Readonly<Record<string, Iterable<unknown>>>;
  };
};

/**
 * Writes an exported scenario as text, a line for each record, so that two exports can be compared line by line.
 * YAML holds JSON, so both look alike and the text of 100,000 records is made in a moment.
 */
export function* scenarioText(
  { twintrack, seed, clock, state }: WritableScenario,
  format: ScenarioFormat,
): Generator<string> {
  const head: [string, unknown][] = [
    ['twintrack', twintrack],
    ['seed', seed],
    ['clock', clock],
  ];
  if (format === 'json') {
    for (const [at, [name, value]] of head.entries())
      yield `${at === 0 ? '{' : ''}"${name}":${inLine(value)},\n`;
    yield* jsonState(state);
    return;
  }
  for (const [name, value] of head) yield `${name}: ${inLine(value)}\n`;
  yield 'state:\n';
  yield* yamlMap('counters', state.counters);
  yield* yamlTables(state.tables);
  yield* yamlMap('files', state.files);
}

function* yamlMap(name: string, members: object): Generator<string> {
  const entries = Object.entries(members);
  yield `  ${name}:${entries.length === 0 ? ' {}' : ''}\n`;
  for (const [key, value] of entries) yield `    ${inLine(key)}: ${inLine(value)}\n`;
}

function* yamlTables(tables: WritableScenario['state']['tables']): Generator<string> {
  const entries = Object.entries(tables);
  yield `  tables:${entries.length === 0 ? ' {}' : ''}\n`;
  for (const [path, records] of entries) {
    // A name longer than YAML allows for a simple key is announced with a question mark.
    const key = path.length > 900 ? `    ? ${inLine(path)}\n    :` : `    ${inLine(path)}:`;
    let isEmpty = true;
    for (const record of records) {
      yield `${isEmpty ? `${key}\n` : ''}      - ${inLine(record)}\n`;
      isEmpty = false;
    }
    if (isEmpty) yield `${key} []\n`;
  }
}

function* jsonState({ counters, tables, files }: WritableScenario['state']): Generator<string> {
  yield `"state":{\n"counters":${inLine(counters)},\n"tables":{`;
  let isFirst = true;
  for (const [path, records] of Object.entries(tables)) {
    yield `${isFirst ? '' : ','}\n${inLine(path)}:[`;
    isFirst = false;
    let isFirstRecord = true;
    for (const record of records) {
      yield `${isFirstRecord ? '' : ','}\n${inLine(record)}`;
      isFirstRecord = false;
    }
    yield ']';
  }
  yield `},\n"files":${inLine(files)}\n}}\n`;
}

/** A value as JSON in one line. */
export function inLine(value: unknown): string {
  return readAlike(JSON.stringify(value));
}

/** JSON in which nothing is left that YAML reads differently: its own line ends and what cannot be printed. */
export function readAlike(json: string): string {
  return escapeUnits(json, /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g);
}

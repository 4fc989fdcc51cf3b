import { withoutUndefined } from '../../input/without-undefined.ts';
import { errors } from '../errors.ts';
import type { FieldDefinition, ResultDefinition } from '../model/definitions.ts';
import type { Attachment, NoteEntry, TestRun } from '../model/test-run.ts';
import { asText, own, type Seconds } from '../model/value.ts';
import { noteBody, noteFragment } from '../rules/note-fragment.ts';
import { headAfterResult } from '../rules/recording.ts';
import type { TestAttributes } from '../rules/test-attributes.ts';
import { attributesAt, setRunData } from './attributes.ts';
import { checkedResult } from './checked-result.ts';
import { Field } from './field.ts';
import type { RunState } from './run-state.ts';

/** One entry to add to a test's note. */
export interface NewNote {
  readonly text?: string;
  /** With a result the entry is a test execution, without one a note. */
  readonly result?: string | undefined;
  /** In seconds. */
  readonly clocktime?: number | undefined;
  readonly stafftime?: number | undefined;
  readonly isImported?: boolean;
  /** Default: now. */
  readonly when?: Seconds | undefined;
  /** Default: the acting user. */
  readonly user?: string | undefined;
  readonly attachment?: Attachment;
}

/**
 * The note of a test as HTML, all entries, oldest first. With a text an entry is added before: a test execution when a
 * result is given, else a note. `times` are those of the manual: clock time, staff time (in seconds), imported.
 */
export function note(
  state: RunState,
  tid: number,
  text?: string,
  result?: string,
  ...times: [clocktime?: number, stafftime?: number, imported?: boolean]
): string {
  const [clocktime, stafftime, isImported = false] = times;
  if (text !== undefined) addNote(state, tid, { text, result, clocktime, stafftime, isImported });
  return notesOfTest(state, tid)
    .map((entry) => noteFragment(entry, state.linkBase))
    .join('');
}

/** Adds an entry to a test's note and brings everything that depends on it up to date. */
export function addNote(state: RunState, tid: number, note: NewNote): NoteEntry {
  const { suite, store } = state;
  state.mustBeWritable();
  const run = state.runAt(tid);
  if (!run) throw errors.noTestInSession({ argument: 'tid', value: String(tid) });
  const { when = suite.now, user = suite.user, result: code } = note;
  if (code !== undefined) checkedResult(suite, { argument: 'result', value: code });
  const entry = newEntry(run, { ...note, when, user });
  store.putEntry(entry);
  store.putRun(runAfter(run, entry));
  state.change(
    code === undefined
      ? {}
      : headAfterResult(state.head, {
          before: run,
          recorded: { tid, code, when, user },
          untestedCode: suite.definition.untestedCode,
        }),
  );
  return entry;
}

/** The entries of a test's note, oldest first. */
export function notesOfTest(state: RunState, tid: number): NoteEntry[] {
  return notesOfRun(state, state.runAt(tid));
}

/** The same of a test that was looked up already; none where nothing happened to it. */
export function notesOfRun(state: RunState, run: TestRun | undefined): NoteEntry[] {
  if (!run || run.entries === 0) return [];
  return Array.from({ length: run.entries }, (_, at) => state.store.entry(run.uuid, at + 1)).filter(
    (entry) => entry !== undefined,
  );
}

/** The words of the latest entry, as HTML or as flat text. */
export function noteText(state: RunState, tid: number, asFlatText = false): string {
  const entry = notesOfTest(state, tid).at(-1);
  if (!entry) return '';
  return asFlatText ? entry.text : noteBody(entry, state.linkBase);
}

/** The words of all entries. The manual describes it as it does noteText; the name says all (inferred). */
export function notesText(state: RunState, tid: number, asFlatText = false): string {
  return notesOfTest(state, tid)
    .map((entry) => (asFlatText ? entry.text : noteBody(entry, state.linkBase)))
    .join(asFlatText ? '\n' : '<br>');
}

/** The result code of a test; undefined without such a test. Setting it here is deprecated, `note` does it. */
export function result(state: RunState, tid: number, code?: string): string | undefined {
  if (code !== undefined) setRunData(state, tid, { results: code });
  return state.runAt(tid)?.result;
}

/**
 * The result codes in use in the session; of a list of definitions, its codes (what the argument means is not
 * documented; inferred).
 */
export function resList({ head }: RunState, of?: readonly ResultDefinition[]): string[] {
  return of ? of.map(({ code }) => code) : Object.keys(head.results);
}

/** The result definitions of the suite, best first; those that are given stand in for them while the object is open. */
export function results(
  { memory: { places }, suite }: RunState,
  given?: readonly ResultDefinition[],
): readonly ResultDefinition[] {
  if (given) places.results = given;
  return places.results ?? suite.definition.results;
}

/** Number of tests by code: every code the suite defines, in its order, then any other that occurs. */
export function resultCounts({ head, suite }: RunState): [string, number][] {
  const counts = new Map(suite.definition.results.map(({ code }) => [code, 0]));
  for (const [code, count] of Object.entries(head.results)) counts.set(code, count);
  return [...counts];
}

/**
 * The free run text of a test as HTML, line ends as breaks. With a text it is stored before; with `dryRun` it is only
 * put into its form and neither stored nor broken into lines.
 */
export function runData(state: RunState, tid: number, text?: string, dryRun = false): string {
  if (text !== undefined && dryRun) return new Field(runDataField).asHtml(text);
  if (text !== undefined) setRunData(state, tid, { runData: text });
  const value = asText(own(state.runAt(tid)?.data ?? {}, 'runData'));
  return new Field({ ...runDataField, type: 'textarea' }).asHtml(value);
}

/**
 * The attributes of the test being run; undefined when none is. With an index that test is being run from now on, with
 * null none is (how the product notes it is not documented; inferred).
 */
export function currTest(state: RunState, tid?: number | null): TestAttributes | undefined {
  if (typeof tid === 'number' && !state.runAt(tid)) {
    throw errors.noTestInSession({ argument: 'tid', value: String(tid) });
  }
  if (tid !== undefined) state.change({ currentTest: tid ?? undefined });
  const { currentTest } = state.head;
  return currentTest === undefined ? undefined : attributesAt(state, currentTest);
}

/** Result of the test being run; with a code it is recorded first, and `lastUpdate` is now (documented). */
export function currTestStatus(state: RunState, code?: string): string | undefined {
  const { currentTest } = state.head;
  if (currentTest === undefined) return undefined;
  if (code !== undefined) {
    addNote(state, currentTest, { result: code });
    setRunData(state, currentTest, { lastUpdate: String(state.suite.now) });
  }
  return result(state, currentTest);
}

const runDataField: FieldDefinition = { name: 'runData', type: 'text', flags: [] };

function newEntry(run: TestRun, note: NewNote & { when: Seconds; user: string }): NoteEntry {
  const { when, user, text = '', isImported, ...rest } = note;
  const { owner, uuid, entries } = run;
  const flag = isImported ? { isImported } : {};
  return { owner, uuid, number: entries + 1, when, user, text, ...withoutUndefined(rest), ...flag };
}

/** A test after an entry: only an execution moves its result, time and author. */
function runAfter(run: TestRun, entry: NoteEntry): TestRun {
  const { clocktime, stafftime } = entry;
  const data = {
    ...run.data,
    ...(clocktime !== undefined && { exectimeclock: String(clocktime) }),
    ...(stafftime !== undefined && { exectimestaff: String(stafftime) }),
  };
  if (entry.result === undefined) return { ...run, data, entries: entry.number };
  const { owner, uuid, assignedto } = run;
  const { result, when, user, number } = entry;
  return { owner, uuid, result, when, user, assignedto, data, entries: number };
}

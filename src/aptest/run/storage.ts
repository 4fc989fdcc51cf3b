import { asText, type FieldValue, type FieldValues, own, patched, tallied, withOwn } from '../model/value.ts';
import { headAfterAssignment } from '../rules/recording.ts';
import { fieldOf } from '../rules/selection.ts';
import { attributesAt } from './attributes.ts';
import { notesText } from './results.ts';
import type { RunState } from './run-state.ts';
import { copyTests } from './run-store.ts';
import { testList, testUUIDList } from './tests.ts';

// Whole-session work: emptying, copying, printing; and what is Perl's own storage there.

/** The free key and value store of the session: all of it, or one value, set first when one is given. */
export function dbdata(
  state: RunState,
  name?: string,
  value?: FieldValue,
): FieldValues | FieldValue | undefined {
  if (name === undefined) return state.head.dbdata;
  if (value !== undefined) state.change({ dbdata: withOwn(state.head.dbdata, name, value) });
  return own(state.head.dbdata, name);
}

/** Drops the keys of the free store that match a regular expression. @returns how many */
export function dbdelete(state: RunState, pattern: string): number {
  const matches = state.suite.patterns(pattern, true) ?? (() => false);
  const entries = Object.entries(state.head.dbdata);
  const kept = entries.filter(([name]) => !matches(name));
  if (kept.length < entries.length) state.change({ dbdata: Object.fromEntries(kept) });
  return entries.length - kept.length;
}

/**
 * Empties the execution fields of all tests, or of one. The id stays always; without a list of exclusions the fields
 * flagged `noclear` stay (the documented default depends on the suite).
 *
 * @returns how many tests were cleared
 */
export function clear(state: RunState, excluded?: readonly string[], tid?: number): number {
  const { executionFields } = state.suite.definition;
  const kept = new Set(
    excluded ?? executionFields.filter(({ flags }) => flags.includes('noclear')).map(({ name }) => name),
  );
  const tids = tid === undefined ? [...state.store.list().uuids.keys()] : [tid];
  const cleared = tids.filter((each) => clearTest(state, each, kept));
  if (tid === undefined && !kept.has('results')) {
    state.change({
      startdateactual: undefined,
      enddateactual: undefined,
      lastTest: undefined,
      notified: false,
    });
  }
  return cleared.length;
}

/**
 * Takes over everything of another session but its number: tests, results, notes, selectors, variables, schedule.
 *
 * @param testset the parent set to have instead of the other session's
 */
export function copy(state: RunState, other: RunState, testset = other.head.testset): void {
  state.mustBeWritable();
  state.store.dropRuns();
  state.store.putHead({ ...other.head, testset });
  copyTests(other.store, state.store);
  state.change({});
}

/** The session, or one test of it, as text for people. */
export function print(state: RunState, tid?: number): string {
  if (tid !== undefined) {
    const attributes = attributesAt(state, tid);
    return attributes ? printed({ ...attributes, note: notesText(state, tid, true) }) : '';
  }
  const { selectors, variables, results, ...rest } = state.head;
  const tests = testList(state).map((_id, at) => `test ${at}\n${print(state, at).replace(/^/gm, '  ')}`);
  return [printed({ ...rest, variables, selectors, results }), ...tests].join('\n');
}

/** Planned effort of all tests: staff seconds and clock seconds; 0 where the schema lacks the field (documented). */
export function plannedtimes(state: RunState): readonly [number, number] {
  const { definition, tests } = state.suite;
  const total = (name: string): number => {
    if (!definition.fields.some((field) => field.name === name)) return 0;
    return testUUIDList(state).reduce((sum, uuid) => {
      const test = tests.withUuid(uuid);
      return sum + (test ? Number(asText(fieldOf(test, name))) || 0 : 0);
    }, 0);
  };
  return [total('atm_timestaff'), total('atm_timeclock')];
}

/** Place of the session in the twin's state; the product had a file here. */
export function path({ suite, title }: RunState): string {
  return `aptest:${suite.name}/sessions/${title}`;
}

/** Place of the definitions of the execution fields; a file of the product. May be set for tests (documented). */
export function rundata({ memory, suite }: RunState, path = memory.places.rundata): string {
  if (path !== undefined) memory.places.rundata = path;
  return path ?? `aptest/suites/${suite.name}/executionFields`;
}

/** Root of the suite's data. */
export function suiteDir({ memory, suite }: RunState, path = memory.places.suiteDir): string {
  if (path !== undefined) memory.places.suiteDir = path;
  return path ?? `aptest:${suite.name}`;
}

/**
 * Handle of the cache of test cases: the one that was given, else one that is acquired for writing (documented). The
 * twin needs no cache, so its handle only says what it is of.
 */
export function cacheDB({ memory: { places }, suite }: RunState, handle = places.cache): unknown {
  places.cache = handle ?? Object.freeze({ suite: suite.name, mode: 'write' });
  return places.cache;
}

/** Lets go of databases that were opened; the twin has none. @returns true, as the base class does */
export function release({ memory }: RunState): boolean {
  memory.places.cache = undefined;
  return true;
}

/**
 * Brings the quick-access data of the suite up to date. Here they are the session's own record, so there is nothing to
 * do. (The manual lost the method's name.)
 *
 * @returns undefined before the session is saved, else 1
 */
export function updateSuiteDB({ title }: RunState): 0 | 1 | undefined {
  return title === 'new' ? undefined : 1;
}

function clearTest(state: RunState, tid: number, kept: ReadonlySet<string>): boolean {
  const { head, store, suite } = state;
  const run = state.runAt(tid);
  if (!run) return false;
  state.mustBeWritable();
  const { untestedCode } = suite.definition;
  const assignedto = kept.has('assignedto') ? run.assignedto : [];
  const result = kept.has('results') ? run.result : untestedCode;
  if (!kept.has('note')) store.dropRun(run);
  const { when, user } = run;
  store.putRun(
    patched(run, {
      result,
      assignedto,
      data: Object.fromEntries(Object.entries(run.data).filter(([name]) => kept.has(name))),
      entries: kept.has('note') ? run.entries : 0,
      when: kept.has('when') ? when : undefined,
      user: kept.has('user') ? user : undefined,
    }),
  );
  state.change({
    results: tallied(tallied(head.results, run.result, -1), result, 1),
    ...headAfterAssignment(head, run.assignedto, assignedto),
  });
  return true;
}

/** `name = value` lines; a value that is a structure shows as JSON. */
function printed(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} = ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('\n');
}

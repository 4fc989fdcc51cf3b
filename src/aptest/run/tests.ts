import { errors } from '../errors.ts';
import { uuidKey } from '../model/names.ts';
import type { TestCase } from '../model/test-case.ts';
import { asText, own, tallied, withOwn } from '../model/value.ts';
import { headAfterAssignment } from '../rules/recording.ts';
import { fieldOf } from '../rules/selection.ts';
import { compareNaturally, indexOfId, indexOfUuid } from '../rules/test-order.ts';
import { attributesAt } from './attributes.ts';
import type { RunState } from './run-state.ts';
import { matchingTests } from './selection.ts';
import { shownTestName } from './test-names.ts';

/** A test to take in: at least its UUID, or the id of a test case of the suite. */
export interface TestReference {
  readonly uuid?: string;
  readonly id?: string;
}

// The list of tests. `tid` is the index of a test in it, from 0. A set that is not static chooses its tests anew
// whenever the list is read (documented).

/** Number of tests. Setting it cuts the list; the manual advises against that. */
export function numtests(state: RunState, count?: number): number {
  if (state.store.isDynamic) return matchingTests(state).length;
  if (count !== undefined) {
    for (let tid = state.head.numtests - 1; tid >= Math.max(0, count); tid--) deleteTest(state, tid);
  }
  return state.head.numtests;
}

/** Number of tests without a result. */
export function numUntested({ head, suite }: RunState): number {
  return own(head.results, suite.definition.untestedCode) ?? 0;
}

/** The ids in order, in full form. */
export function testList(state: RunState): readonly string[] {
  return state.store.isDynamic ? matchingTests(state).map(({ id }) => id) : state.store.list().ids;
}

/** The UUIDs in order. */
export function testUUIDList(state: RunState): readonly string[] {
  return state.store.isDynamic ? matchingTests(state).map(({ uuid }) => uuid) : state.store.list().uuids;
}

/** The index of a test by its id; undefined when it is not in the session. */
export function tcById({ store, suite }: RunState, id: string): number | undefined {
  const list = store.list();
  const known = suite.tests.withPath(id);
  return (known && indexOfUuid(list, known.uuid)) ?? indexOfId(list, id);
}

/** The index of a test by its UUID; undefined when it is not in the session. */
export function tcByUUID({ store }: RunState, uuid: string): number | undefined {
  return indexOfUuid(store.list(), uuid);
}

/** The id of a test; of the current one when no index is given. */
export function id({ store, head }: RunState, tid = head.currentTest): string {
  return tid === undefined ? '' : (store.list().ids[tid] ?? '');
}

/**
 * The name of a test for people: no endings, a blank after each slash; without the path when asked. In auto-outline mode
 * it is the outline number (inferred: the manual lets the suite's own display of names decide).
 */
export function displayId(state: RunState, tid: number, noPath = false): string {
  const { ids, uuids } = state.store.list();
  const name = shownTestName(state.suite, { id: ids[tid] ?? '', uuid: uuids[tid] ?? '' });
  return noPath ? (name.split('/ ').at(-1) ?? '') : name;
}

/** Appends a test. @returns the new number of tests */
export function addTest(state: RunState, test: TestReference): number {
  return insertTests(state, state.head.numtests, [test]);
}

/** Puts a test before an index. @returns the new number of tests */
export function insertTest(state: RunState, position: number, test: TestReference): number {
  return insertTests(state, position, [test]);
}

/** The same, as the manual prints it. */
export const inserTest = insertTest;

/** Puts tests before an index, in their order, and moves the rest up. @returns the new number of tests */
export function insertTests(state: RunState, position: number, tests: readonly TestReference[]): number {
  const list = state.store.list();
  const found = tests
    .map((test) => resolved(state, test))
    .filter((test) => indexOfUuid(list, test.uuid) === undefined);
  const at = Math.min(Math.max(0, position), list.uuids.length);
  state.putList(
    list.uuids.toSpliced(at, 0, ...found.map(({ uuid }) => uuid)),
    list.ids.toSpliced(at, 0, ...found.map((test) => test.id)),
  );
  state.change({
    numtests: list.uuids.length + found.length,
    results: tallied(state.head.results, state.suite.definition.untestedCode, found.length),
    ...movedMarks(state, (mark) => (mark >= at ? mark + found.length : mark)),
  });
  return state.head.numtests;
}

/** Takes a test out and renumbers the rest. @returns the new number of tests, undefined without such a test */
export function deleteTest(state: RunState, tid: number): number | undefined {
  const { head, store } = state;
  const list = store.list();
  const run = state.runAt(tid);
  if (!run) return undefined;
  state.mustBeWritable();
  store.dropRun(run);
  state.putList(list.uuids.toSpliced(tid, 1), list.ids.toSpliced(tid, 1));
  state.change({
    numtests: list.uuids.length - 1,
    results: tallied(head.results, run.result, -1),
    ...headAfterAssignment(head, run.assignedto, []),
    ...movedMarks(state, (mark) => (mark === tid ? undefined : mark > tid ? mark - 1 : mark)),
  });
  return state.head.numtests;
}

/** Notes a test as disabled, so that `refresh` does not bring it back, and takes it out. */
export function disableTest(state: RunState, tid: number): number | undefined {
  const { uuids, ids } = state.store.list();
  const uuid = uuids[tid];
  if (uuid === undefined) return undefined;
  state.change({ disabled: withOwn(state.head.disabled, uuidKey(uuid), ids[tid] ?? '') });
  return deleteTest(state, tid);
}

/** Orders the tests by a list of UUIDs, or by the sort keys. Tests that the list lacks follow at the end. */
export function arrange(state: RunState, order?: readonly string[]): number {
  const list = state.store.list();
  const tids = order ? tidsByList(state, order) : tidsByKeys(state);
  state.putList(
    tids.map((tid) => list.uuids[tid] ?? ''),
    tids.map((tid) => list.ids[tid] ?? ''),
  );
  state.change({ reordered: order !== undefined, ...movedMarks(state, (mark) => tids.indexOf(mark)) });
  return state.head.numtests;
}

/** What `arrange` sorts by: field names with a leading `+` or `-`. Not kept with the session (documented). */
export function sortKeys(state: RunState, keys?: readonly string[]): readonly string[] {
  if (keys) state.memory.sortedBy = keys;
  return state.memory.sortedBy;
}

/** Gives every test the id its test case has now. */
export function updateIDs(state: RunState): void {
  const { uuids, ids } = state.store.list();
  state.putList(
    uuids,
    uuids.map((uuid, tid) => state.suite.tests.withUuid(uuid)?.id ?? ids[tid] ?? ''),
  );
}

/** Index of the last test that got a result; undefined when none ever did. */
export function lastTest({ head }: RunState): number | undefined {
  return head.lastTest;
}

/**
 * Chooses the tests by the selectors and takes them in. Nothing is kept of tests that were there before.
 *
 * @param useCache accepted as documented; the twin needs no cache
 * @param ids only these tests may be chosen
 * @param isSorted by the sort keys, else by the suite's order; false: an order that looks like chance
 * @returns how many tests were chosen
 */
export function selectTests(
  state: RunState,
  useCache = true,
  ids?: readonly string[],
  isSorted = true,
): number {
  void useCache;
  const { tests, definition } = state.suite;
  const among = ids?.flatMap((each) => tests.withPath(each) ?? tests.withUuid(each) ?? []);
  const matching = matchingTests(state, among);
  const chosen = isSorted ? matching : shuffled(state, matching);
  state.mustBeWritable();
  state.store.dropRuns();
  state.putList(
    chosen.map(({ uuid }) => uuid),
    chosen.map((test) => test.id),
  );
  state.change({
    numtests: chosen.length,
    results: chosen.length === 0 ? {} : { [definition.untestedCode]: chosen.length },
    assignees: {},
    lastTest: undefined,
    currentTest: undefined,
  });
  if (isSorted && state.memory.sortedBy.length > 0) arrange(state);
  return chosen.length;
}

/**
 * Takes the tests that the parent set chooses now: new ones come in unless they are disabled, those that are not
 * chosen any more are disabled. One with results stays unless `destroyResults` is true (documented).
 *
 * @param wanted the tests of the parent set
 * @returns undefined when the session may not be refreshed, else the new number of tests
 */
export function refreshWith(
  state: RunState,
  wanted: readonly TestCase[],
  destroyResults: boolean,
): number | undefined {
  if (!state.head.refreshable) return undefined;
  const keys = new Set(wanted.map(({ uuid }) => uuidKey(uuid)));
  for (let tid = state.store.list().uuids.length - 1; tid >= 0; tid--) {
    const run = state.runAt(tid);
    if (!run || keys.has(uuidKey(run.uuid))) continue;
    if (destroyResults || run.result === state.suite.definition.untestedCode) disableTest(state, tid);
  }
  const { disabled, numtests: end } = state.head;
  return insertTests(
    state,
    end,
    wanted.filter(({ uuid }) => !Object.hasOwn(disabled, uuidKey(uuid))),
  );
}

/** The test case a reference means. One that the suite lacks is taken as it is described. */
function resolved({ suite }: RunState, test: TestReference): { uuid: string; id: string } {
  const known =
    (test.uuid === undefined ? undefined : suite.tests.withUuid(test.uuid)) ??
    (test.id === undefined ? undefined : suite.tests.withPath(test.id));
  if (known) return known;
  if (test.uuid !== undefined) return { uuid: test.uuid, id: test.id ?? test.uuid };
  throw errors.noTest({ argument: 'id', value: test.id ?? '' });
}

/** Marks that point at tests, after the tests moved. */
function movedMarks({ head }: RunState, move: (mark: number) => number | undefined) {
  const moved = (mark: number | undefined) => (mark === undefined ? undefined : move(mark));
  return { lastTest: moved(head.lastTest), currentTest: moved(head.currentTest) };
}

function tidsByList({ store }: RunState, order: readonly string[]): number[] {
  const list = store.list();
  const named = order.flatMap((uuid) => indexOfUuid(list, uuid) ?? []);
  return [...new Set([...named, ...list.uuids.keys()])];
}

function tidsByKeys(state: RunState): number[] {
  const { uuids } = state.store.list();
  const valueAt = (tid: number, field: string): string => {
    const attribute = attributesAt(state, tid)?.[field];
    if (attribute !== undefined) return asText(attribute);
    const test = state.suite.tests.withUuid(uuids[tid] ?? '');
    return test ? asText(fieldOf(test, field)) : '';
  };
  const rows = uuids.map((_uuid, tid) => ({
    tid,
    values: state.memory.sortedBy.map((key) => valueAt(tid, key.replace(/^[+-]/, ''))),
  }));
  rows.sort((a, b) => {
    for (const [at, key] of state.memory.sortedBy.entries()) {
      const order = compareNaturally(a.values[at] ?? '', b.values[at] ?? '');
      if (order !== 0) return key.startsWith('-') ? -order : order;
    }
    return a.tid - b.tid;
  });
  return rows.map(({ tid }) => tid);
}

/** An order that looks like chance, and is the same for the same world, session and tests. */
function shuffled({ suite, store }: RunState, tests: readonly TestCase[]): TestCase[] {
  return tests
    .map((test) => ({ test, rank: suite.chance(`order/${store.owner}/${test.uuid}`).toString('hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ test }) => test);
}

import { errors } from '../errors.ts';
import { displayName, uuidKey } from '../model/names.ts';
import type { TestCase } from '../model/test-case.ts';
import type { TestRun } from '../model/test-run.ts';
import { asList, asText, type FieldValue, own, tallied, withOwn, withoutOwn } from '../model/value.ts';
import { executionField } from '../rules/execution-fields.ts';
import { headAfterAssignment } from '../rules/recording.ts';
import { fieldOf } from '../rules/selection.ts';
import { placeOfId, placeOfUuid } from '../rules/test-order.ts';
import { SessionProperties } from './session-properties.ts';

/** The attributes of one test of a session, as `testCase` gives and takes them. */
export type TestAttributes = Readonly<Record<string, FieldValue | undefined>>;

/** A test to take in: at least its UUID, or the id of a test case of the suite. */
export interface TestReference {
  readonly uuid?: string;
  readonly id?: string;
}

/** The list of tests. `tid` is the index of a test in it, from 0. */
export abstract class SessionTests extends SessionProperties {
  private keys: readonly string[] = [];

  /** Number of tests. Setting it cuts the list; the manual advises against that. */
  numtests(count?: number): number {
    if (count !== undefined) {
      while (this.store.list().uuids.length > Math.max(0, count)) {
        this.deleteTest(this.store.list().uuids.length - 1);
      }
    }
    return this.head.numtests;
  }

  /** Number of tests without a result. */
  numUntested(): number {
    return own(this.head.results, this.suite.definition.untestedCode) ?? 0;
  }

  /** The ids in order, in full form. */
  testList(): readonly string[] {
    return this.store.list().ids;
  }

  /** The UUIDs in order. */
  testUUIDList(): readonly string[] {
    return this.store.list().uuids;
  }

  /** The index of a test by its id; undefined when it is not in the session. */
  tcById(id: string): number | undefined {
    const list = this.store.list();
    const known = this.suite.tests.withPath(id);
    return (known && placeOfUuid(list, known.uuid)) ?? placeOfId(list, id);
  }

  /** The index of a test by its UUID; undefined when it is not in the session. */
  tcByUUID(uuid: string): number | undefined {
    return placeOfUuid(this.store.list(), uuid);
  }

  /** The id of a test; of the current one when no index is given. */
  id(tid = this.head.currentTest): string {
    return tid === undefined ? '' : (this.store.list().ids[tid] ?? '');
  }

  /** The name of a test for people: no endings, a blank after each slash; without the path when asked. */
  displayId(tid: number, noPath = false): string {
    const name = displayName(this.id(tid));
    return noPath ? (name.split('/ ').at(-1) ?? '') : name;
  }

  /**
   * Reads the attributes of a test, or merges some in first. An undefined value takes the attribute away. Names
   * have to be execution fields of the suite.
   *
   * @returns undefined when there is no such test; without an index the attributes of all tests
   */
  testCase(): readonly TestAttributes[];
  testCase(tid: number, attributes?: TestAttributes): TestAttributes | undefined;
  testCase(
    tid?: number,
    attributes?: TestAttributes,
  ): TestAttributes | readonly TestAttributes[] | undefined {
    if (tid === undefined) return [...this.eachTest()];
    const run = this.runAt(tid);
    if (!run) return undefined;
    if (attributes) this.mergeAttributes(tid, run, attributes);
    return this.attributes(this.runOf(run.uuid), this.store.list().ids[tid] ?? '');
  }

  /** The attributes of all tests, one by one in order. */
  *eachTest(): Iterable<TestAttributes> {
    const { uuids, ids } = this.store.list();
    const runs = this.store.runReader();
    const results = this.suite.definition.untestedCode;
    for (const [tid, uuid] of uuids.entries()) {
      const run = runs(uuid);
      const id = ids[tid] ?? '';
      yield run ? this.attributes(run, id) : { id, uuid, results };
    }
  }

  /** Appends a test. @returns the new number of tests */
  addTest(test: TestReference): number {
    return this.insertTests(this.head.numtests, [test]);
  }

  /** Puts a test before an index. @returns the new number of tests */
  insertTest(position: number, test: TestReference): number {
    return this.insertTests(position, [test]);
  }

  /** The same, as the manual prints it. */
  inserTest(position: number, test: TestReference): number {
    return this.insertTest(position, test);
  }

  /** Puts tests before an index, in their order, and moves the rest up. @returns the new number of tests */
  insertTests(position: number, tests: readonly TestReference[]): number {
    const list = this.store.list();
    const found = tests
      .map((test) => this.resolved(test))
      .filter((test) => placeOfUuid(list, test.uuid) === undefined);
    const at = Math.min(Math.max(0, position), list.uuids.length);
    this.putList(
      [...list.uuids.slice(0, at), ...found.map(({ uuid }) => uuid), ...list.uuids.slice(at)],
      [...list.ids.slice(0, at), ...found.map(({ id }) => id), ...list.ids.slice(at)],
    );
    const { results } = this.head;
    this.change({
      numtests: list.uuids.length + found.length,
      results: tallied(results, this.suite.definition.untestedCode, found.length),
    });
    return this.head.numtests;
  }

  /** Takes a test out and renumbers the rest. @returns the new number of tests, undefined without such a test */
  deleteTest(tid: number): number | undefined {
    const list = this.store.list();
    const run = this.runAt(tid);
    if (!run) return undefined;
    this.mustBeWritable();
    this.store.dropRun(run);
    this.putList(list.uuids.toSpliced(tid, 1), list.ids.toSpliced(tid, 1));
    this.change({
      numtests: list.uuids.length - 1,
      results: tallied(this.head.results, run.result, -1),
      ...headAfterAssignment(this.head, run.assignedto, []),
      ...this.movedMarks(tid),
    });
    return this.head.numtests;
  }

  /** Notes a test as disabled, so that `refresh` does not bring it back, and takes it out. */
  disableTest(tid: number): number | undefined {
    const { uuids, ids } = this.store.list();
    const uuid = uuids[tid];
    if (uuid === undefined) return undefined;
    this.change({ disabled: withOwn(this.head.disabled, uuidKey(uuid), ids[tid] ?? '') });
    return this.deleteTest(tid);
  }

  /** The disabled tests: UUID to id. */
  disabled(tests?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return this.accessor('disabled', tests);
  }

  /** Orders the tests by a list of UUIDs, or by the sort keys. Tests that the list lacks follow at the end. */
  arrange(order?: readonly string[]): number {
    const list = this.store.list();
    const tids = order ? this.tidsByList(order) : this.tidsByKeys();
    this.putList(
      tids.map((tid) => list.uuids[tid] ?? ''),
      tids.map((tid) => list.ids[tid] ?? ''),
    );
    const placeOf = (tid: number | undefined): number | undefined =>
      tid === undefined ? undefined : tids.indexOf(tid);
    const { lastTest, currentTest } = this.head;
    this.change({
      reordered: order !== undefined,
      lastTest: placeOf(lastTest),
      currentTest: placeOf(currentTest),
    });
    return this.head.numtests;
  }

  /** What `arrange` sorts by: field names with a leading `+` or `-`. Not kept with the session (documented). */
  sortKeys(keys?: readonly string[]): readonly string[] {
    if (keys) this.keys = keys;
    return this.keys;
  }

  /** Gives every test the id its test case has now. */
  updateIDs(): void {
    const { uuids, ids } = this.store.list();
    this.putList(
      uuids,
      uuids.map((uuid, tid) => this.suite.tests.withUuid(uuid)?.id ?? ids[tid] ?? ''),
    );
  }

  /** The attributes of the test being run; undefined when none is. */
  currTest(): TestAttributes | undefined {
    const { currentTest } = this.head;
    return currentTest === undefined ? undefined : this.testCase(currentTest);
  }

  /** Index of the last test that got a result; undefined when none ever did. */
  lastTest(): number | undefined {
    return this.head.lastTest;
  }

  /** Puts a whole list in the place of what is there. Nothing is kept of tests that are not in it. */
  protected replaceTests(tests: readonly TestCase[]): void {
    const { untestedCode } = this.suite.definition;
    this.putList(
      tests.map(({ uuid }) => uuid),
      tests.map(({ id }) => id),
    );
    const results = tests.length === 0 ? {} : { [untestedCode]: tests.length };
    this.change({
      numtests: tests.length,
      results,
      assignees: {},
      lastTest: undefined,
      currentTest: undefined,
    });
  }

  protected putList(uuids: readonly string[], ids: readonly string[]): void {
    this.mustBeWritable();
    this.store.putList({ owner: this.store.owner, uuids, ids });
  }

  /** The attributes of a test by name; the words of its note are a method of their own. */
  protected attributes(run: TestRun, id: string): TestAttributes {
    return {
      ...run.data,
      id,
      uuid: run.uuid,
      results: run.result,
      ...(run.when === undefined ? {} : { when: String(run.when) }),
      ...(run.user === undefined ? {} : { user: run.user }),
      ...(run.assignedto.length === 0 ? {} : { assignedto: run.assignedto.join(',') }),
    };
  }

  private mergeAttributes(tid: number, run: TestRun, attributes: TestAttributes): void {
    let next = run;
    let { results } = this.head;
    for (const [name, value] of Object.entries(attributes)) {
      const field = executionField(this.suite.definition, name);
      if (!field) throw errors.noField({ argument: name, value: name });
      next = withAttribute(next, field.name, value, this.suite.definition.untestedCode);
    }
    if (next.result !== run.result) results = tallied(tallied(results, run.result, -1), next.result, 1);
    this.mustBeWritable();
    this.store.putRun(next);
    this.change({
      results,
      ...headAfterAssignment(this.head, run.assignedto, next.assignedto),
      ...(next.result === run.result ? {} : { lastTest: tid }),
    });
  }

  /** The test case a reference means. One that the suite lacks is taken as it is described. */
  private resolved(test: TestReference): { uuid: string; id: string } {
    const known =
      (test.uuid === undefined ? undefined : this.suite.tests.withUuid(test.uuid)) ??
      (test.id === undefined ? undefined : this.suite.tests.withPath(test.id));
    if (known) return known;
    if (test.uuid !== undefined) return { uuid: test.uuid, id: test.id ?? test.uuid };
    throw errors.noTest({ argument: 'id', value: test.id ?? '' });
  }

  /** Marks that point at tests, after one was taken out. */
  private movedMarks(tid: number): { lastTest: number | undefined; currentTest: number | undefined } {
    const moved = (mark: number | undefined): number | undefined =>
      mark === undefined || mark === tid ? undefined : mark > tid ? mark - 1 : mark;
    return { lastTest: moved(this.head.lastTest), currentTest: moved(this.head.currentTest) };
  }

  private tidsByList(order: readonly string[]): number[] {
    const list = this.store.list();
    const named = order.flatMap((uuid) => placeOfUuid(list, uuid) ?? []);
    const first = new Set(named);
    return [...first, ...list.uuids.keys()].filter((tid, at) => at < first.size || !first.has(tid));
  }

  private tidsByKeys(): number[] {
    const list = this.store.list();
    const valueAt = (tid: number, field: string): string => {
      const attribute = this.testCase(tid)?.[field];
      if (attribute !== undefined) return asText(attribute);
      const test = this.suite.tests.withUuid(list.uuids[tid] ?? '');
      return test ? asText(fieldOf(test, field)) : '';
    };
    const rows = list.uuids.map((_uuid, tid) => ({
      tid,
      values: this.keys.map((key) => valueAt(tid, key.replace(/^[+-]/, ''))),
    }));
    rows.sort((a, b) => {
      for (const [at, key] of this.keys.entries()) {
        const order = compareNaturally(a.values[at] ?? '', b.values[at] ?? '');
        if (order !== 0) return key.startsWith('-') ? -order : order;
      }
      return a.tid - b.tid;
    });
    return rows.map(({ tid }) => tid);
  }
}

/** Numbers by value, texts by code unit. */
function compareNaturally(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A run with one attribute set; id and uuid never change this way. */
function withAttribute(
  run: TestRun,
  name: string,
  value: FieldValue | undefined,
  untestedCode: string,
): TestRun {
  switch (name) {
    case 'id':
    case 'uuid':
    case 'note':
      return run;
    case 'results':
      return { ...run, result: value === undefined ? untestedCode : asText(value) };
    case 'when': {
      const { when: _when, ...rest } = run;
      return value === undefined ? rest : { ...rest, when: Number(value) };
    }
    case 'user': {
      const { user: _user, ...rest } = run;
      return value === undefined ? rest : { ...rest, user: asText(value) };
    }
    case 'assignedto':
      return {
        ...run,
        assignedto: asList(value)
          .flatMap((each) => each.split(','))
          .map((each) => each.trim()),
      };
    default:
      return {
        ...run,
        data: value === undefined ? withoutOwn(run.data, name) : withOwn(run.data, name, value),
      };
  }
}

import { withoutUndefined } from '../../input/without-undefined.ts';
import { errors } from '../errors.ts';
import { parentOf } from '../model/names.ts';
import { blankHead, type PlannedDates, plannedDatesOf, type SessionRecord } from '../model/run-head.ts';
import type { TestCase } from '../model/test-case.ts';
import { type FieldValues, patched, tallyOf } from '../model/value.ts';
import { startingVariables } from '../rules/variables.ts';
import { RunWithMethods } from './methods.ts';
import type { OpenSuite } from './open-suite.ts';
import { SessionStore, SetStore } from './run-store.ts';

/** What a new session may have that its set does not give. */
export interface SessionPlan extends PlannedDates {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly variables?: FieldValues;
  /** Only these tests, in this order. */
  readonly tests?: readonly TestCase[] | undefined;
  /** The number to take; the next free one when absent. */
  readonly number?: number | undefined;
}

/** A test set: a TestSession that serves as a pattern for sessions (documented). */
export class TestSet extends RunWithMethods {
  /** @throws ProductFault when there is no such set */
  constructor(
    suite: OpenSuite,
    readonly setPath: string,
    isWritable = false,
  ) {
    if (!suite.sets.get(setPath)) throw errors.noSet({ argument: 'set', value: setPath });
    super(suite, new SetStore(suite, setPath), { isWritable });
  }

  /** Opens a set for reading; undefined when there is none. */
  static at(suite: OpenSuite, path: string): TestSet | undefined {
    return suite.sets.get(path) ? new TestSet(suite, path) : undefined;
  }

  /** Makes a set without selectors, opened for writing. */
  static create(suite: OpenSuite, path: string, isStatic = false): TestSet {
    suite.mustBeOpen();
    const head = { ...blankHead(suite.user, suite.now), testset: path, path, isStatic };
    suite.sets.put(head);
    return new TestSet(suite, path, true);
  }

  /** Whether the list of tests is fixed; otherwise it is selected anew whenever it is read (documented). */
  isStatic(state?: boolean): boolean {
    const isStatic = !this.store.isDynamic;
    if (state === undefined || state === isStatic) return isStatic;
    this.mustBeWritable();
    this.suite.sets.put({ ...this.head, path: this.setPath, isStatic: state });
    return state;
  }

  /** The group that holds the set; empty for the root. */
  group(): string {
    return parentOf(this.setPath);
  }

  /** The test cases as they are now. */
  currentTests(): TestCase[] {
    if (!this.isStatic()) return this.matchingTests();
    return this.store.list().uuids.flatMap((uuid) => this.suite.tests.withUuid(uuid) ?? []);
  }

  /** The sessions made from the set, by number. */
  sessions(): SessionRecord[] {
    return this.suite.sessions.findBy('testset', this.setPath);
  }

  /** Deletes the set with its list and what was noted for its tests. */
  remove(): void {
    this.mustBeWritable();
    const isAssigned = Object.keys(this.head.assignees).length > 0;
    this.store.dropRuns(isAssigned ? this.suite.tests.ordered.map(({ uuid }) => uuid) : undefined);
    this.suite.testLists.delete(this.store.owner);
    this.suite.sets.delete(this.setPath);
  }

  /** Makes a session from the set: its tests, schedule, variables, selectors and assignees. @returns its number */
  createSession(plan: SessionPlan): number {
    const { suite, head } = this;
    suite.mustBeOpen();
    const {
      number = suite.nextSessionNumber(),
      tests = this.currentTests(),
      name = '',
      description = '',
      variables,
    } = plan;
    suite.takeSessionNumber(number);
    const store = new SessionStore(suite, number);
    const { path: _path, isStatic: _isStatic, ...pattern } = { path: '', isStatic: false, ...head };
    store.putList({
      owner: store.owner,
      uuids: tests.map(({ uuid }) => uuid),
      ids: tests.map(({ id }) => id),
    });
    store.putHead({
      ...patched(pattern, {
        startdateactual: undefined,
        enddateactual: undefined,
        lastTest: undefined,
        currentTest: undefined,
      }),
      ...withoutUndefined(plannedDatesOf(plan)),
      name,
      description,
      summary: '',
      testset: this.setPath,
      user: suite.user,
      locked: 0,
      isActive: false,
      ctime: suite.now,
      mtime: suite.now,
      variables: startingVariables(suite.definition, { ...head.variables, ...variables }),
      numtests: tests.length,
      results: tests.length === 0 ? {} : { [suite.definition.untestedCode]: tests.length },
      assignees: {},
    });
    this.handOverAssignees(store, tests);
    return number;
  }

  private handOverAssignees(store: SessionStore, tests: readonly TestCase[]): void {
    if (Object.keys(this.head.assignees).length === 0) return;
    const runs = tests.map(({ uuid }) => this.runOf(uuid)).filter(({ assignedto }) => assignedto.length > 0);
    for (const run of runs) store.putRun({ ...run, owner: store.owner, entries: 0 });
    const assignees = tallyOf(runs.flatMap(({ assignedto }) => assignedto));
    store.putHead({ ...store.head(), assignees });
  }
}

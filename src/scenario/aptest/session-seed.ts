import type { Steps } from '../../answers/steps.ts';
import { accounts } from '../../aptest/model/account.ts';
import type { Suite } from '../../aptest/model/definitions.ts';
import { installationScope } from '../../aptest/model/installation.ts';
import { plainName, trimmedPath, uuidKey } from '../../aptest/model/names.ts';
import {
  type LockLevel,
  plannedDatesOf,
  type Selector,
  type Selectors,
} from '../../aptest/model/run-head.ts';
import type { TestCase } from '../../aptest/model/test-case.ts';
import type { Attachment } from '../../aptest/model/test-run.ts';
import type { FieldValues } from '../../aptest/model/value.ts';
import { executionField } from '../../aptest/rules/execution-fields.ts';
import { variableNamed } from '../../aptest/rules/variables.ts';
import { takesResult } from '../../aptest/run/checked-result.ts';
import { OpenSuite } from '../../aptest/run/open-suite.ts';
import { TestSession } from '../../aptest/run/test-session.ts';
import { TestSet } from '../../aptest/run/test-set.ts';
import type { PathStep } from '../../input/path.ts';
import { seededUuid } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import { fileContent } from '../../world/file-content.ts';
import { ProductFault } from '../../world/product-fault.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import type { SeedContext } from '../reading/section.ts';
import type { EntrySection, SelectorsSection, SessionSection, SetSection } from './schema.ts';

/** The sets and sessions of a suite. */
export interface SessionLists {
  readonly sets: readonly SetSection[];
  readonly sessions: readonly SessionSection[];
}

/** Seeds the sets and sessions of a suite whose tests are there already, with the product's own rules. */
export function* seedSessions(
  draft: Draft,
  suite: Suite,
  { sets, sessions, context }: SessionLists & { readonly context: SeedContext },
): Steps<void> {
  const seeder = new SessionSeeder(draft, suite, context);
  for (const [index, set] of sets.entries()) {
    yield;
    seeder.guarded([...context.at, 'sets', index], (at) => seeder.seedSet(set, at));
  }
  for (const { number } of sessions) {
    if (number !== undefined) seeder.reserve(number);
  }
  for (const [index, session] of sessions.entries()) {
    yield;
    seeder.guarded([...context.at, 'sessions', index], (at) => seeder.seedSession(session, at));
  }
}

type Path = readonly PathStep[];

class SessionSeeder {
  constructor(
    private readonly draft: Draft,
    private readonly suite: Suite,
    private readonly context: SeedContext,
  ) {}

  /** Runs a step; what is wrong with it is reported with its place, and the next step goes on. */
  guarded(at: Path, step: (at: Path) => void): void {
    try {
      step(at);
    } catch (error) {
      if (error instanceof ScenarioProblem) this.context.report(error);
      else if (error instanceof ProductFault)
        this.context.report(new ScenarioProblem(at, error.text, error.hint));
      else throw error;
    }
  }

  /** Keeps a number that the scenario names for the session that names it. */
  reserve(number: number): void {
    this.opened('', this.context.now).takeSessionNumber(number);
  }

  seedSet(data: SetSection, at: Path): void {
    const created = data.created === undefined ? this.context.now : data.created * 1000;
    const open = this.opened(this.userOf(data.user, [...at, 'user']), created);
    const path = trimmedPath(data.path);
    if (open.sets.get(path))
      throw new ScenarioProblem([...at, 'path'], `there are two sets with the path "${path}"`);
    const set = TestSet.create(open, path, data.isStatic ?? data.tests !== undefined);
    set.change({
      description: data.description ?? '',
      summary: data.summary ?? '',
      selectors: this.selectorsOf(data.select, 'fields', [...at, 'select']),
      requirementSelectors: this.selectorsOf(data.selectRequirements, 'requirementFields', [
        ...at,
        'selectRequirements',
      ]),
      testPickedBy: data.testPickedBy,
      reqPickedBy: data.reqPickedBy,
      orAmongFields: data.orAmongFields ?? false,
      ...plannedDatesOf(data),
      variables: this.variablesOf(data.variables, [...at, 'variables']),
      disabled: this.disabledOf(open, data.disabled, [...at, 'disabled']),
    });
    if (set.isStatic()) {
      const tests = data.tests ? this.testsOf(open, data.tests, [...at, 'tests']) : set.matchingTests();
      set.insertTests(0, tests);
    } else if (data.tests) {
      throw new ScenarioProblem(
        [...at, 'tests'],
        'only a static set has a list of tests',
        'Leave out "isStatic: false".',
      );
    }
    if (data.assignTo !== undefined) set.assignedto(this.assignees(data.assignTo, [...at, 'assignTo']));
    set.change({ locked: lockLevel(data.locked), mtime: data.changed ?? open.now, ctime: open.now });
  }

  seedSession(data: SessionSection, at: Path): void {
    const created = data.created === undefined ? this.context.now : data.created * 1000;
    const open = this.opened(this.userOf(data.user, [...at, 'user']), created);
    const parent = this.setOf(open, data.set, [...at, 'set']);
    if (data.number !== undefined && open.sessions.get(data.number)) {
      throw new ScenarioProblem([...at, 'number'], `there are two sessions with the number ${data.number}`);
    }
    const number = parent.createSession({
      number: data.number,
      name: data.name,
      description: data.description,
      ...plannedDatesOf(data),
      variables: this.variablesOf(data.variables, [...at, 'variables']),
      tests: data.tests && this.testsOf(open, data.tests, [...at, 'tests']),
    });
    const session = new TestSession(open, number, true);
    for (const [index, name] of (data.disabled ?? []).entries()) {
      session.disableTest(this.tidOf(session, name, [...at, 'disabled', index]));
    }
    if (data.assignTo !== undefined) session.assignedto(this.assignees(data.assignTo, [...at, 'assignTo']));
    for (const [index, entry] of (data.results ?? []).entries()) {
      this.seedEntry(session, entry, [...at, 'results', index]);
    }
    const lastEntry = Math.max(open.now, ...(data.results ?? []).map(({ when }) => when ?? 0));
    session.change({
      summary: data.summary ?? '',
      locked: lockLevel(data.locked),
      isActive: data.isActive ?? false,
      runmode: data.runmode ?? 'continue',
      tpno: data.tpno ?? 0,
      mtime: data.changed ?? lastEntry,
    });
  }

  private setOf(open: OpenSuite, name: string, at: Path): TestSet {
    const set = TestSet.at(open, trimmedPath(name));
    if (set) return set;
    const known = open.sets.sorted().map(({ path }) => path);
    throw missing(at, `there is no set "${name}"`, { name, known });
  }

  private seedEntry(session: TestSession, entry: EntrySection, at: Path): void {
    const tid = this.tidOf(session, entry.test, [...at, 'test']);
    const { result, note = '', attachment } = entry;
    if (result !== undefined && !takesResult(session.suite, result)) {
      const known = this.suite.results.map(({ code }) => code);
      throw missing([...at, 'result'], `the suite has no result code "${result}" (${known.join(', ')})`, {
        name: result,
        known,
      });
    }
    const data = this.executionDataOf(entry.data, [...at, 'data']);
    const assignedto =
      entry.assignedto === undefined
        ? {}
        : { assignedto: this.assignees(entry.assignedto, [...at, 'assignedto']) };
    if (Object.keys(data).length > 0 || entry.assignedto !== undefined) {
      session.setRunData(tid, { ...data, ...assignedto });
    }
    if (result === undefined && note === '' && !attachment) return;
    session.addNote(tid, {
      text: note,
      result,
      when: entry.when,
      user: entry.user === undefined ? undefined : this.userOf(entry.user, [...at, 'user']),
      clocktime: entry.clocktime,
      stafftime: entry.stafftime,
      ...(attachment ? { attachment: this.attachmentOf(attachment, session, [...at, 'attachment']) } : {}),
    });
  }

  private opened(user: string, now: number): OpenSuite {
    return new OpenSuite(this.draft, this.suite, { now, user });
  }

  private userOf(user: string | undefined, at: Path): string {
    const table = this.draft.table(accounts, installationScope);
    if (user === undefined) return table.sorted()[0]?.name ?? '';
    if (!table.get(user)) {
      throw missing(at, `there is no user "${user}"`, {
        name: user,
        known: table.sorted().map(({ name }) => name),
        remedy: 'Users are declared under aptest.users.',
      });
    }
    return user;
  }

  private assignees(users: string | readonly string[], at: Path): string {
    const list = typeof users === 'string' ? users.split(',').map((user) => user.trim()) : users;
    return list.map((user) => this.userOf(user, at)).join(',');
  }

  private testsOf(open: OpenSuite, wanted: readonly string[], at: Path): TestCase[] {
    return wanted.map((name, index) => this.testOf(open, name, [...at, index]));
  }

  private testOf(open: OpenSuite, name: string, at: Path): TestCase {
    const test = open.tests.withPath(name) ?? open.tests.withUuid(name);
    if (test) return test;
    throw missing(at, `there is no test "${name}" in the suite`, {
      name,
      known: open.tests.ordered.slice(0, 1000).map(({ id }) => plainName(id)),
    });
  }

  private tidOf(session: TestSession, name: string, at: Path): number {
    const tid = session.tcById(name) ?? session.tcByUUID(name);
    if (tid !== undefined) return tid;
    throw missing(at, `there is no test "${name}" in the session`, {
      name,
      known: session
        .testList()
        .slice(0, 1000)
        .map((id) => plainName(id)),
    });
  }

  private disabledOf(
    open: OpenSuite,
    wanted: readonly string[] | undefined,
    at: Path,
  ): Record<string, string> {
    const tests = this.testsOf(open, wanted ?? [], at);
    return Object.fromEntries(tests.map(({ uuid, id }) => [uuidKey(uuid), id]));
  }

  private variablesOf(given: FieldValues | undefined, at: Path): FieldValues {
    for (const [name] of Object.entries(given ?? {})) {
      if (variableNamed(this.suite, name)) continue;
      throw missing([...at, name], `the suite has no session variable "${name}"`, {
        name,
        known: this.suite.variables.map((variable) => variable.name),
      });
    }
    return given ?? {};
  }

  private executionDataOf(given: FieldValues | undefined, at: Path): FieldValues {
    return Object.fromEntries(
      Object.entries(given ?? {}).map(([name, value]) => {
        const field = executionField(this.suite, name);
        if (field) return [field.name, value];
        throw missing([...at, name], `the suite has no execution field "${name}"`, {
          name,
          known: this.suite.executionFields.map((each) => each.name),
        });
      }),
    );
  }

  private selectorsOf(
    given: SelectorsSection | undefined,
    fields: 'fields' | 'requirementFields',
    at: Path,
  ): Selectors {
    return Object.fromEntries(
      Object.entries(given ?? {}).map(([name, value]): [string, Selector] => {
        if (!this.suite[fields].some((field) => field.name === name)) {
          throw missing([...at, name], `the suite has no field "${name}"`, {
            name,
            known: this.suite[fields].map((field) => field.name),
          });
        }
        if (typeof value === 'string') return [name, { values: [value] }];
        if (Array.isArray(value)) return [name, { values: value }];
        const { isCS = false, isRE = false, isDynamic = false } = value;
        return [name, { values: value.values, isCS, isRE, isDynamic }];
      }),
    );
  }

  private attachmentOf(
    given: NonNullable<EntrySection['attachment']>,
    session: TestSession,
    at: Path,
  ): Attachment {
    const content =
      given.file === undefined
        ? fileContent(
            given.text === undefined ? Buffer.from(given.base64 ?? '', 'base64') : Buffer.from(given.text),
          )
        : this.context.files.read(given.file, [...at, 'file']);
    const number = this.draft.next(`aptest:${this.suite.name}/attachments`);
    const id = seededUuid(this.draft.seed, `attachment/${session.suite.name}/${number}`);
    return { id, name: given.name, content };
  }
}

function lockLevel(lock: boolean | 0 | 1 | 2 | undefined): LockLevel {
  if (typeof lock === 'number') return lock;
  return lock ? 1 : 0;
}

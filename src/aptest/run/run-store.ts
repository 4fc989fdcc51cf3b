import { invariant } from '../../world/invariant.ts';
import type { RunHead } from '../model/run-head.ts';
import {
  entryKey,
  type NoteEntry,
  type Owner,
  runKey,
  type TestList,
  type TestRun,
} from '../model/test-run.ts';
import type { OpenSuite } from './open-suite.ts';

/** Where a TestSession keeps its state. Saved ones live in the suite's tables, new ones by themselves. */
export interface RunStore {
  readonly owner: Owner;
  head(): RunHead;
  putHead(head: RunHead): void;
  list(): TestList;
  putList(list: TestList): void;
  run(uuid: string): TestRun | undefined;
  /** The same as a function for many tests in a row, on the state as it is now. */
  runReader(): (uuid: string) => TestRun | undefined;
  putRun(run: TestRun): void;
  dropRun(run: TestRun): void;
  entry(uuid: string, number: number): NoteEntry | undefined;
  putEntry(entry: NoteEntry): void;
}

/** What session stores and set stores share: lists, runs and entries are found by owner. */
abstract class TableStore implements RunStore {
  abstract readonly owner: Owner;

  constructor(protected readonly suite: OpenSuite) {}

  abstract head(): RunHead;
  abstract putHead(head: RunHead): void;

  list(): TestList {
    return this.suite.testLists.get(this.owner) ?? { owner: this.owner, uuids: [], ids: [] };
  }

  putList(list: TestList): void {
    this.suite.testLists.put({ ...list, owner: this.owner });
  }

  run(uuid: string): TestRun | undefined {
    return this.suite.testRuns.get(runKey(this.owner, uuid));
  }

  runReader(): (uuid: string) => TestRun | undefined {
    const { collection } = this.suite.testRuns;
    const { owner } = this;
    return (uuid) => collection.get(runKey(owner, uuid));
  }

  putRun(run: TestRun): void {
    this.suite.testRuns.put({ ...run, owner: this.owner });
  }

  dropRun(run: TestRun): void {
    this.suite.testRuns.delete(runKey(this.owner, run.uuid));
    for (let number = 1; number <= run.entries; number++) {
      this.suite.noteEntries.delete(entryKey(this.owner, run.uuid, number));
    }
  }

  entry(uuid: string, number: number): NoteEntry | undefined {
    return this.suite.noteEntries.get(entryKey(this.owner, uuid, number));
  }

  putEntry(entry: NoteEntry): void {
    this.suite.noteEntries.put({ ...entry, owner: this.owner });
  }
}

/** The state of a session that has a number. */
export class SessionStore extends TableStore {
  readonly owner: Owner;

  constructor(
    suite: OpenSuite,
    private readonly number: number,
  ) {
    super(suite);
    this.owner = `session:${number}`;
  }

  head(): RunHead {
    const head = this.suite.sessions.get(this.number);
    invariant(head, `session ${this.number} is open, so it exists`);
    return head;
  }

  putHead(head: RunHead): void {
    this.suite.sessions.put({ ...head, number: this.number });
  }
}

/** The state of a set. */
export class SetStore extends TableStore {
  readonly owner: Owner;

  constructor(
    suite: OpenSuite,
    private readonly path: string,
  ) {
    super(suite);
    this.owner = `set:${path}`;
  }

  head(): RunHead {
    const head = this.suite.sets.get(this.path);
    invariant(head, `set ${this.path} is open, so it exists`);
    return head;
  }

  putHead(head: RunHead): void {
    const isStatic = this.suite.sets.get(this.path)?.isStatic ?? false;
    this.suite.sets.put({ ...head, path: this.path, isStatic });
  }
}

/** The state of a session that was not saved yet; nobody else sees it. */
export class LooseStore implements RunStore {
  readonly owner: Owner = 'session:0';
  private tests: TestList = { owner: 'session:0', uuids: [], ids: [] };
  private readonly runs = new Map<string, TestRun>();
  private readonly entries = new Map<string, NoteEntry>();

  constructor(private current: RunHead) {}

  head(): RunHead {
    return this.current;
  }

  putHead(head: RunHead): void {
    this.current = head;
  }

  list(): TestList {
    return this.tests;
  }

  putList(list: TestList): void {
    this.tests = list;
  }

  run(uuid: string): TestRun | undefined {
    return this.runs.get(runKey(this.owner, uuid));
  }

  runReader(): (uuid: string) => TestRun | undefined {
    return (uuid) => this.run(uuid);
  }

  putRun(run: TestRun): void {
    this.runs.set(runKey(this.owner, run.uuid), run);
  }

  dropRun(run: TestRun): void {
    this.runs.delete(runKey(this.owner, run.uuid));
    for (let number = 1; number <= run.entries; number++) {
      this.entries.delete(entryKey(this.owner, run.uuid, number));
    }
  }

  entry(uuid: string, number: number): NoteEntry | undefined {
    return this.entries.get(entryKey(this.owner, uuid, number));
  }

  putEntry(entry: NoteEntry): void {
    this.entries.set(entryKey(this.owner, entry.uuid, entry.number), entry);
  }
}

/** Copies lists, runs and entries from one store to another; the head is the caller's. */
export function copyTests(from: RunStore, to: RunStore): void {
  const { uuids, ids } = from.list();
  to.putList({ owner: to.owner, uuids, ids });
  for (const uuid of uuids) {
    const run = from.run(uuid);
    if (!run) continue;
    to.putRun({ ...run, owner: to.owner });
    for (let number = 1; number <= run.entries; number++) {
      const entry = from.entry(uuid, number);
      if (entry) to.putEntry({ ...entry, owner: to.owner });
    }
  }
}

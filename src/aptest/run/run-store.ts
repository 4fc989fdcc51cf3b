import { Draft } from '../../world/draft.ts';
import { invariant } from '../../world/invariant.ts';
import { World } from '../../world/world.ts';
import { blankHead, type RunHead, type SessionRecord, type SetRecord } from '../model/run-head.ts';
import {
  entryKey,
  type NoteEntry,
  type Owner,
  runKey,
  type TestList,
  type TestRun,
} from '../model/test-run.ts';
import type { Seconds } from '../model/value.ts';
import { OpenSuite } from './open-suite.ts';

/** Where a session or set keeps its state: lists, runs and entries are found in the suite's tables by their owner. */
export abstract class RunStore {
  abstract readonly owner: Owner;
  /** How it is called in messages. */
  abstract readonly title: string;
  /** Whether the tests are chosen anew whenever they are read. */
  get isDynamic(): boolean {
    return false;
  }

  constructor(protected readonly suite: OpenSuite) {}

  abstract head(): RunHead;
  abstract putHead(head: RunHead): void;

  /** When it or what was made from it was last changed. */
  lastChange(): Seconds {
    return this.head().mtime;
  }

  list(): TestList {
    return this.suite.testLists.get(this.owner) ?? { owner: this.owner, uuids: [], ids: [] };
  }

  putList(list: TestList): void {
    this.suite.testLists.put({ ...list, owner: this.owner });
  }

  run(uuid: string): TestRun | undefined {
    return this.suite.testRuns.get(runKey(this.owner, uuid));
  }

  /** The same as a function for many tests in a row, on the state as it is now. */
  runReader(): (uuid: string) => TestRun | undefined {
    const { collection } = this.suite.testRuns;
    const { owner } = this;
    return (uuid) => collection.get(runKey(owner, uuid));
  }

  putRun(run: TestRun): void {
    this.suite.testRuns.put(run.owner === this.owner ? run : { ...run, owner: this.owner });
  }

  dropRun(run: TestRun): void {
    this.suite.testRuns.delete(runKey(this.owner, run.uuid));
    for (let number = 1; number <= run.entries; number++) {
      this.suite.noteEntries.delete(entryKey(this.owner, run.uuid, number));
    }
  }

  /** Drops what happened to tests; to all of the list unless some are named. */
  dropRuns(uuids = this.list().uuids): void {
    for (const uuid of uuids) {
      const run = this.run(uuid);
      if (run) this.dropRun(run);
    }
  }

  entry(uuid: string, number: number): NoteEntry | undefined {
    return this.suite.noteEntries.get(entryKey(this.owner, uuid, number));
  }

  putEntry(entry: NoteEntry): void {
    this.suite.noteEntries.put(entry.owner === this.owner ? entry : { ...entry, owner: this.owner });
  }
}

/** The state of a session, by its number. */
export class SessionStore extends RunStore {
  readonly owner: Owner;

  constructor(
    suite: OpenSuite,
    private readonly number: number,
    readonly title = String(number),
  ) {
    super(suite);
    this.owner = `session:${number}`;
  }

  /** The state of a session that was not saved yet: in tables of its own, which nobody else sees. */
  static loose(suite: OpenSuite, known?: World): SessionStore {
    const { draft, definition, user, now } = suite;
    const world = known ?? new World(draft.seed);
    const own = new OpenSuite(new Draft(world), definition, { now: now * 1000, user });
    const store = new SessionStore(own, 0, 'new');
    if (!known) store.putHead(blankHead(user, now));
    return store;
  }

  /** The tables of a session that was not saved, as they are now: with them `loose` goes on. */
  looseWorld(): World {
    return this.suite.draft.commit();
  }

  head(): RunHead {
    const head = this.suite.sessions.get(this.number);
    invariant(head, `session ${this.number} is open, so it exists`);
    return head;
  }

  putHead(head: RunHead): void {
    const { number } = head as Partial<SessionRecord>;
    this.suite.sessions.put(
      number === this.number ? (head as SessionRecord) : { ...head, number: this.number },
    );
  }
}

/** The state of a set. */
export class SetStore extends RunStore {
  readonly owner: Owner;

  constructor(
    suite: OpenSuite,
    readonly title: string,
  ) {
    super(suite);
    this.owner = `set:${title}`;
  }

  override get isDynamic(): boolean {
    return !this.head().isStatic;
  }

  override lastChange(): Seconds {
    const sessions = this.suite.sessions.findBy('testset', this.title);
    return Math.max(super.lastChange(), ...sessions.map(({ mtime }) => mtime));
  }

  head(): SetRecord {
    const head = this.suite.sets.get(this.title);
    invariant(head, `set ${this.title} is open, so it exists`);
    return head;
  }

  putHead(head: RunHead): void {
    const { path, isStatic } = this.head();
    this.suite.sets.put({ ...head, path, isStatic });
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

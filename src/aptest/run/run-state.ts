import { errors } from '../errors.ts';
import type { ResultDefinition } from '../model/definitions.ts';
import type { HeadPatch, RunHead } from '../model/run-head.ts';
import type { TestRun } from '../model/test-run.ts';
import { patched } from '../model/value.ts';
import type { SqlStatement } from '../rules/sql.ts';
import type { OpenSuite } from './open-suite.ts';
import type { RunStore } from './run-store.ts';

/** What a session or set that is open keeps for itself: nothing of it is in the records of the suite. */
export class RunMemory {
  /** What is appended to the names of inputs. */
  formSuffix = '';
  /** What `arrange` sorts by; not kept with the session (documented). */
  sortedBy: readonly string[] = [];
  /** The statements of the SQL mirror so far, in order. */
  readonly statements: SqlStatement[] = [];
  /** What was said about places in the product's file system, and the objects that were handed over. */
  readonly places: {
    rundata?: string;
    suiteDir?: string;
    cache?: unknown;
    results?: readonly ResultDefinition[];
  } = {};
}

interface OpenedAs {
  readonly isWritable: boolean;
  /** What it kept when it was open before. */
  readonly memory?: RunMemory | undefined;
}

/**
 * A session or set that is open in a draft: the suite it belongs to, the store its records are in, the ways to change
 * them, and what the object keeps for itself while it is open. The functions of this folder work on it, by topic;
 * reading gives values of the draft, writing puts new records into it.
 */
export class RunState {
  /** Where links to attachments lead; relative to the pages of the product. */
  linkBase = '';

  /** Whether it was opened for writing. */
  readonly isWritable: boolean;
  /** What the object keeps for itself while it is open. */
  readonly memory: RunMemory;

  constructor(
    readonly suite: OpenSuite,
    protected openStore: RunStore,
    { isWritable, memory = new RunMemory() }: OpenedAs,
  ) {
    this.isWritable = isWritable;
    this.memory = memory;
  }

  /** The statements of the SQL mirror so far, in order. */
  get statements(): readonly SqlStatement[] {
    return this.memory.statements;
  }

  get store(): RunStore {
    return this.openStore;
  }

  /** The record as it is now. */
  get head(): RunHead {
    return this.openStore.head();
  }

  /** How it is called in messages. */
  get title(): string {
    return this.openStore.title;
  }

  /** Changes the head, and notes who did it and when. */
  change(patch: HeadPatch): void {
    this.put({ user: this.suite.user, mtime: this.suite.now, ...patch });
  }

  /** Changes the head and nothing else. */
  put(patch: HeadPatch): void {
    this.mustBeWritable();
    this.openStore.putHead(patched(this.head, patch));
  }

  mustBeWritable(): void {
    this.suite.mustBeOpen();
    if (!this.isWritable) throw errors.readOnly(this.title);
  }

  /** What happened to a test; one that nothing happened to is untested. */
  runOf(uuid: string): TestRun {
    return (
      this.openStore.run(uuid) ?? {
        owner: this.openStore.owner,
        uuid,
        result: this.suite.definition.untestedCode,
        assignedto: [],
        data: {},
        entries: 0,
      }
    );
  }

  /** What happened to the test at an index; undefined where there is none. */
  runAt(tid: number): TestRun | undefined {
    const uuid = this.openStore.list().uuids[tid];
    return uuid === undefined ? undefined : this.runOf(uuid);
  }

  /** Puts a list of tests in the place of the one that is there. */
  putList(uuids: readonly string[], ids: readonly string[]): void {
    this.mustBeWritable();
    this.openStore.putList({ owner: this.openStore.owner, uuids, ids });
  }
}

/** The functions of the topics as methods of the state they work on. */
export type MethodsOf<F> = {
  readonly [K in keyof F]: F[K] extends (state: RunState, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never;
};

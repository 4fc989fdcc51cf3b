import { errors } from '../errors.ts';
import { type HeadPatch, patchedHead, type RunHead } from '../model/run-head.ts';
import type { TestRun } from '../model/test-run.ts';
import type { OpenSuite } from './open-suite.ts';
import type { RunStore } from './run-store.ts';

/**
 * What all methods of a TestSession stand on: the suite it belongs to, the store its state is in, and the ways to
 * change it. The object is a view: reading gives values of the draft, writing puts new records into it.
 */
export abstract class SessionCore {
  protected store: RunStore;
  protected isWritable: boolean;

  constructor(
    readonly suite: OpenSuite,
    store: RunStore,
    isWritable: boolean,
  ) {
    this.store = store;
    this.isWritable = isWritable;
  }

  /** The record as it is now. */
  get head(): RunHead {
    return this.store.head();
  }

  /** How the object is called in messages. */
  abstract get title(): string;

  /** Changes the head and notes who did it and when. */
  protected change(patch: HeadPatch): void {
    this.put({ user: this.suite.user, mtime: this.suite.now, ...patch });
  }

  /** Changes the head and nothing else. */
  protected put(patch: HeadPatch): void {
    this.mustBeWritable();
    this.store.putHead(patchedHead(this.head, patch));
  }

  protected mustBeWritable(): void {
    if (!this.isWritable) throw errors.readOnly(this.title);
  }

  /** Reads a member, or sets it first when a value is given: how all accessors of the manual work. */
  protected accessor<K extends keyof RunHead>(name: K, value: RunHead[K] | undefined): RunHead[K] {
    if (value !== undefined) this.change({ [name]: value } as HeadPatch);
    return this.head[name];
  }

  /** What happened to a test; one that nothing happened to is untested. */
  protected runOf(uuid: string): TestRun {
    return (
      this.store.run(uuid) ?? {
        owner: this.store.owner,
        uuid,
        result: this.suite.definition.untestedCode,
        assignedto: [],
        data: {},
        entries: 0,
      }
    );
  }

  /** What happened to the test at an index; undefined where there is none. */
  protected runAt(tid: number): TestRun | undefined {
    const uuid = this.store.list().uuids[tid];
    return uuid === undefined ? undefined : this.runOf(uuid);
  }
}

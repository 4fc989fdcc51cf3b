import type { FileContent } from '../file-content.ts';

/** Records that are written together and share one wait for the disk. */
export interface Group<M> {
  readonly lines: readonly string[];
  /** The contents that these records name, by hash. */
  readonly files: ReadonlyMap<string, FileContent>;
  /** Where the world stands when all of them count. */
  readonly mark: M;
}

/** A record that is to be written. */
export interface Addition<M> {
  readonly line: string;
  readonly files: ReadonlyMap<string, FileContent>;
  readonly mark: M;
}

export interface GroupCommitParts<M> {
  /** What has to be on the disk before a group is written; nothing else is written meanwhile. */
  readonly prepare: (group: Group<M>) => Promise<void> | undefined;
  /**
   * Writes a group behind those that were begun before it, and waits until it is on the disk.
   *
   * @returns how many bytes it took
   */
  readonly write: (group: Group<M>) => Promise<number>;
  /** Is told in the same turn in which a group counts: when it and all before it are on the disk. */
  readonly onKept: (mark: M, bytes: number) => void;
  /**
   * Is told in the same turn in which records are lost: those of a group that failed, and all that were added since,
   * because they were made on top of it. Nothing is being written then.
   *
   * @returns what those who wait are told
   */
  readonly onLost: (error: unknown, records: number) => Error;
  /** Removes what the lost records may have left on the disk; awaited before anything else is written. */
  readonly cleanUp: () => Promise<void>;
}

/**
 * Groups on their way to the disk at the same time. With one alone, a record that just missed it waits twice as long:
 * with a slow disk (2 ms) and few clients two of them brought a tenth to a third more calls a second, with a fast one
 * there was no difference. Each takes a thread of Node's four.
 */
const AT_ONCE = 2;

class Gathering<M> implements Group<M> {
  readonly lines: string[] = [];
  readonly files = new Map<string, FileContent>();
  readonly kept: Promise<void>;
  state: 'waiting' | 'written' | 'failed' = 'waiting';
  bytes = 0;
  resolve: () => void = () => {};
  reject: (error: Error) => void = () => {};

  constructor(public mark: M) {
    this.kept = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Nobody has to wait: what time has done by itself has no answer to hold back.
    this.kept.catch(() => {});
  }
}

/**
 * Gathers records while others are being written: many calls share one wait for the disk, however many there are,
 * and a single one does not wait for company.
 */
export class GroupCommit<M> {
  private gathering: Gathering<M> | undefined;
  /** Begun and not counted yet, in order. */
  private begun: Gathering<M>[] = [];
  private failure: { readonly error: unknown } | undefined;
  private readonly tasks: (() => Promise<void>)[] = [];
  /** Whether something goes on that nothing else may be written beside. */
  private isAlone = false;
  private isWoken = false;

  constructor(private readonly parts: GroupCommitParts<M>) {}

  /** Whether everything that was added is kept; a promise of it when it is not. It is rejected with what `onLost` gives. */
  pending(): Promise<void> | undefined {
    return (this.gathering ?? this.begun.at(-1))?.kept;
  }

  add({ line, files, mark }: Addition<M>): void {
    this.gathering ??= new Gathering(mark);
    this.gathering.mark = mark;
    this.gathering.lines.push(line);
    for (const [sha256, content] of files) this.gathering.files.set(sha256, content);
    this.wake();
  }

  /** Does something while nothing is being written. */
  between<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.tasks.push(() => task().then(resolve, reject));
      this.wake();
    });
  }

  /** Goes on after the requests of this turn of the event loop, so that they go together. */
  private wake(): void {
    if (this.isWoken) return;
    this.isWoken = true;
    setImmediate(() => {
      this.isWoken = false;
      this.goOn();
    });
  }

  private goOn(): void {
    if (this.isAlone) return;
    if (this.failure) {
      if (this.begun.every(({ state }) => state !== 'waiting')) this.lose(this.failure.error);
      return;
    }
    const [task] = this.tasks;
    if (task) {
      if (this.begun.length > 0) return;
      this.tasks.shift();
      this.alone(task());
    } else if (this.gathering && this.begun.length < AT_ONCE) {
      this.begin(this.gathering);
    }
  }

  private begin(group: Gathering<M>): void {
    this.gathering = undefined;
    this.begun.push(group);
    const prepared = this.parts.prepare(group);
    if (prepared) {
      const write = () => this.write(group);
      this.alone(prepared.then(write, (error) => this.failed(group, error)));
    } else {
      this.write(group);
    }
  }

  private write(group: Gathering<M>): void {
    this.parts.write(group).then(
      (bytes) => this.written(group, bytes),
      (error) => this.failed(group, error),
    );
  }

  private written(group: Gathering<M>, bytes: number): void {
    group.state = 'written';
    group.bytes = bytes;
    for (let first = this.begun[0]; first?.state === 'written'; first = this.begun[0]) {
      this.begun.shift();
      this.parts.onKept(first.mark, first.bytes);
      first.resolve();
    }
    this.goOn();
  }

  private failed(group: Gathering<M>, error: unknown): void {
    group.state = 'failed';
    this.failure ??= { error };
    this.goOn();
  }

  private lose(error: unknown): void {
    const lost = [...this.begun, ...(this.gathering ? [this.gathering] : [])];
    this.begun = [];
    this.gathering = undefined;
    this.failure = undefined;
    const reason = this.parts.onLost(
      error,
      lost.reduce((sum, { lines }) => sum + lines.length, 0),
    );
    for (const { reject } of lost) reject(reason);
    this.alone(this.parts.cleanUp());
  }

  private alone(work: Promise<void>): void {
    this.isAlone = true;
    const done = () => {
      this.isAlone = false;
      this.goOn();
    };
    work.then(done, done);
  }
}

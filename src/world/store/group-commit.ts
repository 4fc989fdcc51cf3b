import type { FileContent } from '../file-content.ts';

/** Records that are written together and share one wait for the disk. */
export interface Group<M> {
  readonly lines: readonly string[];
  /** The contents that these records name, by hash. */
  readonly files: ReadonlyMap<string, FileContent>;
  /** How many records there are. */
  readonly size: number;
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
  /** Writes a group and waits until it is on the disk. */
  readonly write: (group: Group<M>) => Promise<void>;
  /** Is told in the same turn in which a group counts. */
  readonly onKept: (mark: M) => void;
  /**
   * Is told in the same turn in which a group failed. Whatever was added since was made on top of it and is lost too.
   *
   * @returns what those who wait are told
   */
  readonly onLost: (error: unknown, records: number) => Error;
}

class Gathering<M> implements Group<M> {
  readonly lines: string[] = [];
  readonly files = new Map<string, FileContent>();
  readonly kept: Promise<void>;
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

  get size(): number {
    return this.lines.length;
  }
}

/**
 * Gathers records while others are being written: many calls share one wait for the disk, however many there are,
 * and a single one does not wait for company.
 */
export class GroupCommit<M> {
  private gathering: Gathering<M> | undefined;
  private writing: Gathering<M> | undefined;
  private readonly tasks: (() => Promise<void>)[] = [];
  private isAtWork = false;

  constructor(private readonly parts: GroupCommitParts<M>) {}

  /** Whether everything that was added is kept; a promise of it when it is not. It is rejected with what `onLost` gives. */
  pending(): Promise<void> | undefined {
    return (this.gathering ?? this.writing)?.kept;
  }

  add({ line, files, mark }: Addition<M>): void {
    this.gathering ??= new Gathering(mark);
    this.gathering.mark = mark;
    this.gathering.lines.push(line);
    for (const [sha256, content] of files) this.gathering.files.set(sha256, content);
    this.wake();
  }

  /** Does something while no group is being written. */
  between<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.tasks.push(() => task().then(resolve, reject));
      this.wake();
    });
  }

  private wake(): void {
    if (this.isAtWork) return;
    this.isAtWork = true;
    // After the requests of this turn of the event loop, so that they go together.
    setImmediate(() => void this.work());
  }

  private async work(): Promise<void> {
    for (;;) {
      const task = this.tasks.shift();
      if (task) await task();
      else if (this.gathering) await this.writeGroup(this.gathering);
      else break;
    }
    this.isAtWork = false;
  }

  private async writeGroup(group: Gathering<M>): Promise<void> {
    this.gathering = undefined;
    this.writing = group;
    try {
      await this.parts.write(group);
      this.writing = undefined;
      this.parts.onKept(group.mark);
      group.resolve();
    } catch (error) {
      this.lose(error, group);
    }
  }

  private lose(error: unknown, group: Gathering<M>): void {
    const later = this.takeGathering();
    this.writing = undefined;
    const reason = this.parts.onLost(error, group.size + (later?.size ?? 0));
    group.reject(reason);
    later?.reject(reason);
  }

  private takeGathering(): Gathering<M> | undefined {
    const taken = this.gathering;
    this.gathering = undefined;
    return taken;
  }
}

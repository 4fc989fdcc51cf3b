import type { TwinErrorCode } from '../errors/own-errors.ts';
import { errorNumbers, isApiError, type TestTrackApiError, TestTrackError } from './testtrack-errors.ts';

/** How an edit is asked for. */
export interface EditOptions {
  /**
   * Do not throw when another user edits the record: the scope is given without a lock, and `editLockFailed` is true
   * of it.
   */
  readonly ignoreEditLockError?: boolean;
}

/** The two calls that end an edit. */
export interface EditActions<R> {
  readonly save: (record: R) => Promise<void>;
  readonly cancel: () => Promise<void>;
}

/**
 * Where an edit stands: it holds its lock; it was saved, or given up; its lock was lost before that (the 15 minutes
 * or the session are over); or there never was one.
 */
export type EditState = 'editing' | 'saved' | 'cancelled' | 'lost' | 'not locked';

/** A record that was locked for editing, and the way back: saved, or left as it was. */
export class EditScope<R> implements AsyncDisposable {
  readonly #actions: EditActions<R>;
  #record: R | undefined;
  #state: EditState;
  #error: unknown;

  private constructor(actions: EditActions<R>, begin: { record?: R; error?: TestTrackApiError }) {
    this.#actions = actions;
    this.#record = begin.record;
    this.#error = begin.error;
    this.#state = begin.error ? 'not locked' : 'editing';
  }

  /** The scope of a record that is locked now. */
  static begun<R>(record: R, actions: EditActions<R>): EditScope<R> {
    return new EditScope(actions, { record });
  }

  /** The scope of an edit that found the record locked. */
  static refused<R>(error: TestTrackApiError): EditScope<R> {
    const nothing = async () => {};
    return new EditScope<R>({ save: nothing, cancel: nothing }, { error });
  }

  /**
   * The record, to be changed in place or replaced.
   *
   * @throws TestTrackApiError the refusal, when the record could not be locked and `ignoreEditLockError` was given
   */
  get record(): R {
    if (this.#state === 'not locked') throw this.#error;
    return this.#record as R;
  }

  set record(record: R) {
    if (this.#state === 'not locked') throw this.#error;
    this.#record = record;
  }

  /** How far the edit has come. */
  get state(): EditState {
    return this.#state;
  }

  /** The lock is held as far as this side knows: the server ends it by itself after 15 minutes (documented). */
  get hasEditLock(): boolean {
    return this.#state === 'editing';
  }

  /** The record was stored. */
  get wasSaved(): boolean {
    return this.#state === 'saved';
  }

  /** Something went wrong, so the record was not saved. */
  get hasErrored(): boolean {
    return this.#error !== undefined && !this.wasSaved;
  }

  /** Another user edits the record. */
  get editLockFailed(): boolean {
    return this.#state === 'not locked';
  }

  /** What went wrong; undefined when nothing did. */
  get error(): unknown {
    return this.#error;
  }

  /**
   * Stores the record and unlocks it. When the server refuses the record, the lock stays (documented): mend the record
   * and save again, or cancel.
   *
   * @throws TestTrackApiError, TestTrackConnectionError; TestTrackError when the edit is over already
   */
  async save(): Promise<void> {
    if (this.#state === 'not locked') throw this.#error;
    if (this.#state !== 'editing') {
      throw new TestTrackError(
        `This edit is over (${this.#state}), so nothing can be saved. Edit the record again.`,
      );
    }
    try {
      await this.#actions.save(this.#record as R);
      this.#state = 'saved';
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
      if (isLockGone(error)) this.#state = 'lost';
      throw error;
    }
  }

  /** Unlocks the record without storing it. Does nothing when the edit is over already. */
  async cancel(): Promise<void> {
    if (this.#state !== 'editing') return;
    try {
      await this.#actions.cancel();
    } catch (error) {
      if (!isLockGone(error)) throw error;
    }
    this.#state = 'cancelled';
  }

  /**
   * Works on the record, then saves it. When the work throws, the edit is cancelled instead, and the error thrown on.
   * Without a lock (`ignoreEditLockError`) the work is not done.
   */
  async run(work: (record: R, scope: EditScope<R>) => unknown): Promise<this> {
    if (this.editLockFailed) return this;
    try {
      await work(this.record, this);
      if (this.hasEditLock) await this.save();
    } catch (error) {
      // The reason comes first: a lock that cannot be given back ends by itself.
      await this.cancel().catch(() => {});
      if (error instanceof EditLeftError && error.scope === this) return this;
      this.#error ??= error;
      throw error;
    }
    return this;
  }

  /** Ends the work of `run` (or `editing`) here and now: nothing is saved, the lock is given back, nobody is told. */
  leave(): never {
    throw new EditLeftError(this);
  }

  /** At the end of an `await using` block: what was not saved is cancelled. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.cancel();
  }
}

/** What `leave` throws. Seen by a caller only when it was called outside of `run` and `editing`. */
export class EditLeftError extends TestTrackError {
  override readonly name = 'EditLeftError';
  readonly code: TwinErrorCode = 'TWIN_CLIENT_EDIT_LEFT';
  readonly scope: object;

  constructor(scope: object) {
    super('leave() ends the work of editing() or run(). In an "await using" block just leave the block.');
    this.scope = scope;
  }
}

/** The server knows of no such edit any more. */
function isLockGone(error: unknown): boolean {
  return isApiError(error, errorNumbers.editRecordNotFound) || isApiError(error, errorNumbers.notLoggedIn);
}

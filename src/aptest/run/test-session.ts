import type { World } from '../../world/world.ts';
import { errors } from '../errors.ts';
import { countKind, ofKind } from '../rules/value-kinds.ts';
import { Field } from './field.ts';
import { RunWithMethods } from './methods.ts';
import type { OpenSuite } from './open-suite.ts';
import type { RunMemory } from './run-state.ts';
import { copyTests, SessionStore } from './run-store.ts';
import { TestSet } from './test-set.ts';
import { refreshWith } from './tests.ts';

/** What a session that is open has besides the records of its suite. */
interface Kept {
  readonly memory?: RunMemory | undefined;
  /** The tables of one that was not saved yet. */
  readonly unsaved?: World | undefined;
}

/** A session between two calls. */
export interface KeptSession extends Kept {
  readonly number: number | undefined;
  readonly isWritable: boolean;
}

/**
 * A test session, with the methods that the TestSession manual documents. The object is a view of one session in
 * an open suite; the commands of rpc.mpl work with it too.
 */
export class TestSession extends RunWithMethods {
  /** An execution field: `TestSession::Field` of the manual. */
  static readonly Field = Field;

  private number: number | undefined;

  /**
   * Opens a session, or makes a new one that has no number until it is saved.
   *
   * @param session number of an existing session, also as `save` writes it; none for a new one
   * @param isWritable read-only unless asked (documented); a new session can always be written
   * @param timeout seconds to wait for a lock of the store; accepted, and never needed: calls run one after another
   * @param kept what it had before, when it is opened again
   * @throws ProductFault when there is no such session
   */
  // biome-ignore lint/complexity/useMaxParams: the manual's arguments in its order, and ours behind them
  constructor(suite: OpenSuite, session?: number | string, isWritable = false, timeout = 0, kept: Kept = {}) {
    const isNew = session === undefined;
    const named = { argument: 'sessID', value: String(session) };
    const sessionId = isNew ? undefined : ofKind(countKind, named, session);
    ofKind(countKind, { argument: 'timeout', value: String(timeout) }, timeout);
    if (sessionId !== undefined && !suite.sessions.get(sessionId)) throw errors.noSession(named);
    const store =
      sessionId === undefined ? SessionStore.loose(suite, kept.unsaved) : new SessionStore(suite, sessionId);
    super(suite, store, { isWritable: isWritable || isNew, memory: kept.memory });
    this.number = sessionId;
  }

  /** Opens a session again as it was kept between two calls. @throws ProductFault when it is gone */
  static reopened(suite: OpenSuite, { number, isWritable, ...kept }: KeptSession): TestSession {
    return new TestSession(suite, number, isWritable, 0, kept);
  }

  /** What has to be kept of the session until the next call. */
  kept(): KeptSession {
    const { number, isWritable, memory, store } = this;
    const isUnsaved = number === undefined && store instanceof SessionStore;
    return { number, isWritable, memory, unsaved: isUnsaved ? store.looseWorld() : undefined };
  }

  /** The session's number with leading zeros; undefined before it is saved. With a number it is set. */
  sessionId(number?: number): string | undefined {
    if (number !== undefined) this.move(number);
    return this.number === undefined ? undefined : writtenNumber(this.number, this.suite);
  }

  /**
   * Gives a new session a number and stores it; a session that has one is stored with every change already.
   *
   * @param useDBM accepted as documented; the twin has one kind of store
   * @param session the number to take, also as text; or `new` for the next free one
   * @returns the session's number as text; undefined when no number was given or it is taken
   */
  save(useDBM?: boolean, session?: number | string): string | undefined {
    void useDBM;
    if (this.number !== undefined) return this.sessionId();
    if (session === undefined) return undefined;
    if (session === 'new') return this.sessionId(this.suite.nextSessionNumber());
    const number = ofKind(countKind, { argument: 'session', value: String(session) });
    return this.suite.sessions.get(number) ? undefined : this.sessionId(number);
  }

  /** Saves as a flat file in the product; here there is one kind of store. @returns what `save` gives */
  saveAsText(session?: number | string): string | undefined {
    return this.save(false, session);
  }

  /**
   * Takes over the tests that the parent set chooses now; see `refreshWith`.
   *
   * @param set the parent set; opened by its name when absent
   */
  refresh(set = TestSet.at(this.suite, this.head.testset), destroyResults = false): number | undefined {
    if (!set) throw errors.noSet({ argument: 'set', value: this.head.testset });
    return refreshWith(this, set.currentTests(), destroyResults);
  }

  /** Takes another number. That of another session is not taken from it. */
  private move(wanted: number): void {
    this.mustBeWritable();
    const sent = { argument: 'sessionId', value: String(wanted) };
    const number = ofKind(countKind, sent);
    if (number === this.number) return;
    if (this.suite.sessions.get(number)) throw errors.exists('Session', sent);
    const store = new SessionStore(this.suite, number);
    this.suite.takeSessionNumber(number);
    store.putHead(this.head);
    copyTests(this.store, store);
    if (this.number !== undefined) removeSession(this.suite, this.number);
    this.openStore = store;
    this.number = number;
  }
}

/** A session number as answers show it: `00057` with the usual width. */
export function writtenNumber(number: number, suite: OpenSuite): string {
  return String(number).padStart(suite.settings.sessionNumberWidth, '0');
}

/** Deletes a session with its tests, results, notes and attachments. */
export function removeSession(suite: OpenSuite, number: number): void {
  const store = new SessionStore(suite, number);
  store.dropRuns();
  suite.testLists.delete(store.owner);
  suite.sessions.delete(number);
}

import { errors } from '../errors.ts';
import { blankHead, type SessionRecord } from '../model/run-head.ts';
import { Field } from './field.ts';
import type { OpenSuite } from './open-suite.ts';
import { copyTests, LooseStore, SessionStore } from './run-store.ts';
import { SessionSql } from './session-sql.ts';
import { TestSet } from './test-set.ts';

/**
 * A test session, with the methods that the TestSession manual documents. The object is a view of one session in
 * an open suite; the commands of rpc.mpl work with it too.
 */
export class TestSession extends SessionSql {
  /** An execution field: `TestSession::Field` of the manual. */
  static readonly Field = Field;

  private number: number | undefined;

  /**
   * Opens a session, or makes a new one that has no number until it is saved.
   *
   * @param sessionId number of an existing session; none for a new one
   * @param isWritable read-only unless asked (documented); a new session can always be written
   * @throws ProductFault when there is no such session
   */
  constructor(suite: OpenSuite, sessionId?: number, isWritable = false) {
    if (sessionId !== undefined && !suite.sessions.get(sessionId)) {
      throw errors.noSession({ argument: 'sessID', value: String(sessionId) });
    }
    const store =
      sessionId === undefined
        ? new LooseStore(blankHead(suite.user, suite.now))
        : new SessionStore(suite, sessionId);
    super(suite, store, isWritable || sessionId === undefined);
    this.number = sessionId;
  }

  get title(): string {
    return this.number === undefined ? 'new' : String(this.number);
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
   * @param session the number to take, or `new` for the next free one
   * @returns the session's number as text; undefined when no number was given or it is taken
   */
  save(useDBM?: boolean, session?: number | 'new'): string | undefined {
    void useDBM;
    if (this.number !== undefined) return this.sessionId();
    if (session === undefined) return undefined;
    if (session !== 'new' && this.suite.sessions.get(session)) return undefined;
    this.move(session === 'new' ? this.suite.nextSessionNumber() : session);
    return this.sessionId();
  }

  /** Saves as a flat file in the product; here there is one kind of store. @returns what `save` gives */
  saveAsText(session?: number | 'new'): string | undefined {
    return this.save(false, session);
  }

  /**
   * Takes over the tests that the parent set chooses now; see `refreshWith`.
   *
   * @param set the parent set; opened by its name when absent
   */
  refresh(set?: TestSet, destroyResults = false): number | undefined {
    const parent = set ?? TestSet.at(this.suite, this.head.testset);
    if (!parent) throw errors.noSet({ argument: 'set', value: this.head.testset });
    return this.refreshWith(parent.currentTests(), destroyResults);
  }

  private move(number: number): void {
    this.mustBeWritable();
    const store = new SessionStore(this.suite, number);
    const record: SessionRecord = { ...this.head, number };
    this.suite.takeSessionNumber(number);
    this.suite.sessions.put(record);
    copyTests(this.store, store);
    if (this.number !== undefined && this.number !== number) removeSession(this.suite, this.number);
    this.store = store;
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
  for (const uuid of store.list().uuids) {
    const run = store.run(uuid);
    if (run) store.dropRun(run);
  }
  suite.testLists.delete(store.owner);
  suite.sessions.delete(number);
}

import { canRun, featuresIn } from '../model/account.ts';
import type { HeadPatch, LockLevel, RunMode } from '../model/run-head.ts';
import { commaList, type Seconds, tallyOf } from '../model/value.ts';
import { SessionCore } from './session-core.ts';

/**
 * Identity, people, state, lock and dates. Each accessor reads without an argument and writes with one, and gives
 * the value that holds then (all documented).
 */
export abstract class SessionProperties extends SessionCore {
  abstract testUUIDList(): readonly string[];

  /** Who last updated the session; undefined before anybody did. */
  user(name?: string): string | undefined {
    if (name !== undefined) this.put({ user: name });
    return this.head.user === '' ? undefined : this.head.user;
  }

  /** Who is at work now: the user the call is made for. */
  currentUser(): string {
    return this.suite.user;
  }

  /** Names of the accounts that may do something in the suite; `run` access unless another is asked for. */
  userList(permission?: string): string[] {
    const { name } = this.suite.definition;
    return this.suite.accounts
      .sorted()
      .filter((account) => {
        if (account.isDisabled) return false;
        if (permission === undefined || permission === 'run' || permission === 'execute') {
          return canRun(account, name);
        }
        return featuresIn(account, name).some((feature) => feature === permission);
      })
      .map((account) => account.name);
  }

  /**
   * The assignees as a comma separated list. With a value, every test is assigned to these people (how several
   * assignees share tests is not documented; each test gets all of them). With `recalc` the list is counted anew
   * from the tests.
   */
  assignedto(value?: string, recalc = false): string {
    if (value !== undefined) this.assignAll(commaList(value));
    else if (recalc) {
      const uuids = this.testUUIDList();
      this.put({ assignees: tallyOf(uuids.flatMap((uuid) => this.runOf(uuid).assignedto)) });
    }
    return Object.keys(this.head.assignees).sort().join(',');
  }

  description(text?: string): string {
    return this.accessor('description', text);
  }

  summary(text?: string): string {
    return this.accessor('summary', text);
  }

  /** The name that lists show; the manual of the object knows only the description it falls back to. */
  name(text?: string): string {
    const { name, description } = this.head;
    if (text !== undefined) this.change({ name: text });
    return text ?? (name === '' ? description : name);
  }

  /** Path of the parent set. */
  testset(path?: string): string {
    return this.accessor('testset', path);
  }

  /** Sequence number of the test plan. */
  tpno(number?: number): number {
    return this.accessor('tpno', number);
  }

  /** How a user steps through the tests: continue, pause, step, error or single. */
  runmode(mode?: RunMode): RunMode {
    return this.accessor('runmode', mode);
  }

  /** Whether the notice that everything is tested went out. */
  notified(state?: boolean): boolean {
    return this.accessor('notified', state);
  }

  /** 0 unlocked, 1 locked, 2 super-locked. */
  locked(level?: LockLevel): LockLevel {
    return this.accessor('locked', level);
  }

  /** Whether the session is in use. */
  isActive(state?: boolean): boolean {
    return this.accessor('isActive', state);
  }

  /** Last change, in seconds since the epoch. */
  mtime(when?: Seconds): Seconds {
    if (when !== undefined) this.put({ mtime: when });
    return this.head.mtime;
  }

  /** Creation, in seconds since the epoch. */
  ctime(when?: Seconds): Seconds {
    if (when !== undefined) this.put({ ctime: when });
    return this.head.ctime;
  }

  startdateplanned(when?: Seconds): Seconds | undefined {
    return this.accessor('startdateplanned', when);
  }

  enddateplanned(when?: Seconds): Seconds | undefined {
    return this.accessor('enddateplanned', when);
  }

  /** "On time" tolerance in seconds. */
  startdatewindow(seconds?: number): number | undefined {
    return this.accessor('startdatewindow', seconds);
  }

  enddatewindow(seconds?: number): number | undefined {
    return this.accessor('enddatewindow', seconds);
  }

  startdateactual(when?: Seconds): Seconds | undefined {
    return this.accessor('startdateactual', when);
  }

  enddateactual(when?: Seconds): Seconds | undefined {
    return this.accessor('enddateactual', when);
  }

  /** Whether the tests were put into an order by hand. */
  reordered(state?: boolean): boolean {
    return this.accessor('reordered', state);
  }

  /** Whether `refresh` may be used. */
  refreshable(state?: boolean): boolean {
    return this.accessor('refreshable', state);
  }

  /** Name of the profile in use. */
  profName(): string {
    return this.suite.definition.profile;
  }

  /** Sets several members of the head at once, as a form does. */
  describe(patch: HeadPatch): void {
    this.change(patch);
  }

  /** Assigns every test to the same people. */
  private assignAll(users: readonly string[]): void {
    this.mustBeWritable();
    const uuids = this.testUUIDList();
    for (const uuid of uuids) this.store.putRun({ ...this.runOf(uuid), assignedto: users });
    const count = uuids.length;
    this.change({ assignees: count === 0 ? {} : Object.fromEntries(users.map((user) => [user, count])) });
  }
}

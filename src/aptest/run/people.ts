import { canRun, featuresIn } from '../model/account.ts';
import { shownName } from '../model/run-head.ts';
import { commaList, type Seconds, tallyOf } from '../model/value.ts';
import { sharesOf } from '../rules/assignees.ts';
import { epochKind, ofKind } from '../rules/value-kinds.ts';
import type { RunState } from './run-state.ts';
import { testUUIDList } from './tests.ts';

/** Who last updated the session; undefined for one that was never updated. */
export function user(state: RunState, name?: string): string | undefined {
  if (name !== undefined) state.put({ user: name });
  return state.head.user === '' ? undefined : state.head.user;
}

/** Who is at work now: the user the call is made for. */
export function currentUser({ suite }: RunState): string {
  return suite.user;
}

/** Names of the accounts that may do something in the suite; `run` access unless another is asked for. */
export function userList({ suite }: RunState, permission = 'run'): string[] {
  const isRun = permission === 'run' || permission === 'execute';
  return suite.accounts
    .sorted()
    .filter((account) => {
      if (account.isDisabled) return false;
      if (isRun) return canRun(account, suite.name);
      return featuresIn(account, suite.name).some((feature) => feature === permission);
    })
    .map((account) => account.name);
}

/**
 * The assignees as a comma separated list. With a value, the tests are assigned to these people; how several share the
 * tests is not documented, so the setting `severalAssignees` says it. With `recalc` the list is counted anew from the
 * tests.
 */
export function assignedto(state: RunState, value?: string, recalc = false): string {
  const uuids = value !== undefined || recalc ? testUUIDList(state) : [];
  if (value !== undefined) {
    const users = commaList(value);
    state.mustBeWritable();
    const shares = sharesOf(users, uuids.length, state.suite.settings.severalAssignees);
    for (const [at, uuid] of uuids.entries()) {
      state.store.putRun({ ...state.runOf(uuid), assignedto: shares[at] ?? [] });
    }
    state.change({ assignees: tallyOf(shares.flat()) });
  } else if (recalc) {
    state.put({ assignees: tallyOf(uuids.flatMap((uuid) => state.runOf(uuid).assignedto)) });
  }
  return Object.keys(state.head.assignees).sort().join(',');
}

/** The name that lists show; the manual of the object knows only the description it falls back to. */
export function name(state: RunState, text?: string): string {
  if (text !== undefined) state.change({ name: text });
  return text ?? shownName(state.head);
}

/** Last change, in seconds since the epoch; of a set the latest of itself and its sessions (documented). */
export function mtime(state: RunState, when?: Seconds): Seconds {
  if (when !== undefined) {
    state.put({ mtime: ofKind(epochKind, { argument: 'mtime', value: String(when) }) });
  }
  return state.store.lastChange();
}

/** Name of the profile in use. */
export function profName({ suite }: RunState): string {
  return suite.definition.profile;
}

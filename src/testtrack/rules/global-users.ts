import type { Draft } from '../../world/draft.ts';
import { invariant } from '../../world/invariant.ts';
import { faults } from '../faults.ts';
import { globalUsers, projectScope, projects, serverScope, users } from '../model/tables.ts';
import {
  type GlobalUserRecord,
  type NameFormat,
  type Person,
  personName,
  personOf,
  type UserRecord,
} from '../model/user-record.ts';

/** What the record IDs of the licence server's users are counted by. */
const counter = 'testtrack/global-user';

/** The users, or the customers, of the licence server by record ID. */
export function globalUsersOf(draft: Draft, isCustomer: boolean): GlobalUserRecord[] {
  return draft
    .table(globalUsers, serverScope)
    .sorted()
    .filter((user) => user.isCustomer === isCustomer);
}

/** Who on the licence server is meant: a login, a name as the caller writes names, or both. */
export interface GlobalName {
  readonly login: string;
  readonly name: string;
  readonly format: NameFormat;
  readonly isCustomer: boolean;
}

/**
 * Finds a user or customer of the licence server. A login decides, and a name that is given as well must fit it.
 *
 * @throws fault 6 when there is none, 74 when a name alone fits several
 */
export function requireGlobal(draft: Draft, wanted: GlobalName): GlobalUserRecord {
  const { login, name, format, isCustomer } = wanted;
  const table = draft.table(globalUsers, serverScope);
  const found =
    login === '' ? table.findBy('name', `${format}|${name}`) : table.findBy('login', login.toLowerCase());
  const fitting = found.filter(
    (user) => user.isCustomer === isCustomer && (name === '' || personName(user, format) === name),
  );
  const called = [login, name].filter((part) => part !== '').map((part) => `"${part}"`);
  const what = `${isCustomer ? 'customer' : 'user'} ${called.join(' named ')} on the licence server`;
  const [only] = fitting;
  if (!only) throw faults.recordNotFound(what);
  if (fitting.length > 1) throw faults.severalFound(what, fitting.length);
  return only;
}

/**
 * Makes a record on the licence server.
 *
 * @throws fault 86 when the login is taken there
 */
export function addGlobal(draft: Draft, user: Omit<GlobalUserRecord, 'recordId'>): GlobalUserRecord {
  requireFreeGlobalLogin(draft, user.login, 0);
  return draft.table(globalUsers, serverScope).put({ ...user, recordId: draft.next(counter) });
}

/** @throws fault 86 when another record of the licence server has the login [documented that it is unique] */
function requireFreeGlobalLogin(draft: Draft, login: string, globalId: number): void {
  const taken = draft.table(globalUsers, serverScope).findBy('login', login.toLowerCase());
  if (taken.some(({ recordId }) => recordId !== globalId)) {
    throw faults.duplicateName(`user "${login}" on the licence server`);
  }
}

/**
 * Writes what was changed at a user of the licence server to its record there [documented], and so to every other
 * project that has this user.
 *
 * @param home the project in which the user was changed
 * @throws fault 86 when the login is taken there or in one of those projects
 */
export function shareChanges(draft: Draft, home: string, user: UserRecord): void {
  const table = draft.table(globalUsers, serverScope);
  const global = table.get(user.globalId);
  invariant(global, 'the record of a global user stands on the licence server');
  const person = personOf(user);
  requireFreeGlobalLogin(draft, person.login, global.recordId);
  table.put({ ...global, ...person });
  for (const { name } of draft.table(projects, serverScope).sorted()) {
    const there = draft.table(users, projectScope(name));
    for (const copy of there.findBy('global', global.recordId)) {
      if (name === home && copy.recordId === user.recordId) continue;
      requireFreeLogin(there, person, copy.recordId);
      there.put({ ...copy, ...person });
    }
  }
}

/** Users that can be asked for by login: those of a project. */
interface ByLogin {
  findBy(index: 'login', login: string): readonly UserRecord[];
}

/** @throws fault 86 when another user or customer of the project has the login [documented that it is unique] */
export function requireFreeLogin(of: ByLogin, { login }: Pick<Person, 'login'>, recordId: number): void {
  if (login === '') return;
  const taken = of.findBy('login', login.toLowerCase());
  if (taken.some((other) => other.recordId !== recordId)) throw faults.duplicateName(`user "${login}"`);
}

import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { blankUser, customerFamily, userFamily } from '../kinds/user.ts';
import { lockable, putRecord } from '../lifecycle/records.ts';
import type { CGlobalUser } from '../model/operation-types.generated.ts';
import { users } from '../model/tables.ts';
import { type GlobalUserRecord, personName, personOf, type UserRecord } from '../model/user-record.ts';
import {
  administersLicences,
  documented,
  type Operations,
  observed,
  operation,
  permission,
  visible,
} from '../operation.ts';
import { addGlobal, globalUsersOf, requireFreeLogin, requireGlobal } from '../rules/global-users.ts';
import { requireUnlocked } from '../rules/locks.ts';
import { usersNamed } from '../rules/user-names.ts';

type Kind = typeof userFamily;

/** Users and customers of the licence server, whom the projects of an installation share. */
export const globalUserOperations = {
  getGlobalUserList: operation({
    needs: [administersLicences],
    evidence: observed(
      'lists the users of the licence server; without its permission 135 with a text of its own',
    ),
    run: (context) => listed(context, false),
  }),

  getGlobalCustomerList: operation({
    needs: [administersLicences],
    evidence: observed('lists the customers of the licence server; 135 as with getGlobalUserList'),
    run: (context) => listed(context, true),
  }),

  promoteUser: operation({
    needs: [visible('User'), permission('Edit Users'), administersLicences],
    evidence: documented(
      'makes a user of the project one of the licence server: as the global user given, who replaces what the project knew, or as a new one with a unique login name',
    ),
    run: (context, { localUser, globalUser, loginname, password }) =>
      promote(context, userFamily, { local: localUser, global: globalUser, loginname, password }),
  }),

  promoteCustomer: operation({
    needs: [visible('Customer'), permission('Edit Customers'), administersLicences],
    evidence: documented('as promoteUser, for customers'),
    run: (context, { localCustomer, globalUser, loginname, password }) =>
      promote(context, customerFamily, { local: localCustomer, global: globalUser, loginname, password }),
  }),

  addGlobalUser: operation({
    needs: [visible('User'), permission('Add Users')],
    evidence: documented(
      'brings a user of the licence server into the project, without groups; one who is there already, by login and name, is left alone with the result 0 (inferred); the part may be called pGlobalUser as in newer releases',
    ),
    run: (context, { pUser }) => bringIn(context, userFamily, pUser),
  }),

  addGlobalCustomer: operation({
    needs: [visible('Customer'), permission('Add Customers')],
    evidence: documented('as addGlobalUser, for customers'),
    run: (context, { pUser }) => bringIn(context, customerFamily, pUser),
  }),
} satisfies Partial<Operations>;

function listed({ draft, user }: CallContext, isCustomer: boolean): CGlobalUser[] {
  return globalUsersOf(draft, isCustomer).map((person) => ({
    loginname: person.login,
    name: personName(person, user.nameFormat),
  }));
}

interface Promotion {
  readonly local: string;
  readonly global: string;
  readonly loginname: string;
  readonly password: string;
}

/**
 * @throws fault 6 or 74 when a name fits nobody or several, 11 for a user who is global already [inferred], 22 while
 *   the record is being edited [inferred], 2 without a login name for a new global user, 86 when it is taken
 */
function promote(context: CallContext, family: Kind, wanted: Promotion): number {
  const { project, now } = context;
  const before = requireLocal(context, family, wanted.local);
  if (before.globalId !== 0) {
    throw faults.invalidParameter(
      `"${wanted.local}" is a global ${family.table.toLowerCase()} already`,
      'Only a user whom the licence server does not know can be promoted (isglobal tells).',
    );
  }
  requireUnlocked(project, lockable(family, before.recordId), now);
  const global = globalFor(context, before, wanted);
  requireFreeLogin(project.table(users), global, before.recordId);
  const after = { ...before, ...linked(global) };
  putRecord(family, context, { before, after });
  return 0;
}

/** The global user to become: the one that is named, or a new one. */
function globalFor(context: CallContext, local: UserRecord, wanted: Promotion): GlobalUserRecord {
  const { draft, project, user } = context;
  const { global: name, loginname, password } = wanted;
  const { isCustomer } = local;
  if (name !== '') {
    const found = requireGlobal(draft, { login: '', name, format: user.nameFormat, isCustomer });
    if (project.table(users).countBy('global', found.recordId) === 0) return found;
    throw faults.duplicateName(`user "${name}" of the licence server in "${project.record.name}"`);
  }
  if (loginname === '') {
    throw faults.missingParameter(
      'loginname',
      'Without globalUser a new global user is made, who needs a login name.',
    );
  }
  return addGlobal(draft, { ...personOf(local), login: loginname, password, isCustomer, isActive: true });
}

function requireLocal({ project, user }: CallContext, family: Kind, name: string): UserRecord {
  const found = usersNamed(project, name, user.nameFormat).filter((each) => family.holds?.(each));
  const wanted = `${family.table.toLowerCase()} "${name}" (written as ${user.login} writes names)`;
  const [only] = found;
  if (!only) throw faults.recordNotFound(`${wanted} in "${project.record.name}"`);
  if (found.length > 1) throw faults.severalFound(wanted, found.length);
  return only;
}

/** @throws fault 2 when nobody is named, 6 or 74 as above, 86 when another user of the project has the login */
function bringIn(context: CallContext, family: Kind, sent: CGlobalUser | undefined): number {
  const { draft, project, user } = context;
  const { loginname: login = '', name = '' } = sent ?? {};
  if (login === '' && name === '') {
    throw faults.missingParameter('pUser', 'Send a CGlobalUser with the loginname, the name, or both.');
  }
  const isCustomer = family === customerFamily;
  const global = requireGlobal(draft, { login, name, format: user.nameFormat, isCustomer });
  const people = project.table(users);
  const isThere =
    people.countBy('global', global.recordId) > 0 ||
    people.findBy('login', global.login.toLowerCase()).some((known) => hasName(known, global));
  if (isThere) return 0;
  requireFreeLogin(people, global, 0);
  const after = { ...blankUser, ...linked(global), isCustomer, recordId: project.next('user') };
  putRecord(family, context, { before: undefined, after });
  return 0;
}

/** What a user of a project takes over from the licence server. */
function linked(
  global: GlobalUserRecord,
): Pick<UserRecord, keyof ReturnType<typeof personOf> | 'globalId' | 'isActiveGlobal'> {
  return { ...personOf(global), globalId: global.recordId, isActiveGlobal: global.isActive };
}

function hasName(known: UserRecord, { first, middle, last }: GlobalUserRecord): boolean {
  return known.first === first && known.middle === middle && known.last === last;
}

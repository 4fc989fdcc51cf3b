import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { Family, Found } from '../lifecycle/family.ts';
import type { Edit, Member, Members, Mutable } from '../lifecycle/member.ts';
import { memberKinds, readOnly } from '../lifecycle/value-members.ts';
import type { CUser, PhoneNumber } from '../model/operation-types.generated.ts';
import { securityGroups, testConfigs, users } from '../model/tables.ts';
import { type LicenceKind, nobody, personName, type UserRecord } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';
import { requireFreeLogin, shareChanges } from '../rules/global-users.ts';
import { requireAssignable, settledLicences } from '../rules/licences.ts';
import { endSessionsOf } from '../rules/sessions.ts';
import { testConfigMember } from './test-config.ts';

const { text, flag, dropdown } = memberKinds<UserRecord>();

const licence = (part: LicenceKind): Member<UserRecord, string> => ({
  write: ({ licences }) => licences[part],
  read: (sent, { record }) => {
    record.licences = { ...record.licences, [part]: sent };
  },
});

const phone = (at: 0 | 1): Member<UserRecord, PhoneNumber> => ({
  write: ({ phones }) => {
    const found = phones[at];
    return found && { numbertype: found.type, phonenumber: found.number };
  },
  read: (sent, { record }) => {
    const none = { type: '', number: '' };
    const both = [record.phones[0] ?? none, record.phones[1] ?? none];
    both[at] = { type: sent.numbertype ?? '', number: sent.phonenumber ?? '' };
    // One that was not there before is there when it says something.
    const last = both.findLastIndex(({ type, number }) => type !== '' || number !== '');
    record.phones = both.slice(0, Math.max(last + 1, record.phones.length));
  },
});

/** One group; of a user in several the first. Saving it takes the user out of the others. [documented] */
const groupName: Member<UserRecord, string> = {
  label: 'Security Group',
  type: 'text',
  write: (record) => record.groups[0] ?? '',
  read: (sent, edit) => setGroups(edit, sent === '' ? [] : [sent]),
};

/**
 * All groups; the list wins over the single name [documented], because it comes later. An empty list says nothing,
 * as serialisers send one for what a program left out. [inferred]
 */
const groupNames: Member<UserRecord, readonly string[]> = {
  partOf: 'Security Group',
  write: (record) => record.groups,
  read: (sent, edit) => {
    if (sent.length > 0) setGroups(edit, [...new Set(sent)]);
  },
};

/** @throws fault 23 for a group that the project does not have, unless the user is in it already */
function setGroups(
  { record, before, context: { project } }: Edit<UserRecord>,
  names: readonly string[],
): void {
  for (const name of names) {
    if (project.table(securityGroups).get(name) || before?.groups.includes(name)) continue;
    const known = project.table(securityGroups).sorted();
    throw faults.invalidData(
      `no security group "${name}"`,
      `Groups of this project: ${known.map((group) => group.name).join(', ')}.`,
    );
  }
  record.groups = names;
}

/** Write only: no answer ever holds a password. [inferred] */
const password: Member<UserRecord, string> = {
  partOf: 'Username',
  write: () => undefined,
  read: (sent, { record }) => {
    record.password = sent;
  },
};

/** @param table whose list of e-mail types counts */
const membersOf = (table: 'User' | 'Customer'): Members<UserRecord, CUser> => ({
  firstname: text('first', 'First Name'),
  middleinitials: text('middle', 'Middle Initials'),
  lastname: text('last', 'Last Name'),
  usergroupname: groupName,
  company: text('company', 'Company'),
  division: text('division', 'Division'),
  department: text('department', 'Department'),
  emailtype: dropdown('emailType', table, 'E-mail Type'),
  emailaddress: text('email', 'E-mail Address'),
  isactive: flag('isActive', 'Active'),
  iscustomer: readOnly(flag('isCustomer')),
  isglobal: { write: ({ globalId }) => globalId !== 0 },
  isactiveglobal: readOnly(flag('isActiveGlobal')),
  userLicense: licence('pro'),
  userLicenseTCM: licence('tcm'),
  userLicenseRM: licence('rm'),
  userLicenseRMReviewer: licence('rmReviewer'),
  userLicenseSuite: licence('suite'),
  password,
  loginname: text('login', 'Username'),
  phoneone: phone(0),
  phonetwo: phone(1),
  notes: text('notes', 'Notes'),
  betasite: flag('isBetaSite', 'Beta Site'),
  address: text('address', 'Address'),
  testconfig: testConfigMember(),
  usergroupnamelist: groupNames,
});

/** A user without anything. */
export const blankUser: Omit<UserRecord, 'recordId'> = {
  ...nobody,
  groups: [],
  isActive: true,
  isCustomer: false,
  globalId: 0,
  isActiveGlobal: false,
  nameFormat: 'last-first',
  notes: '',
  isBetaSite: false,
  testConfigId: 0,
};

type Parts = Readonly<Record<string, unknown>>;
type FamilyParts = Pick<Family<UserRecord, CUser>, 'table' | 'commandNoun'> & {
  readonly table: 'User' | 'Customer';
  readonly isCustomer: boolean;
};

/** Users and customers are records of one table and differ in what they are found and allowed by. */
function peopleFamily({ table, commandNoun, isCustomer }: FamilyParts): Family<UserRecord, CUser> {
  const holds = (user: UserRecord): boolean => user.isCustomer === isCustomer;
  const named = (project: ProjectView, input: Parts): Found<UserRecord> => {
    const name = nameIn(input);
    const namesakes = project.table(users).findBy('name', `last-first|${personName(name, 'last-first')}`);
    const records = namesakes.filter((user) => holds(user) && isNamed(user, name));
    return { records, wanted: `${table.toLowerCase()} "${personName(name, 'last-first')}"` };
  };
  return {
    table,
    commandNoun,
    records: users,
    members: membersOf(table),
    shows: [testConfigs],
    required: ['Last Name'],
    blank: ({ project }) => ({ ...blankUser, isCustomer, recordId: project.next('user') }),
    holds,
    lists: holds,
    find: named,
    findSaved: (project, input, sent) => {
      const record = project.table(users).get(sent.recordid ?? 0);
      const isMeant = record && holds(record) && isSaved(record, nameIn(input), sent);
      return isMeant ? { records: [record], wanted: `${table} ${record.recordId}` } : named(project, input);
    },
    check: (record, before, context) => checkPerson(record, before, context),
    onDelete: (user, { draft, project }) => {
      endSessionsOf(draft, { project: project.record.name, userId: user.recordId });
    },
  };
}

type Name = Pick<UserRecord, 'first' | 'middle' | 'last'>;

function nameIn(input: Parts): Name {
  const { firstName = '', middleInitials = '', lastName = '' } = input;
  return { first: String(firstName), middle: String(middleInitials), last: String(lastName) };
}

function isNamed({ first, middle, last }: Name, name: Name): boolean {
  return first === name.first && middle === name.middle && last === name.last;
}

/**
 * Whether a save with these names means this record: the names say who it was [inferred], and the vendor's own
 * example names it as it is to be called from now on. [documented]
 */
function isSaved(record: UserRecord, name: Name, sent: CUser): boolean {
  const {
    firstname: first = record.first,
    middleinitials: middle = record.middle,
    lastname = record.last,
  } = sent;
  return isNamed(record, name) || isNamed({ first, middle, last: lastname }, name);
}

function checkPerson(
  record: Mutable<UserRecord>,
  before: UserRecord | undefined,
  context: CallContext,
): void {
  const { draft, project } = context;
  requireDistinct(project, record, before);
  record.licences = settledLicences(before?.licences ?? nobody.licences, record.licences);
  requireAssignable(draft, project.server, { before: before?.licences, after: record.licences });
  if (record.globalId === 0) return;
  if (record.login === '') {
    throw faults.invalidData(
      'Username is required',
      'A user of the licence server cannot be without a login.',
    );
  }
  shareChanges(draft, project.record.name, record);
}

/**
 * Logins are unique. [documented] Names are not [documented], but there must be something to tell namesakes apart: a
 * login or an e-mail address. [inferred]
 *
 * @throws fault 86
 */
function requireDistinct(project: ProjectView, record: UserRecord, before: UserRecord | undefined): void {
  const people = project.table(users);
  if (record.login !== before?.login) requireFreeLogin(people, record, record.recordId);
  if (before && isNamed(before, record) && before.login === record.login && before.email === record.email)
    return;
  const namesakes = people.findBy('name', `last-first|${personName(record, 'last-first')}`);
  const isTwin = (other: UserRecord): boolean =>
    other.recordId !== record.recordId &&
    other.isCustomer === record.isCustomer &&
    other.login === record.login &&
    other.email === record.email;
  if (namesakes.some(isTwin)) {
    throw faults.duplicateName(
      `${record.isCustomer ? 'customer' : 'user'} "${personName(record, 'last-first')}" without a login or e-mail address of their own`,
    );
  }
}

/** Users of a project. Found by the three parts of their name. [documented] */
export const userFamily = peopleFamily({ table: 'User', commandNoun: 'Users', isCustomer: false });

/** Customers of a project: the same, apart from users. [documented that their operations mirror those of users] */
export const customerFamily = peopleFamily({ table: 'Customer', commandNoun: 'Customers', isCustomer: true });

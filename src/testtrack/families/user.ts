import type { Family } from '../family/family.ts';
import type { Member, Members } from '../family/member.ts';
import { memberKinds, readOnly } from '../family/value-members.ts';
import { faults } from '../faults.ts';
import type { CUser, PhoneNumber } from '../model/contract.generated.ts';
import { groups, testConfigs, users } from '../model/tables.ts';
import type { UserLicences, UserRecord } from '../model/user-record.ts';
import { testConfigMember } from './test-config.ts';

const { text, flag } = memberKinds<UserRecord>();

const licence = (part: keyof UserLicences): Member<UserRecord, string> => ({
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
    record.phones = both;
  },
});

/** One group; of a user in several the first. Saving it takes the user out of the others. [documented] */
const groupName: Member<UserRecord, string> = {
  label: 'Security Group',
  type: 'text',
  write: (record) => record.groups[0] ?? '',
  read: (sent, edit) => setGroups(edit.record, sent === '' ? [] : [sent], edit.context.project),
};

/** All groups; it wins over the single one, because it comes later. [documented] */
const groupNames: Member<UserRecord, readonly string[]> = {
  write: (record) => record.groups,
  read: (sent, edit) => setGroups(edit.record, sent, edit.context.project),
};

function setGroups(
  record: { groups: readonly string[] },
  names: readonly string[],
  project: Parameters<NonNullable<Member<UserRecord, string>['read']>>[1]['context']['project'],
): void {
  for (const name of names) {
    if (project.table(groups).get(name)) continue;
    const known = project.table(groups).sorted();
    throw faults.invalidData(
      `no security group "${name}"`,
      `Groups of this project: ${known.map((group) => group.name).join(', ')}.`,
    );
  }
  record.groups = names;
}

/** Write only: no answer ever holds a password. [inferred] */
const password: Member<UserRecord, string> = {
  write: () => undefined,
  read: (sent, { record }) => {
    record.password = sent;
  },
};

const members: Members<UserRecord, CUser> = {
  firstname: text('first', 'First Name'),
  middleinitials: text('middle', 'Middle Initials'),
  lastname: text('last', 'Last Name'),
  usergroupname: groupName,
  company: text('company', 'Company'),
  division: text('division', 'Division'),
  department: text('department', 'Department'),
  emailtype: text('emailType', 'E-mail Type'),
  emailaddress: text('email', 'E-mail Address'),
  isactive: flag('isActive', 'Active'),
  iscustomer: readOnly(flag('isCustomer')),
  isglobal: readOnly(flag('isGlobal')),
  isactiveglobal: { write: ({ isGlobal, isActive }) => isGlobal && isActive },
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
};

/** A user without anything. */
export const blankUser: Omit<UserRecord, 'recordId'> = {
  login: '',
  password: '',
  first: '',
  middle: '',
  last: '',
  groups: [],
  isActive: true,
  isCustomer: false,
  isGlobal: false,
  nameFormat: 'last-first',
  company: '',
  division: '',
  department: '',
  emailType: 'Internet',
  email: '',
  phones: [],
  address: '',
  notes: '',
  isBetaSite: false,
  licences: { pro: '', tcm: '', rm: '', rmReviewer: '', suite: '' },
  testConfigId: 0,
};

/** Users of a project. Found by the three parts of their name. [documented] */
export const userFamily: Family<UserRecord, CUser> = {
  table: 'User',
  records: users,
  members,
  commandNoun: 'Users',
  shows: [testConfigs],
  required: ['Last Name'],
  blank: ({ project }) => ({ ...blankUser, recordId: project.next('user') }),
  find: (project, input) => {
    const [first, middle, last] = ['firstName', 'middleInitials', 'lastName'].map((part) =>
      String(input[part] ?? ''),
    );
    const given = [first, middle].filter(Boolean).join(' ');
    const shown = given ? `${last}, ${given}` : (last ?? '');
    const namesakes = project.table(users).findBy('name', `last-first|${shown}`);
    return { records: namesakes.filter((user) => !user.isCustomer), wanted: `user "${shown}"` };
  },
};

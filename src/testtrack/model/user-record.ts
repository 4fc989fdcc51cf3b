/** How a user sees people's names. */
export const nameFormats = ['last-first', 'first-last'] as const;
export type NameFormat = (typeof nameFormats)[number];

/** What members of a group may do with a field. [documented: Read/Write, Read Only and Hidden] */
export const fieldRightNames = ['readWrite', 'readOnly', 'hidden'] as const;
export type FieldRight = (typeof fieldRightNames)[number];

/** The rights to one field: while a record is added, and from then on. [documented that they can differ] */
export interface FieldRights {
  readonly add: FieldRight;
  readonly edit: FieldRight;
}

/** A security group of a project: what its members may do. */
export interface SecurityGroup {
  readonly name: string;
  /** Command names such as `Add Defects`; `all` for everything. */
  readonly commands: 'all' | readonly string[];
  /** Whether members may log on by SOAP at all. */
  readonly allowsSoap: boolean;
  /** Tables that members do not see. */
  readonly hiddenTables: readonly string[];
  /** By table and original label. A field that is not listed can be read and written. */
  readonly fieldRights: Readonly<Record<string, Readonly<Record<string, FieldRights>>>>;
}

/** A telephone number and what kind it is. */
export interface Phone {
  readonly type: string;
  readonly number: string;
}

/** A person, the same in every project: what the licence server keeps of its users. */
export interface Person {
  readonly login: string;
  /** Kept as the scenario gives it: a double has no secrets to keep. Never sent and never logged. */
  readonly password: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly company: string;
  readonly division: string;
  readonly department: string;
  readonly emailType: string;
  readonly email: string;
  readonly phones: readonly Phone[];
  readonly address: string;
  /** Names of the licences per area, as the product shows them. */
  readonly licences: UserLicences;
}

/** A user or customer of a project. */
export interface UserRecord extends Person {
  readonly recordId: number;
  readonly groups: readonly string[];
  /** Whether the user is active in this project. [documented] */
  readonly isActive: boolean;
  readonly isCustomer: boolean;
  /** The record on the licence server that says who this is; 0 for a user of this project alone. */
  readonly globalId: number;
  /** Whether that record is active. */
  readonly isActiveGlobal: boolean;
  readonly nameFormat: NameFormat;
  readonly notes: string;
  readonly isBetaSite: boolean;
  /** The record ID of the test configuration of this user; 0 for none. */
  readonly testConfigId: number;
}

/** A user or customer of the licence server, whom projects can share. */
export interface GlobalUserRecord extends Person {
  readonly recordId: number;
  readonly isActive: boolean;
  readonly isCustomer: boolean;
}

/** What a licence is for. */
export const licenceKinds = ['pro', 'tcm', 'rm', 'rmReviewer', 'suite'] as const;
export type LicenceKind = (typeof licenceKinds)[number];

/** Which licence a user has for what, by name; empty for none. */
export type UserLicences = Readonly<Record<LicenceKind, string>>;

/** Nobody in particular: what a new record begins with. */
export const nobody: Person = {
  login: '',
  password: '',
  first: '',
  middle: '',
  last: '',
  company: '',
  division: '',
  department: '',
  emailType: 'Internet',
  email: '',
  phones: [],
  address: '',
  licences: { pro: '', tcm: '', rm: '', rmReviewer: '', suite: '' },
};

/** What is the same for a person in every project. */
export function personOf(person: Person): Person {
  const { login, password, first, middle, last, company, division, department } = person;
  const { emailType, email, phones, address, licences } = person;
  return {
    ...{ login, password, first, middle, last, company, division, department },
    ...{ emailType, email, phones, address, licences },
  };
}

/** Both ways a person's name can be written, each marked with its format so that they cannot be mixed up. */
export function nameKeys(person: Pick<Person, 'first' | 'middle' | 'last'>): string[] {
  return nameFormats.map((format) => `${format}|${personName(person, format)}`);
}

/** A person's name in a display format. [documented: `Last, First Middle` is the default] */
export function personName(
  { first, middle, last }: Pick<Person, 'first' | 'middle' | 'last'>,
  format: NameFormat,
): string {
  const given = [first, middle].filter(Boolean).join(' ');
  if (format === 'first-last') return [given, last].filter(Boolean).join(' ');
  return given ? `${last}, ${given}` : last;
}

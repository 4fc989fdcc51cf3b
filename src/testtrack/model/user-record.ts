/** How a user sees people's names. */
export type NameFormat = 'last-first' | 'first-last';

/** A security group of a project: what its members may do. */
export interface SecurityGroup {
  readonly name: string;
  /** Command names such as `Add Defects`; `all` for everything. */
  readonly commands: 'all' | readonly string[];
  /** Whether members may log on by SOAP at all. */
  readonly allowsSoap: boolean;
  /** Tables that members do not see. */
  readonly hiddenTables: readonly string[];
}

/** A telephone number and what kind it is. */
export interface Phone {
  readonly type: string;
  readonly number: string;
}

/** A user or customer of a project. */
export interface UserRecord {
  readonly recordId: number;
  readonly login: string;
  /** Kept as the scenario gives it: a double has no secrets to keep. Never sent and never logged. */
  readonly password: string;
  readonly first: string;
  readonly middle: string;
  readonly last: string;
  readonly groups: readonly string[];
  readonly isActive: boolean;
  readonly isCustomer: boolean;
  readonly isGlobal: boolean;
  readonly nameFormat: NameFormat;
  readonly company: string;
  readonly division: string;
  readonly department: string;
  readonly emailType: string;
  readonly email: string;
  readonly phones: readonly Phone[];
  readonly address: string;
  readonly notes: string;
  readonly isBetaSite: boolean;
  /** Names of the licences per area, as the product shows them. */
  readonly licences: UserLicences;
  /** The record ID of the test configuration of this user; 0 for none. */
  readonly testConfigId: number;
}

/** Which licence a user has for which area; empty for none. */
export interface UserLicences {
  readonly pro: string;
  readonly tcm: string;
  readonly rm: string;
  readonly rmReviewer: string;
  readonly suite: string;
}

/** A person's name in a display format. [documented: `Last, First Middle` is the default] */
export function displayName({ first, middle, last }: UserRecord, format: NameFormat): string {
  const given = [first, middle].filter(Boolean).join(' ');
  if (format === 'first-last') return [given, last].filter(Boolean).join(' ');
  return given ? `${last}, ${given}` : last;
}

import { table } from '../../world/table.ts';

/** The scope of everything that belongs to the installation as a whole. */
export const installationScope = 'aptest';

/** The scope of everything that belongs to one suite. */
export const suiteScope = (suite: string): string => `aptest:${suite}`;

/** How several assignees share the tests: each test is assigned to all of them, or they take the tests in turn. */
export const assigneeShares = ['all', 'inTurn'] as const;
export type AssigneeShare = (typeof assigneeShares)[number];

/** Where the product is silent, the scenario decides. */
export interface ApTestSettings {
  /** Digits of a session number in answers. Vendor texts show 4 and 5, recent sites 6. */
  readonly sessionNumberWidth: number;
  /** Between key and value in `getSessionStatus` and `getSessionResults`. */
  readonly pairSeparator: string;
  /** Accept result codes that the suite does not define. */
  readonly lenientResultCodes: boolean;
  /** Refuse what would not be kept as it was sent, such as unknown execution fields; otherwise a hint tells of it. */
  readonly strictFields: boolean;
  /** What `createSet` does with a set that exists: refuse, or define it anew and keep its sessions. */
  readonly existingSet: 'refuse' | 'redefine';
  /** How the people named by `assignSession` and `assignSet` share the tests. */
  readonly severalAssignees: AssigneeShare;
  /** Address of the bug-tracking system with parameters such as `<% uuid %>`; empty: there is none. */
  readonly bugLink: string;
  /** Mirror sessions to SQL statements (`twintrack export --sql`). */
  readonly sqlMirror: boolean;
}

/** The one record of the installation: what "Manage System Configuration" holds. */
export interface Installation {
  readonly id: 'installation';
  /** Empty: not configured, and the interface is unusable (documented). */
  readonly token: string;
  readonly settings: ApTestSettings;
}

export const installations = table<Installation>('installation', { key: ({ id }) => id });

export const defaultSettings: ApTestSettings = {
  sessionNumberWidth: 5,
  pairSeparator: '=',
  lenientResultCodes: false,
  strictFields: false,
  existingSet: 'refuse',
  severalAssignees: 'all',
  bugLink: '',
  sqlMirror: false,
};

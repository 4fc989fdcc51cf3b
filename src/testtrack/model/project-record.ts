import type { Area, LicencePool } from './server-records.ts';

/** The kinds of custom field, each one class on the wire (`CStringField`, …). */
export const customFieldTypes = [
  'string',
  'multiline',
  'integer',
  'decimal',
  'boolean',
  'date',
  'dateTime',
  'version',
  'timespan',
  'dropdown',
  'multiselect',
] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

/** A custom field of a table or of an event. */
export interface CustomField {
  readonly recordId: number;
  readonly name: string;
  readonly type: CustomFieldType;
  /** For `dropdown` and `multiselect`. */
  readonly values: readonly string[];
  readonly isRequired: boolean;
  /** What queries may call it between percent signs. */
  readonly code?: string | undefined;
}

/** What an event of a workflow asks for and does. */
export interface EventDefinition {
  readonly name: string;
  /** The states it can be entered in; empty for all. */
  readonly from: readonly string[];
  /** The states it can lead to; empty when it leaves the state alone. */
  readonly to: readonly string[];
  /** Whether it says who the item is assigned to. */
  readonly assigns: boolean;
  /** What its hours mean: an estimate, work done, or nothing. */
  readonly hours: 'none' | 'estimate' | 'work';
  readonly hasAttachments: boolean;
  readonly hasReleaseNotes: boolean;
  readonly canMarkSuspect: boolean;
  readonly isReviewNote: boolean;
  readonly fields: readonly CustomField[];
}

/**
 * Who may enter events in a state, and what several assigned users mean. [documented: the three of the product's
 * workflow dialog] `anyone`: everybody, and the first answer decides. `assigned`: only those who have the item,
 * and the first answer decides. `all assigned`: only those who have it, and the item moves when all have answered.
 */
export const assignmentRules = ['anyone', 'assigned', 'all assigned'] as const;
export type AssignmentRule = (typeof assignmentRules)[number];

/** A state an item can be in. */
export interface StateDefinition {
  readonly name: string;
  readonly isOpen: boolean;
  /** Whether an item in this state can only be edited with an extra permission. */
  readonly locksItem: boolean;
  readonly assignmentRule: AssignmentRule;
  /** Of test cases: whether runs can be generated in this state. */
  readonly canGenerateRuns: boolean;
}

/** The way of one kind of item: the first state is where a new item starts. */
export interface Workflow {
  readonly states: readonly StateDefinition[];
  readonly events: readonly EventDefinition[];
}

/** What is configured per table of a project. */
export interface TableSettings {
  readonly workflow: Workflow | undefined;
  readonly customFields: readonly CustomField[];
  /** Labels of the fields that must have a value. */
  readonly requiredFields: readonly string[];
  /** Labels that the project changed, by their original: `Product` is shown as `Bug Category`. */
  readonly renamedFields: Readonly<Record<string, string>>;
}

/** A kind of relationship between items, and what may take part in it. */
export interface LinkDefinition {
  readonly name: string;
  readonly kind: 'peer' | 'parent/child';
  /** The tables whose items may be the parent; none for peers. */
  readonly parents: readonly string[];
  /** The tables whose items may be children, or peers. */
  readonly children: readonly string[];
  /** The most items a link may have, the parent counted; undefined for any number. */
  readonly maxItems: number | undefined;
  readonly requiresComment: boolean;
  /** Whether items that depend on a changed one are marked as suspect. */
  readonly allowsSuspects: boolean;
}

/** What a requirement type puts around the number of its requirements to make their tags. */
export interface RequirementType {
  readonly name: string;
  readonly tagPrefix: string;
  readonly tagSuffix: string;
}

/** What a kind of folder can be used for. */
export interface FolderType {
  readonly recordId: number;
  readonly name: string;
  readonly description: string;
  readonly allowsWebView: boolean;
  readonly allowsDetails: boolean;
  readonly hasReleasePlanning: boolean;
  readonly isActive: boolean;
  readonly hasTaskBoard: boolean;
  readonly defaultTaskBoard: string;
}

/** A project and everything in it that no operation of the SDK changes. */
export interface ProjectRecord {
  readonly name: string;
  readonly options: readonly Area[];
  /** Whether new items get a number; without, every number is 0. */
  readonly autoNumbers: boolean;
  readonly tables: Readonly<Record<string, TableSettings>>;
  readonly requirementTypes: readonly RequirementType[];
  readonly linkDefinitions: readonly LinkDefinition[];
  /** The definition that `addDefectWithLink` links by. */
  readonly testRunIssueLink: string;
  readonly folderTypes: readonly FolderType[];
}

/** Settings of the whole server. */
export interface ServerSettings {
  readonly version: string;
  readonly cgiVersion: string;
  /** An IANA name such as `America/New_York`. */
  readonly timeZone: string;
  /** A language tag such as `en-US`: how lists show dates, and on which day a week begins. */
  readonly locale: string;
  /** After so long without a call a session is dropped. */
  readonly inactivityMinutes: number;
  readonly lockMinutes: number;
  readonly soapLicences: number;
  /** What the licence server has besides SOAP licences. An area that no licence is for needs none. */
  readonly licences: readonly LicencePool[];
  /** Whether a user who is logged on already is refused. */
  readonly oneSessionPerUser: boolean;
  /** Whether a request is refused while another one of the same session is being answered. */
  readonly oneRequestPerSession: boolean;
  /** `plain` counts cookies up from 1001; `random` makes them from the seed. */
  readonly cookies: 'random' | 'plain';
  /** The generation of the interface that the WSDL and the answers are of. */
  readonly sdk: '2013' | '2016' | 'newest';
  /** Whether a member that is a list without items is left out of an answer, or sent as an array of none. */
  readonly emptyLists: 'omit' | 'array';
  /** Where the product's web client answers, for hyperlinks: `http://host/cgi-bin/ttcgi.exe`. */
  readonly webAddress: string;
  /** Where the native client connects, for hyperlinks: `host:port`. */
  readonly nativeAddress: string;
  /** Whether a folder is renamed by a new name alone, or only together with the matching path. */
  readonly folderRename: 'by-name' | 'with-path';
}

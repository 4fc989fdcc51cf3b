import type { Area } from './server-records.ts';

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

/** A state an item can be in. */
export interface StateDefinition {
  readonly name: string;
  readonly isOpen: boolean;
  /** Whether an item in this state can only be edited with an extra permission. */
  readonly locksItem: boolean;
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

/** A project and everything in it that no operation of the SDK changes. */
export interface ProjectRecord {
  readonly name: string;
  readonly options: readonly Area[];
  /** Whether new items get a number; without, every number is 0. */
  readonly autoNumbers: boolean;
  readonly tables: Readonly<Record<string, TableSettings>>;
}

/** Settings of the whole server. */
export interface ServerSettings {
  readonly version: string;
  readonly cgiVersion: string;
  /** An IANA name such as `America/New_York`. */
  readonly timeZone: string;
  /** After so long without a call a session is dropped. */
  readonly inactivityMinutes: number;
  readonly lockMinutes: number;
  readonly soapLicences: number;
  /** `plain` counts cookies up from 1001; `random` makes them from the seed. */
  readonly cookies: 'random' | 'plain';
  readonly wsdl: 'current' | 'legacy';
}

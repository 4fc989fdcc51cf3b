import { table } from '../../world/table.ts';

/** One legal value of a list, with the words shown for it. */
export interface ListedValue {
  readonly value: string;
  readonly description?: string;
  readonly isDefault?: boolean;
}

/** `requirements` is the link from a test to requirements; `id` a test or requirement path. */
export const fieldTypes = [
  'text',
  'textarea',
  'list',
  'number',
  'date',
  'datetime',
  'time',
  'user',
  'id',
  'table',
  'requirements',
] as const;
export type FieldType = (typeof fieldTypes)[number];

export const fieldStyles = ['text', 'html', 'single', 'multiple', 'radio', 'checkbox', 'link'] as const;
export type FieldStyle = (typeof fieldStyles)[number];

/** `noclear`: kept when a session is cleared. `history`: old values are kept beside the new one (since 2.28). */
export const fieldFlags = [
  'hidden',
  'selectable',
  'mandatory',
  'reserved',
  'noclear',
  'history',
  'dynamic',
] as const;
export type FieldFlag = (typeof fieldFlags)[number];

/** A field of the test schema, of the requirement schema, or an execution field. */
export interface FieldDefinition {
  readonly name: string;
  readonly label?: string;
  readonly prompt?: string;
  readonly type?: FieldType;
  readonly style?: FieldStyle;
  /** Characters of a text, or entries shown of a list. */
  readonly size?: number;
  /** Of a text area or table. */
  readonly rows?: number;
  readonly cols?: number;
  /** The name of the form variable, where it is not the field's own name. */
  readonly varName?: string;
  /** Another name the field is known by (`timeclock` for `exectimeclock`). */
  readonly synonym?: string;
  readonly values?: readonly ListedValue[];
  readonly flags: readonly FieldFlag[];
  /** Starting value of an execution field. */
  readonly default?: string;
  /** Shown only while another field holds one of these values. */
  readonly dependsOn?: { readonly field: string; readonly values: readonly string[] };
}

export const variableTypes = ['text', 'textbox', 'single', 'multiple', 'derived', 'separator'] as const;
export type VariableType = (typeof variableTypes)[number];

/** A session variable, as the columns NAME, TYPE, FLAGS, SIZE, PROMPT and VALUES define it (documented). */
export interface VariableDefinition {
  readonly name: string;
  readonly type: VariableType;
  readonly prompt?: string;
  readonly size?: number;
  readonly isRequired: boolean;
  /** Choices of `single` and `multiple`; those with `isDefault` are chosen at first. */
  readonly values: readonly ListedValue[];
  /** Default of `text` and `textbox`; the pattern of `derived`, with `<% name %>` for other variables. */
  readonly text: string;
}

/** A result code. The order in the suite is the ranking from best to worst (documented). */
export interface ResultDefinition {
  readonly code: string;
  readonly description: string;
  readonly colour: string;
}

/** One test suite with everything that defines it. Its tests, sets and sessions live in its own scope. */
export interface Suite {
  readonly name: string;
  readonly description: string;
  readonly creator: string;
  readonly profile: string;
  /** Tests (requirements) are named by outline number instead of by path. */
  readonly hasTestOutline: boolean;
  readonly hasRequirementOutline: boolean;
  /** The state before any result; one of `results`. */
  readonly untestedCode: string;
  readonly results: readonly ResultDefinition[];
  readonly fields: readonly FieldDefinition[];
  readonly requirementFields: readonly FieldDefinition[];
  readonly executionFields: readonly FieldDefinition[];
  readonly variables: readonly VariableDefinition[];
}

export const suites = table<Suite>('suites', { key: ({ name }) => name });

import { z } from 'zod';
import { features } from '../../aptest/model/account.ts';
import { fieldFlags, fieldStyles, fieldTypes, variableTypes } from '../../aptest/model/definitions.ts';
import { assigneeShares } from '../../aptest/model/installation.ts';
import { runModes, windowSeconds } from '../../aptest/model/run-head.ts';
import { momentSchema } from '../../input/clock-schema.ts';
import { generateSuiteSchema } from '../generate/counts.ts';

const name = z.string().min(1).max(255);
const names = z.array(name);
const path = z.string().min(1).max(1000);
const uuid = z.string().regex(/^[\w.:-]{1,64}$/, 'a UUID has letters, digits and - only, at most 64 of them');

/** Seconds since the epoch, as the product writes them, or a moment in ISO 8601. Gives seconds. */
const date = z.union([
  z.int().nonnegative(),
  momentSchema.transform((milliseconds) => Math.floor(milliseconds / 1000)),
]);
const onTimeWindow = z.literal([...windowSeconds]);

const textValue = z.union([
  z.string(),
  z.number().transform(String),
  z.boolean().transform((state) => (state ? '1' : '0')),
]);
const value = z.union([textValue, z.array(textValue)]);
const values = z.record(z.string(), value);

/** A choice of a list: its value alone, or with the words shown for it. */
const listed = z.union([
  name,
  z.strictObject({
    value: z.string(),
    description: z.string().optional(),
    isDefault: z.boolean().optional(),
  }),
]);

const fieldSchema = z.strictObject({
  name: z.string().regex(/^\w{1,64}$/, 'the name of a field has letters, digits and _ only'),
  label: z.string().optional(),
  prompt: z.string().optional(),
  type: z.enum(fieldTypes).optional(),
  style: z.enum(fieldStyles).optional(),
  size: z.int().positive().optional(),
  rows: z.int().positive().optional(),
  cols: z.int().positive().optional(),
  varName: name.optional(),
  synonym: name.optional(),
  values: z.array(listed).optional(),
  flags: z.array(z.enum(fieldFlags)).optional(),
  default: z.string().optional(),
  dependsOn: z.strictObject({ field: name, values: names }).optional(),
});

const variableSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'the name of a variable has letters, digits, ".", "_" and "-" only'),
  type: z.enum(variableTypes).optional(),
  prompt: z.string().optional(),
  size: z.int().positive().optional(),
  isRequired: z.boolean().optional(),
  values: z.array(listed).optional(),
  /** The default of a text; the pattern of a derived variable, with `<% name %>` for other variables. */
  text: z.string().optional(),
});

const resultSchema = z.union([
  name,
  z.strictObject({ code: name, description: z.string().optional(), colour: z.string().optional() }),
]);

const testSchema = z.union([
  path,
  z.strictObject({ id: path, uuid: uuid.optional(), outline: name.optional(), fields: values.optional() }),
]);

const selectorSchema = z.union([
  textValue,
  z.array(textValue),
  z.strictObject({
    values: z.array(textValue),
    isCS: z.boolean().optional(),
    isRE: z.boolean().optional(),
    isDynamic: z.boolean().optional(),
  }),
]);
const selectors = z.record(z.string(), selectorSchema);

const lock = z.union([z.boolean(), z.literal([0, 1, 2])]);

const scheduleShape = {
  startdateplanned: date.optional(),
  enddateplanned: date.optional(),
  startdatewindow: onTimeWindow.optional(),
  enddatewindow: onTimeWindow.optional(),
};

const setSchema = z.strictObject({
  path,
  description: z.string().optional(),
  summary: z.string().optional(),
  /** A fixed list of tests, or by default one that is selected anew whenever it is read. */
  isStatic: z.boolean().optional(),
  /** The tests of a static set. */
  tests: z.array(path).optional(),
  select: selectors.optional(),
  selectRequirements: selectors.optional(),
  testPickedBy: z.enum(['test', 'folder']).optional(),
  reqPickedBy: z.enum(['requirement', 'folder']).optional(),
  orAmongFields: z.boolean().optional(),
  disabled: z.array(path).optional(),
  locked: lock.optional(),
  user: name.optional(),
  created: date.optional(),
  changed: date.optional(),
  ...scheduleShape,
  variables: values.optional(),
  assignTo: z.union([name, names]).optional(),
});

const fileSchema = z
  .strictObject({
    name,
    text: z.string().optional(),
    base64: z.base64().optional(),
    /** A path beside the scenario file. */
    file: name.optional(),
  })
  .refine(
    ({ text, base64, file }) => [text, base64, file].filter((part) => part !== undefined).length === 1,
    {
      message: 'an attachment has exactly one of text, base64 and file',
    },
  );

const entrySchema = z.strictObject({
  /** Id, name or UUID of a test of the session. */
  test: path,
  result: name.optional(),
  note: z.string().optional(),
  user: name.optional(),
  when: date.optional(),
  clocktime: z.number().nonnegative().optional(),
  stafftime: z.number().nonnegative().optional(),
  data: values.optional(),
  assignedto: z.union([name, names]).optional(),
  attachment: fileSchema.optional(),
});

const sessionSchema = z.strictObject({
  number: z.int().positive().max(999_999_999).optional(),
  set: path,
  name: z.string().optional(),
  description: z.string().optional(),
  summary: z.string().optional(),
  user: name.optional(),
  created: date.optional(),
  changed: date.optional(),
  locked: lock.optional(),
  isActive: z.boolean().optional(),
  ...scheduleShape,
  variables: values.optional(),
  /** Only these tests of the suite, in this order; by default those of the set. */
  tests: z.array(path).optional(),
  disabled: z.array(path).optional(),
  assignTo: z.union([name, names]).optional(),
  runmode: z.enum(runModes).optional(),
  tpno: z.int().nonnegative().optional(),
  results: z.array(entrySchema).optional(),
});

const groupSchema = z.union([path, z.strictObject({ path, description: z.string().optional() })]);

/** What the defaults give and a suite may give instead. */
const suiteSettingsShape = {
  profile: z.string(),
  untested: name,
  results: z.array(resultSchema).min(1, 'a suite has at least one result code'),
  fields: z.array(fieldSchema),
  requirementFields: z.array(fieldSchema),
  executionFields: z.array(fieldSchema),
  variables: z.array(variableSchema),
};

const suiteSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/]+$/, 'the name of a suite has no slash'),
  description: z.string().optional(),
  creator: z.string().optional(),
  /** What is named by outline number instead of by path. */
  outline: z.strictObject({ tests: z.boolean().optional(), requirements: z.boolean().optional() }).optional(),
  ...z.strictObject(suiteSettingsShape).partial().shape,
  tests: z.array(testSchema).optional(),
  requirements: z.array(testSchema).optional(),
  groups: z.array(groupSchema).optional(),
  sets: z.array(setSchema).optional(),
  sessions: z.array(sessionSchema).optional(),
  /** How many of these to add, with texts that look real. */
  generate: generateSuiteSchema.optional(),
});

const access = z.record(z.string(), z.array(z.enum(features)));

const userSchema = z.union([
  name,
  z.strictObject({
    name,
    fullname: z.string().optional(),
    email: z.string().optional(),
    phoneNumber: z.string().optional(),
    password: z.string().optional(),
    disabled: z.boolean().optional(),
    /** Features by suite; `*` stands for every suite that is not named. */
    access: access.optional(),
    /** What this user's session variables begin with. */
    variables: values.optional(),
  }),
]);

const settingsShape = {
  sessionNumberWidth: z.int().min(1).max(12),
  pairSeparator: z
    .string()
    .min(1)
    .max(5)
    .regex(/^[\x20-\x7e]+$/, 'the separator is printable ASCII'),
  lenientResultCodes: z.boolean(),
  strictFields: z.boolean(),
  existingSet: z.enum(['refuse', 'redefine']),
  /** How the people named by assignSession and assignSet share the tests. */
  severalAssignees: z.enum(assigneeShares),
  /** The integration link to a bug-tracking system, with `<% uuid %>`, `<% id %>` and the like for a test's own. */
  bugLink: z.union([
    z.literal(''),
    z
      .string()
      .max(2000)
      .regex(/^https?:\/\/\S/, 'the link begins with http:// or https://'),
  ]),
  sqlMirror: z.boolean(),
};

/** The section `aptest` of a scenario. */
export const aptestSchema = z.strictObject({
  token: z.string().optional(),
  settings: z.strictObject(settingsShape).partial().optional(),
  users: z.array(userSchema).optional(),
  suites: z.array(suiteSchema).optional(),
});

/** What `data/defaults/aptest.json` holds. */
export const aptestDefaultsSchema = z.strictObject({
  settings: z.strictObject(settingsShape),
  access,
  suite: z.strictObject(suiteSettingsShape),
});

export type ApTestSection = z.output<typeof aptestSchema>;
export type ApTestDefaults = z.output<typeof aptestDefaultsSchema>;
export type SuiteSection = z.output<typeof suiteSchema>;
export type SetSection = z.output<typeof setSchema>;
export type SessionSection = z.output<typeof sessionSchema>;
export type EntrySection = z.output<typeof entrySchema>;
export type FieldSection = z.output<typeof fieldSchema>;
export type VariableSection = z.output<typeof variableSchema>;
export type SelectorsSection = z.output<typeof selectors>;
export type TestSection = z.output<typeof testSchema>;
export type ApTestUserSection = z.output<typeof userSchema>;

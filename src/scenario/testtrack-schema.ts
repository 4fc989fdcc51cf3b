import { z } from 'zod';
import { customFieldTypes } from '../testtrack/model/project-record.ts';
import { areas } from '../testtrack/model/server-records.ts';
import { tableNames } from '../testtrack/rules/table-names.ts';
import { isZone } from '../testtrack/rules/zone.ts';
import { momentSchema } from './clock-schema.ts';

const name = z.string().min(1).max(255);
const names = z.array(name);
const id = z.int().positive();
const day = z.iso.date('a day is written 2026-01-31');
const perTable = <T extends z.ZodType>(schema: T) => z.partialRecord(z.enum(tableNames), schema);

const fileSchema = z
  .strictObject({
    name,
    text: z.string().optional(),
    base64: z.base64().optional(),
    /** A path beside the scenario file. */
    file: name.optional(),
    type: z.enum(['Standard', 'Script', 'Run Result']).optional(),
  })
  .refine(
    ({ text, base64, file }) => [text, base64, file].filter((part) => part !== undefined).length === 1,
    {
      message: 'an attachment has exactly one of text, base64 and file',
    },
  );

const customFieldSchema = z.strictObject({
  name,
  type: z.enum(customFieldTypes),
  values: names.optional(),
  isRequired: z.boolean().optional(),
});

const customValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  names,
  z.strictObject({ amount: z.number(), unit: name }),
]);
const customValuesSchema = z.record(z.string(), customValueSchema);

const workflowSchema = z.strictObject({
  states: z
    .array(z.strictObject({ name, isOpen: z.boolean().optional(), locksItem: z.boolean().optional() }))
    .min(1, 'a workflow has at least one state; the first is where items start'),
  events: z.array(
    z.strictObject({
      name,
      from: names.optional(),
      to: names.optional(),
      assigns: z.boolean().optional(),
      hours: z.enum(['none', 'estimate', 'work']).optional(),
      hasAttachments: z.boolean().optional(),
      hasReleaseNotes: z.boolean().optional(),
      canMarkSuspect: z.boolean().optional(),
      isReviewNote: z.boolean().optional(),
      fields: z.array(customFieldSchema).optional(),
    }),
  ),
});

const eventSchema = z.strictObject({
  recordId: id.optional(),
  name,
  user: name.optional(),
  at: momentSchema.optional(),
  notes: z.string().optional(),
  assignTo: z.union([name, names]).optional(),
  resultingState: z.string().optional(),
  hours: z.number().optional(),
  releaseNotesVersion: z.string().optional(),
  fields: customValuesSchema.optional(),
  attachments: z.array(fileSchema).optional(),
});

const reportedBySchema = z.strictObject({
  foundBy: name.optional(),
  dateFound: day.optional(),
  contactInfo: z.string().optional(),
  foundInVersion: z.string().optional(),
  description: z.string().optional(),
  reproduced: z.string().optional(),
  stepsToReproduce: z.string().optional(),
  testConfig: name.optional(),
  otherEnvironment: z.string().optional(),
  attachments: z.array(fileSchema).optional(),
});

const defectSchema = z.strictObject({
  recordId: id.optional(),
  number: id.optional(),
  summary: name,
  type: z.string().optional(),
  priority: z.string().optional(),
  disposition: z.string().optional(),
  product: z.string().optional(),
  component: z.string().optional(),
  severity: z.string().optional(),
  reference: z.string().optional(),
  workaround: z.string().optional(),
  enteredBy: name.optional(),
  dateEntered: day.optional(),
  createdBy: name.optional(),
  createdAt: momentSchema.optional(),
  storyPoints: z.int().optional(),
  /** Short for the description of the first report. */
  description: z.string().optional(),
  reportedBy: z.array(reportedBySchema).optional(),
  events: z.array(eventSchema).optional(),
  customFields: customValuesSchema.optional(),
  /** Short for the files of the first report. */
  attachments: z.array(fileSchema).optional(),
});

const groupSchema = z.strictObject({
  name,
  commands: z.union([z.literal('all'), names]),
  allowsSoap: z.boolean().optional(),
  hiddenTables: z.array(z.enum(tableNames)).optional(),
});

const userSchema = z.strictObject({
  recordId: id.optional(),
  login: name,
  password: z.string().optional(),
  first: z.string().optional(),
  middle: z.string().optional(),
  last: name,
  groups: names.optional(),
  isActive: z.boolean().optional(),
  nameFormat: z.enum(['last-first', 'first-last']).optional(),
  company: z.string().optional(),
  email: z.string().optional(),
});

const testConfigSchema = z.strictObject({
  recordId: id.optional(),
  name,
  computerModel: z.string().optional(),
  computerBrand: z.string().optional(),
  cpuType: z.string().optional(),
  ramSize: z.string().optional(),
  osName: z.string().optional(),
  osVersion: z.string().optional(),
});

const lockSchema = z.strictObject({
  table: z.enum(tableNames).optional(),
  recordId: id.optional(),
  number: id.optional(),
  by: name,
  minutes: z.number().positive().optional(),
});

/** What `data/defaults` can say about every project, and each project about itself. */
const projectSettingsShape = {
  groups: z.array(groupSchema).optional(),
  lists: perTable(z.record(name, names)).optional(),
  customFields: perTable(z.array(customFieldSchema)).optional(),
  workflows: perTable(workflowSchema).optional(),
  requiredFields: perTable(names).optional(),
  renamedFields: perTable(z.record(name, name)).optional(),
};

const projectSchema = z.strictObject({
  name,
  options: z.array(z.enum(areas)).optional(),
  autoNumbers: z.boolean().optional(),
  ...projectSettingsShape,
  users: z.array(userSchema).optional(),
  testConfigs: z.array(testConfigSchema).optional(),
  defects: z.array(defectSchema).optional(),
  locks: z.array(lockSchema).optional(),
});

const serverShape = {
  version: name,
  cgiVersion: name,
  timeZone: z.string().refine(isZone, { message: 'not a time zone; write one like Europe/Berlin or UTC' }),
  inactivityMinutes: z.number().positive(),
  lockMinutes: z.number().positive(),
  soapLicences: z.int().nonnegative(),
  cookies: z.enum(['random', 'plain']),
  wsdl: z.enum(['current', 'legacy']),
};

/** The section `testtrack` of a scenario. */
export const testtrackSchema = z.strictObject({
  server: z.strictObject(serverShape).partial().optional(),
  projects: z.array(projectSchema).optional(),
});

/** What `data/defaults/testtrack.json` holds. */
export const testtrackDefaultsSchema = z.strictObject({
  server: z.strictObject(serverShape),
  project: z.strictObject(projectSettingsShape),
});

export type TestTrackSection = z.output<typeof testtrackSchema>;
export type TestTrackDefaults = z.output<typeof testtrackDefaultsSchema>;
export type ProjectSection = z.output<typeof projectSchema>;
export type DefectSection = z.output<typeof defectSchema>;
export type EventSection = z.output<typeof eventSchema>;
export type FileSection = z.output<typeof fileSchema>;
export type WorkflowSection = z.output<typeof workflowSchema>;
export type CustomFieldSection = z.output<typeof customFieldSchema>;
export type CustomValueSection = z.output<typeof customValueSchema>;

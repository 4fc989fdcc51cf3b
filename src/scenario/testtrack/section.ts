import { z } from 'zod';
import { areas } from '../../testtrack/model/server-records.ts';
import { tableNames } from '../../testtrack/rules/table-names.ts';
import { isZone } from '../../testtrack/rules/zone.ts';
import { defectSchema } from './defects.ts';
import { customFieldSchema, id, name, names, perTable, workflowSchema } from './parts.ts';

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

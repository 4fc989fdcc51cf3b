import { z } from 'zod';
import { isLocale } from '../../testtrack/columns/locale-dates.ts';
import { areas } from '../../testtrack/model/server-records.ts';
import { isZone } from '../../testtrack/rules/zone.ts';
import { generations } from '../../wsdl/generations.ts';
import { defectSchema } from './defects.ts';
import { exportTemplateSchema } from './export-templates.ts';
import { adminLockSchema, filtersSchema } from './filters.ts';
import { folderSchema, folderTypeSchema } from './folders.ts';
import { generateSchema } from './generated-items.ts';
import { groupSchema } from './groups.ts';
import { globalUserSchema, licencePoolSchema } from './licence-server.ts';
import { linkDefinitionSchema, linkSchema } from './links.ts';
import { lockSchema } from './locks.ts';
import { loginSchema } from './logins.ts';
import { customFieldSchema, idSchema, nameSchema, namesSchema, perTable, workflowSchema } from './parts.ts';
import { reportSchema } from './reports.ts';
import { requirementDocumentSchema } from './requirement-documents.ts';
import { requirementSchema, requirementTypeSchema } from './requirements.ts';
import { taskSchema } from './tasks.ts';
import { testCaseSchema } from './test-cases.ts';
import { testRunSchema } from './test-runs.ts';
import { customerSchema, userSchema } from './users.ts';

const testConfigSchema = z.strictObject({
  recordId: idSchema.optional(),
  name: nameSchema,
  computerModel: z.string().optional(),
  computerBrand: z.string().optional(),
  cpuType: z.string().optional(),
  ramSize: z.string().optional(),
  osName: z.string().optional(),
  osVersion: z.string().optional(),
});

/** What `data/defaults` can say about every project, and each project about itself. */
const projectSettingsShape = {
  groups: z.array(groupSchema).optional(),
  lists: perTable(z.record(nameSchema, namesSchema)).optional(),
  customFields: perTable(z.array(customFieldSchema)).optional(),
  workflows: perTable(workflowSchema).optional(),
  requiredFields: perTable(namesSchema).optional(),
  renamedFields: perTable(z.record(nameSchema, nameSchema)).optional(),
  filters: filtersSchema.optional(),
  requirementTypes: z.array(requirementTypeSchema).optional(),
  linkDefinitions: z.array(linkDefinitionSchema).optional(),
  /** The definition that links an issue to the test run it was raised from. */
  testRunIssueLink: nameSchema.optional(),
  folderTypes: z.array(folderTypeSchema).optional(),
};

const projectSchema = z.strictObject({
  name: nameSchema,
  options: z.array(z.enum(areas)).optional(),
  autoNumbers: z.boolean().optional(),
  ...projectSettingsShape,
  users: z.array(userSchema).optional(),
  customers: z.array(customerSchema).optional(),
  testConfigs: z.array(testConfigSchema).optional(),
  defects: z.array(defectSchema).optional(),
  tasks: z.array(taskSchema).optional(),
  testCases: z.array(testCaseSchema).optional(),
  testRuns: z.array(testRunSchema).optional(),
  requirements: z.array(requirementSchema).optional(),
  /** How many of these to add, with texts that look real. */
  generate: generateSchema.optional(),
  requirementDocuments: z.array(requirementDocumentSchema).optional(),
  links: z.array(linkSchema).optional(),
  folders: z.array(folderSchema).optional(),
  reports: z.array(reportSchema).optional(),
  exportTemplates: z.array(exportTemplateSchema).optional(),
  /** Who is logged on from the start. */
  logins: z.array(loginSchema).optional(),
  locks: z.array(lockSchema).optional(),
  adminLock: adminLockSchema.optional(),
});

const serverShape = {
  version: nameSchema,
  cgiVersion: nameSchema,
  timeZone: z.string().refine(isZone, { message: 'not a time zone; write one like Europe/Berlin or UTC' }),
  locale: z.string().refine(isLocale, { message: 'not a locale; write one like en-US or de-DE' }),
  inactivityMinutes: z.number().positive(),
  lockMinutes: z.number().positive(),
  soapLicences: z.int().nonnegative(),
  licences: z.array(licencePoolSchema),
  oneSessionPerUser: z.boolean(),
  oneRequestPerSession: z.boolean(),
  cookies: z.enum(['random', 'plain']),
  sdk: z.enum(generations),
  emptyLists: z.enum(['omit', 'array']),
  webAddress: z.url({
    protocol: /^https?$/,
    message: 'a web address is written http://host/cgi-bin/ttcgi.exe',
  }),
  nativeAddress: z.string().regex(/^[^\s/]+$/, { message: 'an address is written host:port' }),
  folderRename: z.enum(['by-name', 'with-path']),
};

/** The section `testtrack` of a scenario. */
export const testtrackSchema = z.strictObject({
  server: z
    .strictObject({
      ...serverShape,
      /** The former name of `sdk`: `legacy` is 2013. */
      wsdl: z.enum(['current', 'legacy']),
    })
    .partial()
    .refine(({ wsdl, sdk }) => wsdl === undefined || sdk === undefined, {
      path: ['wsdl'],
      message: 'wsdl is the former name of sdk; leave it out where sdk is given',
    })
    .optional(),
  /** The users and customers of the licence server. */
  globalUsers: z.array(globalUserSchema).optional(),
  projects: z.array(projectSchema).optional(),
});

/** What `data/defaults/testtrack.json` holds. */
const testtrackDefaultsSchema = z.strictObject({
  server: z.strictObject(serverShape),
  project: z.strictObject(projectSettingsShape),
});

export type TestTrackSection = z.output<typeof testtrackSchema>;
export type TestTrackDefaults = z.output<typeof testtrackDefaultsSchema>;
export type ProjectSection = z.output<typeof projectSchema>;

import { z } from 'zod';
import { momentSchema } from '../../input/clock-schema.ts';
import { assignmentRules, customFieldTypes } from '../../testtrack/model/project-record.ts';
import { tableNames } from '../../testtrack/rules/table-names.ts';
import { generatedTypes } from '../../testtrack/rules/workflow.ts';

export const nameSchema = z.string().min(1).max(255);
export const namesSchema = z.array(nameSchema);
export const idSchema = z.int().positive();
export const daySchema = z.iso.date('a day is written 2026-01-31');
/** A map with something for each kind of record, by the names of the tables. */
export const perTable = <T extends z.ZodType>(schema: T) => z.partialRecord(z.enum(tableNames), schema);

export const fileSchema = z
  .strictObject({
    name: nameSchema,
    text: z.string().optional(),
    base64: z.base64().optional(),
    /** A path beside the scenario file. */
    file: nameSchema.optional(),
    type: z.enum(['Standard', 'Script', 'Run Result']).optional(),
    scriptOrder: z.int().optional(),
    scriptState: z.string().optional(),
  })
  .refine(
    ({ text, base64, file }) => [text, base64, file].filter((part) => part !== undefined).length === 1,
    {
      message: 'an attachment has exactly one of text, base64 and file',
    },
  );

export const customFieldSchema = z.strictObject({
  name: nameSchema,
  type: z.enum(customFieldTypes),
  values: namesSchema.optional(),
  isRequired: z.boolean().optional(),
  /** What queries may call it between percent signs. */
  code: z
    .string()
    .regex(/^[^%]{1,50}$/, 'a field code is written without its percent signs')
    .optional(),
});

const customValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  namesSchema,
  z.strictObject({ amount: z.number(), unit: nameSchema }),
]);
export const customValuesSchema = z.record(z.string(), customValueSchema);

export const workflowSchema = z.strictObject({
  states: z
    .array(
      z.strictObject({
        name: nameSchema,
        isOpen: z.boolean().optional(),
        locksItem: z.boolean().optional(),
        assignmentRule: z.enum(assignmentRules).optional(),
        canGenerateRuns: z.boolean().optional(),
      }),
    )
    .min(1, 'a workflow has at least one state; the first is where items start'),
  events: z.array(
    z.strictObject({
      name: nameSchema,
      from: namesSchema.optional(),
      to: namesSchema.optional(),
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

export const eventSchema = z.strictObject({
  recordId: idSchema.optional(),
  name: nameSchema,
  user: nameSchema.optional(),
  at: momentSchema.optional(),
  notes: z.string().optional(),
  assignTo: z.union([nameSchema, namesSchema]).optional(),
  resultingState: z.string().optional(),
  hours: z.number().optional(),
  releaseNotesVersion: z.string().optional(),
  /** The record ID of the event that this one answers. */
  parentEvent: idSchema.optional(),
  overrideUser: nameSchema.optional(),
  generatedType: z.enum(generatedTypes).optional(),
  generatedBy: nameSchema.optional(),
  fields: customValuesSchema.optional(),
  attachments: z.array(fileSchema).optional(),
});

/** What every item with a workflow can say. */
export const itemPartsShape = {
  createdBy: nameSchema.optional(),
  createdAt: momentSchema.optional(),
  storyPoints: z.int().optional(),
  events: z.array(eventSchema).optional(),
  customFields: customValuesSchema.optional(),
  attachments: z.array(fileSchema).optional(),
};

/** Who a user is, in a project or on the licence server. */
export const identityShape = {
  password: z.string().optional(),
  first: z.string().optional(),
  middle: z.string().optional(),
  last: nameSchema,
};

const phoneSchema = z.strictObject({ type: z.string(), number: z.string() });

/** How a user is reached. */
export const contactShape = {
  company: z.string().optional(),
  division: z.string().optional(),
  department: z.string().optional(),
  emailType: z.string().optional(),
  email: z.string().optional(),
  phones: z.array(phoneSchema).max(2).optional(),
  address: z.string().optional(),
};

export type EventSection = z.output<typeof eventSchema>;
export type FileSection = z.output<typeof fileSchema>;
export type WorkflowSection = z.output<typeof workflowSchema>;
export type CustomFieldSection = z.output<typeof customFieldSchema>;
export type CustomValueSection = z.output<typeof customValueSchema>;

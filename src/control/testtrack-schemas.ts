import { z } from 'zod';
import { totalSchema } from './paging.ts';

// What the routes about TestTrack's state answer. Moments are ISO 8601 and UTC, in the time of the world.

const moment = (about: string) => z.string().describe(`${about}, in ISO 8601 and UTC`);
const recordId = z.int().describe('The record ID, which is not the number that people know');

/** A record ID as it stands in an address. */
export const recordIdParameter = z
  .string()
  .regex(/^\d{1,15}$/, 'a whole number is expected')
  .transform(Number)
  .meta({ type: 'integer', minimum: 0 });

const tableSummarySchema = z.object({
  table: z.string(),
  records: z.int(),
  isOfItems: z.boolean().describe('Whether its records have a workflow, and JSON queries can be asked of it'),
});

export const projectSummarySchema = z
  .object({
    name: z.string(),
    areas: z.array(z.string()).describe('What sessions can open'),
    tables: z.array(tableSummarySchema),
  })
  .meta({ id: 'ProjectSummary', description: 'A project of TestTrack and its tables' });

export const tableDescriptionSchema = z
  .object({
    project: z.string(),
    table: z.string(),
    columns: z.array(z.object({ label: z.string(), kind: z.string() })),
    filters: z.array(z.object({ name: z.string(), query: z.string() })),
  })
  .meta({ id: 'TableDescription', description: 'What can be asked of a table' });

export const recordPageSchema = z
  .object({
    total: totalSchema,
    offset: z.int(),
    columns: z.array(z.string()),
    rows: z.array(z.object({ recordId, cells: z.array(z.string()).describe('128 characters each') })),
  })
  .meta({ id: 'RecordPage', description: 'A part of the list of a table' });

export const shownLockSchema = z
  .object({
    project: z.string(),
    table: z.string(),
    recordId,
    user: z.string().describe('The login of who holds it'),
    isOutsideSoap: z.boolean().describe('Whether it was taken outside SOAP, as in the GUI'),
    session: z.string().optional().describe('The id of the session that holds it'),
    until: moment('When it ends by itself').optional(),
  })
  .meta({ id: 'Lock', description: 'A record that is being edited' });

export const shownSessionSchema = z
  .object({
    id: z.string().describe('What names it here; it is no cookie'),
    project: z.string(),
    user: z.string(),
    areas: z.array(z.string()),
    licences: z.array(z.string()).describe('The floating licences that it holds'),
    startedAt: moment('When it was opened'),
    usedAt: moment('When it was used last'),
    until: moment('When it ends if nobody uses it'),
    locks: z.int().describe('How many records it is editing'),
  })
  .meta({ id: 'LoginSession', description: 'A session of TestTrack, without its cookie' });

export const shownLicenceSchema = z
  .object({
    name: z.string(),
    kind: z.string().describe('soap for what every session takes; pro, tcm, rm, rmReviewer or suite'),
    isFloating: z
      .boolean()
      .describe('Whether it belongs to a session while that lasts; a named one is its owner’s'),
    total: z.int(),
    used: z.int(),
  })
  .meta({ id: 'Licence', description: 'Licences of one name' });

export const recordDetailSchema = z
  .object({
    project: z.string(),
    table: z.string(),
    recordId,
    label: z.string().describe('What people call it: defect 12: Crash on start'),
    state: z.string().optional(),
    fields: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .describe('The columns that have a value'),
    wire: z.unknown().describe('The record as operations give it, without the contents of files'),
    links: z.array(
      z.object({
        definition: z.string(),
        comment: z.string(),
        items: z.array(
          z.object({
            table: z.string(),
            recordId,
            label: z.string(),
            role: z.enum(['parent', 'child']),
            isSuspect: z.boolean(),
          }),
        ),
      }),
    ),
    files: z.array(z.object({ recordId, fileName: z.string(), type: z.string(), size: z.int() })),
    lock: shownLockSchema.optional(),
    events: z
      .array(z.object({ name: z.string(), to: z.array(z.string()), assigns: z.boolean() }))
      .describe('The events that the workflow allows now'),
  })
  .meta({ id: 'RecordDetail', description: 'A record with all that hangs on it' });

export const storedFileSchema = z
  .object({ fileName: z.string(), size: z.int(), base64: z.string().describe('What it holds') })
  .meta({ id: 'StoredFile', description: 'A file at a record' });

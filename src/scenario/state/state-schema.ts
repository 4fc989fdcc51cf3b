import { z } from 'zod';

/**
 * The state of a world as it is, record by record: what an export writes. It is laid over what the other sections
 * give: a table that stands here replaces the seeded one as a whole.
 */
export const stateSchema = z.strictObject({
  /** Records by the path of their table, `testtrack:Project/defects`. Values are written as in a data folder. */
  tables: z.record(z.string(), z.array(z.looseObject({}))).optional(),
  /** The last number given out, by counter. */
  counters: z.record(z.string(), z.int().nonnegative()).optional(),
  /** The bytes of attachments in base64, by their SHA-256. */
  files: z
    .record(z.string().regex(/^[0-9a-f]{64}$/, 'a file is named by its SHA-256, 64 hex digits'), z.base64())
    .optional(),
});

export type StateSection = z.output<typeof stateSchema>;

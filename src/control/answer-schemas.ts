import { z } from 'zod';

// What control answers hold. Those with an `id` are named in the API description and stand there once.

const moment = (about: string) => z.string().describe(`${about}, in ISO 8601 and UTC`);

/** What every refusal holds. */
export const errorSchema = z
  .object({
    code: z.string().describe('Which error it is, such as TWIN_WORLD_UNKNOWN: see docs/errors.md'),
    error: z.string().describe('What is wrong, and how to mend it'),
  })
  .meta({ id: 'Error', description: 'Why a request was refused, for the person who sent it' });

export const clockStateSchema = z
  .object({
    mode: z.enum(['real', 'frozen', 'offset', 'scaled']).describe('How it runs'),
    now: moment('What it shows'),
    ms: z.int().describe('The same in milliseconds since 1970'),
    offsetMs: z.number().describe('How far it is ahead of the host’s clock, in milliseconds'),
    rate: z.number().describe('Its milliseconds per real one: 0 when frozen, 1 when real or offset'),
  })
  .meta({ id: 'Clock', description: 'The clock of a world' });

export const dueSchema = z
  .object({
    at: moment('When it happens, in the time of the world'),
    kind: z.enum(['lock-end', 'session-end', 'script']),
    what: z.string().describe('The event in words'),
  })
  .meta({ id: 'Due', description: 'Something that time alone brings about' });

/** Where a verification counts from that is to know only what comes now. */
export const sinceSchema = z
  .int()
  .describe(
    'The id of the latest entry of the journal; a verification with this "since" counts what comes after it',
  );

export const worldSchema = z
  .object({
    name: z.string(),
    path: z.string().describe('What addresses of this world begin with'),
    url: z.string().optional().describe('The address of the port that is its own, if it has one'),
    tlsUrl: z.string().optional().describe('The address of its own port that speaks TLS, if it has one'),
    madeAt: moment('When it was made, by the host’s clock'),
    usedAt: moment('When a request was for it last, by the host’s clock'),
    records: z.int().describe('How many records it holds'),
    calls: z
      .int()
      .describe('How many calls it has taken since it was made, those that could not be read too'),
    clock: clockStateSchema,
  })
  .meta({ id: 'World', description: 'An isolated state with a clock of its own' });

export const shownRuleSchema = z
  .object({
    name: z.string(),
    explanation: z.string().describe('What it does, in words'),
    calls: z.int().describe('How many calls met its conditions'),
    hits: z.int().describe('How often it acted'),
    isOver: z.boolean().describe('Whether it will not act any more'),
    warnings: z.array(z.string()).describe('Why it may never act; empty for a rule that can'),
    rule: z
      .record(z.string(), z.unknown())
      .describe('The rule as it was understood: times in milliseconds, defaults filled in'),
  })
  .meta({ id: 'ShownRule', description: 'A fault rule and how often it was used' });

export const snapshotSchema = z
  .object({
    name: z.string(),
    at: moment('When it was taken, in the time of the world'),
    mode: clockStateSchema.shape.mode.describe('How the clock ran'),
  })
  .meta({ id: 'Snapshot', description: 'A named restore point' });

const differenceSchema = z
  .object({
    path: z.string().describe('The table, with its project or suite: testtrack:Project/defects'),
    key: z.union([z.string(), z.number()]).describe('The key of the record in it'),
    record: z.string().describe('What people call the record: defect 12'),
    kind: z.enum(['added', 'deleted', 'changed']),
    field: z.string().optional().describe('What of a changed record: state, description.text'),
    before: z.unknown().optional().describe('Absent where there was nothing'),
    after: z.unknown().optional().describe('Absent where there is nothing any more'),
  })
  .meta({ id: 'Difference', description: 'One thing that is different in two states' });

export const differenceReportSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    isSame: z.boolean(),
    report: z.array(z.string()).describe('A line for each difference: defect 12: state Open to Fixed'),
    differences: z.array(differenceSchema),
    leftOut: z.int().describe('How many more records differ than are shown'),
  })
  .meta({ id: 'DifferenceReport', description: 'What is different in two states' });

const whyNot = { text: z.string(), hint: z.string().describe('Why, as a sentence') };

export const journalEntrySchema = z
  .object({
    id: z.int().describe('Counts up; what came later has a higher one'),
    world: z.string(),
    api: z.enum(['testtrack', 'aptest']),
    operation: z.string().describe('Empty for a request that could not be read'),
    user: z.string().optional(),
    project: z.string().optional().describe('Of TestTrack'),
    suite: z.string().optional().describe('Of ApTest'),
    at: moment('When it came, in the time of the world'),
    realAt: moment('When it came, by the host’s clock'),
    durationMs: z.number().optional().describe('Of the call itself, without reading and writing its bytes'),
    arguments: z.unknown().optional().describe('Without passwords, cookies and tokens'),
    result: z.unknown().optional(),
    fault: z
      .object({ code: z.int(), ...whyNot })
      .optional()
      .describe('Of a call that was refused'),
    mistake: z.string().optional().describe('What broke inside Twintrack; the log has more'),
    refused: z
      .object({ status: z.int().describe('Of HTTP; 0 where the connection never came to that'), ...whyNot })
      .optional()
      .describe('Of a request that never became a call'),
    changes: z.array(z.string()).optional().describe('What it changed, in words'),
    differences: z.array(differenceSchema).optional().describe('The same as data'),
    traceId: z.string().optional().describe('The trace that it is part of, by the header traceparent'),
    spanId: z.string().optional().describe('The span that made it'),
    note: z.string().optional(),
  })
  .meta({ id: 'JournalEntry', description: 'A call that a world answered' });

const nearCallSchema = z.object({
  entry: journalEntrySchema,
  mismatches: z.array(
    z.object({
      field: z.string().describe('operation, user, where.pDefect.priority, …'),
      expected: z.unknown(),
      actual: z.unknown().optional().describe('Absent when the call has no such field'),
      hint: z.string().optional().describe('A name that was probably meant'),
    }),
  ),
});

export const verificationFailureSchema = z
  .object({
    index: z.int().describe('Which of the expected calls, from 0'),
    problem: z.string().describe('What was expected and what was there'),
    found: z.int(),
    nearest: z
      .array(nearCallSchema)
      .describe('The calls that came near, with what differed; where too many fit, those that did'),
  })
  .meta({ id: 'VerificationFailure', description: 'One expectation that the journal does not confirm' });

export const exportSchema = z
  .object({
    twintrack: z.int().describe('The version of the format'),
    seed: z.string(),
    clock: z.object({
      mode: clockStateSchema.shape.mode,
      now: z.string().optional(),
      rate: z.number().optional(),
    }),
    state: z.object({
      counters: z.record(z.string(), z.number()),
      tables: z.record(z.string(), z.array(z.unknown())).describe('All records, table by table'),
      files: z.record(z.string(), z.string()).describe('Contents in base64, by their SHA-256'),
    }),
  })
  .meta({ id: 'Export', description: 'A scenario that holds a whole state' });

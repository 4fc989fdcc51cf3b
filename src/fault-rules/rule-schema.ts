import { z } from 'zod';
import { latestMoment, readMoment } from '../input/clock-schema.ts';
import { parseDuration, QuantityError } from '../input/quantity.ts';
import { tableNames } from '../testtrack/rules/table-names.ts';
import { MINUTE_MS } from '../world/instant.ts';
import { knownFaults } from './fault-texts.ts';

/** A delay holds a connection for real time; nobody waits longer than this. */
const longestDelayMs = 10 * MINUTE_MS;

const name = z.string().min(1).max(255);

/** Reads a length of time; notes what is wrong with it. */
function lengthOf(text: string, note: (message: string) => void): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    note(error.message);
    return undefined;
  }
}

/** A moment of virtual time, or `+10m`: so long after the rule was given, which for a scenario is its start. */
const whenSchema = z.string().transform((text, context): { moment: number } | { after: number } => {
  const note = (message: string) => void context.issues.push({ code: 'custom', input: text, message });
  if (text.startsWith('+')) {
    const after = lengthOf(text.slice(1), note);
    return after === undefined ? z.NEVER : { after };
  }
  const moment = readMoment(text);
  if (moment <= latestMoment) return { moment };
  note(
    `"${text}" is no time; write a moment as 2026-01-31T09:15:00Z, or +10m for ten minutes after the start`,
  );
  return z.NEVER;
});

const delaySchema = z
  .string('write a length of time with its unit, such as 500ms or 2s')
  .transform((text, context): number => {
    const note = (message: string) => void context.issues.push({ code: 'custom', input: text, message });
    const length = lengthOf(text, note);
    if (length === undefined) return z.NEVER;
    if (length <= longestDelayMs) return length;
    note(`"${text}" is too long; a delay is at most 10m of real time`);
    return z.NEVER;
  });

/** The name of an operation or a command; the schema for editors lists them all. */
export const operationSchema = z.string().min(1).max(255);

const triggerSchema = z
  .strictObject({
    at: whenSchema
      .optional()
      .describe('From this moment on: 2026-01-31T09:15:00Z, or +10m for ten minutes after the start'),
    operation: operationSchema.optional().describe('Calls of this operation or command'),
    call: z.int().min(1).optional().describe('The Nth of the calls that fit'),
    every: z.int().min(1).optional().describe('Each Nth of the calls that fit'),
    where: z
      .record(z.string(), z.unknown())
      .refine((where) => isPlain(where), {
        message: 'holds something that is neither text, number, list nor map',
      })
      .optional()
      .describe('Calls with these arguments'),
    user: name.optional().describe('Calls of this user'),
    api: z.enum(['testtrack', 'aptest']).optional().describe('Calls of this product'),
  })
  .refine(({ call, every }) => call === undefined || every === undefined, {
    message: 'give either "call", for the Nth call, or "every", for each Nth call',
  });

/** The number alone is enough for a fault of the catalogue; any other needs its text. */
const faultSchema = z
  .union([
    z.int(),
    z.strictObject({
      number: z.int().optional().describe('Its number'),
      text: z.string().min(1).max(1000).optional().describe('Its text, where it is not the known one'),
    }),
  ])
  .transform((given) => (typeof given === 'number' ? { number: given } : given))
  .superRefine(({ number, text }, context) => {
    if (text !== undefined || (number !== undefined && knownFaults.has(number))) return;
    const known = [...knownFaults.keys()].sort((a, b) => a - b).join(', ');
    context.addIssue({
      code: 'custom',
      message:
        number === undefined
          ? 'a fault has a "number", a "text" or both'
          : `no text is known for fault ${number}; give it a "text", or one of ${known}`,
    });
  });

const statusSchema = z
  .union([
    statusNumber(),
    z.strictObject({
      status: statusNumber(),
      body: z.string().max(1_000_000).optional().describe('A text of its own'),
      contentType: z
        .string()
        .regex(/^[\x20-\x7e]+$/)
        .optional()
        .describe('Its Content-Type'),
    }),
  ])
  .transform((given) => (typeof given === 'number' ? { status: given } : given));

/** A lock that is taken outside SOAP. */
export const lockActionSchema = z.strictObject({
  project: name.optional().describe('The project; needed where there are several'),
  table: z.enum(tableNames).default('Defect').describe('The table, Defect by default'),
  number: z.int().positive().describe('Its number, or the record ID where it has none'),
  by: name.describe('The login of the user who gets the lock'),
  minutes: z.number().positive().optional().describe('How long it lasts'),
});

/** What a rule can do; a rule does exactly one of these. */
const actionShape = {
  fault: faultSchema.optional().describe('Answers with a fault, by its number or a text'),
  dropSession: z
    .union([
      z.literal('caller'),
      z.strictObject({
        user: name.describe('Whose sessions end'),
        project: name.optional().describe('In this project; in all without it'),
      }),
    ])
    .optional()
    .describe('Ends the session of the caller, or those of a user'),
  lock: lockActionSchema.optional().describe('Has a record locked by another user'),
  delay: delaySchema.optional().describe('Answers so much later, in real time: 500ms, at most 10m'),
  cut: z
    .enum(['before', 'after'])
    .optional()
    .describe('Cuts the connection, before or after the call was carried out'),
  truncate: z.int().min(0).optional().describe('Sends only so many bytes of the answer'),
  malformed: z.literal(true).optional().describe('Makes the answer unreadable'),
  status: statusSchema.optional().describe('Answers with an HTTP status, as a web server in front would'),
  busy: z.literal(true).optional().describe('ApTest: the session is busy'),
  licenceGone: z.enum(['soap', 'floating']).optional().describe('TestTrack: there is no licence left'),
};

const actionSchema = z.strictObject(actionShape).superRefine((action, context) => {
  const given = Object.entries(action).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const [, second] = given;
  if (given.length === 0) {
    const known = Object.keys(actionShape).join(', ');
    context.addIssue({ code: 'custom', message: `a rule does exactly one thing: ${known}` });
  } else if (second !== undefined) {
    const message = `a rule does exactly one thing, and this one does ${given.join(' and ')}; make it two rules`;
    context.addIssue({ code: 'custom', path: [second], message });
  }
});

/** A fault rule: when it acts, and what it does then. */
export const ruleSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[^/\\\p{Cc}]+$/u, 'a name holds no slash, backslash or control character')
      .optional()
      .describe('Given when it is left out'),
    when: triggerSchema.default({}).describe('When it acts: at every call where nothing is said'),
    do: actionSchema.describe('What it does: exactly one of these'),
    times: z
      .union([z.int().min(1), z.literal('always')])
      .optional()
      .describe('How often it acts at most'),
    probability: z.number().min(0).max(1).optional().describe('The chance that it acts, under the seed'),
  })
  .refine(({ when, do: { dropSession } }) => !(isTimed(when) && dropSession === 'caller'), {
    path: ['do', 'dropSession'],
    message: 'at a moment there is no caller; name the "user" whose sessions end',
  });

/** The rules of a scenario. */
export const scriptSchema = z.array(ruleSchema).max(1000);

export type Rule = z.output<typeof ruleSchema>;
export type Trigger = z.output<typeof triggerSchema>;
export type Action = z.output<typeof actionSchema>;

/** Whether a rule names nothing but a moment: what it does to the state is then done by time, without a call. */
export function isTimed({ at, operation, call, every, where, user, api }: Trigger): boolean {
  const ofCalls = [operation, call, every, where, user, api];
  return at !== undefined && ofCalls.every((condition) => condition === undefined);
}

function statusNumber() {
  return z.int().min(200).max(599);
}

function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  return typeof value === 'object' && Object.values(value).every(isPlain);
}

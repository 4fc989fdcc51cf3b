import { z } from 'zod';

const counts = {
  times: z.int().min(0).optional().describe('Exactly so often'),
  atLeast: z.int().min(0).optional().describe('So often or more; 1 where nothing is said'),
  atMost: z.int().min(0).optional().describe('So often or less'),
};

const onlyTimes = {
  message: 'give either "times", or "atLeast" and "atMost"',
};
const isOneOf = ({ times, atLeast, atMost }: Counts): boolean =>
  times === undefined || (atLeast === undefined && atMost === undefined);

/** How often a call is expected; at least once where nothing is said. */
export interface Counts {
  readonly times?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

const expectedCallSchema = z
  .strictObject({
    operation: z.string().min(1).optional().describe('The operation or command'),
    api: z.enum(['testtrack', 'aptest']).optional().describe('The product'),
    user: z.string().optional().describe('The login of the caller'),
    project: z.string().optional().describe('The project of TestTrack'),
    suite: z.string().optional().describe('The suite of ApTest'),
    where: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Arguments that the call must have had; others do not matter'),
    fault: z
      .union([z.int(), z.string(), z.boolean()])
      .optional()
      .describe('The fault it got: its number, a part of its text, true for any, false for none'),
    ...counts,
  })
  .refine(isOneOf, onlyTimes);

/** What the journal is asked to confirm. */
export const verificationSchema = z
  .strictObject({
    calls: z
      .array(expectedCallSchema)
      .min(1)
      .describe('What was expected; a call has to fit all that is said of it'),
    /** For every call that says nothing itself. */
    ...counts,
    since: z
      .int()
      .min(0)
      .optional()
      .describe(
        'Only calls after the entry of this id, such as what a reset or a verification gave as "since"',
      ),
    inOrder: z
      .boolean()
      .optional()
      .describe('Whether they came one after the other; others may have come between'),
  })
  .refine(isOneOf, onlyTimes);

/** A call that a verification looks for, as a user writes it. */
export type ExpectedCall = z.input<typeof expectedCallSchema>;
/** What a verification expects of the journal, as a user writes it. */
export type Verification = z.input<typeof verificationSchema>;

/** The bounds of a count. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** How often a call is expected, by what it says itself or what is said for all. */
export function boundsOf(call: ExpectedCall, all: Counts): Bounds {
  const says = (each: Counts) =>
    each.times !== undefined || each.atLeast !== undefined || each.atMost !== undefined;
  const { times, atLeast, atMost } = says(call) ? call : all;
  if (times !== undefined) return { least: times, most: times };
  return { least: atLeast ?? (atMost === undefined ? 1 : 0), most: atMost ?? Number.POSITIVE_INFINITY };
}

/** Bounds in words: `exactly 2 times`. */
export function boundsText({ least, most }: Bounds): string {
  const times = (count: number) => `${count} ${count === 1 ? 'time' : 'times'}`;
  if (most === 0) return 'never';
  if (least === most) return `exactly ${times(least)}`;
  if (most === Number.POSITIVE_INFINITY) return `at least ${times(least)}`;
  return least === 0 ? `at most ${times(most)}` : `${least} to ${times(most)}`;
}

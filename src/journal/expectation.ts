import { z } from 'zod';

const counts = {
  times: z.int().min(0).optional(),
  atLeast: z.int().min(0).optional(),
  atMost: z.int().min(0).optional(),
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
    operation: z.string().min(1).optional(),
    api: z.enum(['testtrack', 'aptest']).optional(),
    user: z.string().optional(),
    project: z.string().optional(),
    suite: z.string().optional(),
    /** Arguments that the call must have had; others do not matter. */
    where: z.record(z.string(), z.unknown()).optional(),
    /** Its number, a part of its text, true for any, false for none. Does not matter when it is left out. */
    fault: z.union([z.int(), z.string(), z.boolean()]).optional(),
    ...counts,
  })
  .refine(isOneOf, onlyTimes);

/** What the journal is asked to confirm. */
export const verificationSchema = z
  .strictObject({
    calls: z.array(expectedCallSchema).min(1),
    /** For every call that says nothing itself. */
    ...counts,
    /** Whether they came one after the other; others may have come between. */
    inOrder: z.boolean().optional(),
  })
  .refine(isOneOf, onlyTimes);

export type ExpectedCall = z.input<typeof expectedCallSchema>;
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

import { z } from 'zod';
import type { Instant } from '../world/instant.ts';

/** The calendar that both products can write: years 1 to 9999. */
const earliestMoment: Instant = Date.parse('0001-01-01T00:00:00Z');
export const latestMoment: Instant = Date.parse('9999-12-31T23:59:59.999Z');

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads a moment in ISO 8601: a date, or date and time, in UTC when it names no zone.
 *
 * @returns milliseconds since the epoch; NaN for what is no moment of the years 1 to 9999
 */
export function readMoment(text: string): Instant {
  const [, year, month, day, zone] = ISO.exec(text) ?? [];
  // Date.parse takes 30 February for 1 March.
  if (year === undefined || Number(day) > daysIn(Number(year), Number(month))) return Number.NaN;
  const moment = Date.parse(zone === undefined && text.length > 10 ? `${text}Z` : text);
  return moment >= earliestMoment && moment <= latestMoment ? moment : Number.NaN;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** A moment as a user writes it. Gives milliseconds since the epoch. */
export const momentSchema = z.string().transform((text, context) => {
  const moment = readMoment(text);
  if (!Number.isNaN(moment)) return moment;
  context.issues.push({
    code: 'custom',
    input: text,
    message: `"${text}" is not a moment; write it as 2026-01-31T09:15:00Z`,
  });
  return z.NEVER;
});

/** How a clock is to run: the scenario's `clock`, and the body of `PUT /__admin/clock`. */
export const clockSchema = z
  .strictObject({
    mode: z
      .enum(['real', 'frozen', 'offset', 'scaled'])
      .describe(
        'real: as the host’s clock; frozen: stands until it is moved; offset: with the host’s speed from "now"; scaled: "rate" times as fast',
      ),
    now: momentSchema.optional().describe('What it shows, as 2026-01-31T09:15:00Z'),
    rate: z
      .number()
      .positive()
      .max(1_000_000)
      .optional()
      .describe('With mode scaled: its seconds per real second'),
  })
  .refine(({ mode, rate }) => rate === undefined || mode === 'scaled', {
    path: ['rate'],
    message: 'a rate goes with mode "scaled" only',
  });

import { z } from 'zod';
import { momentSchema } from '../input/clock-schema.ts';
import type { Recorded } from './journal.ts';

/** A whole number as it stands in an address. */
export const countParameter = z
  .string()
  .transform((text, context) => {
    if (/^\d{1,9}$/.test(text)) return Number(text);
    context.issues.push({ code: 'custom', input: text, message: `"${text}" is no whole number` });
    return z.NEVER;
  })
  .meta({ type: 'integer', minimum: 0, maximum: 999_999_999 });

/** What stands after the `?` of a question to the journal. Everything may be left out. */
export const journalQuerySchema = z.strictObject({
  operation: z.string().optional().describe('Calls of this operation or command, in any letter case'),
  user: z.string().optional().describe('Calls of this user, in any letter case'),
  api: z.enum(['testtrack', 'aptest']).optional().describe('Calls of this product'),
  fault: z
    .string()
    .optional()
    .describe(
      'Calls that were refused: any, none (those that were not), the number of a fault, or a part of its text',
    ),
  since: momentSchema.optional().describe('Calls from this moment on, in the time of the world'),
  until: momentSchema.optional().describe('Calls before this moment, in the time of the world'),
  limit: countParameter.optional().describe('At most so many, the latest ones; 100 by default'),
  after: countParameter
    .optional()
    .describe(
      'Entries after the one of this id, the next ones first; for a client that asks again and again',
    ),
});

/** Which entries of the journal; all that is given has to hold. */
export type JournalQuery = z.output<typeof journalQuerySchema>;

const usualLimit = 100;

/**
 * The entries that a question is about: the latest ones, oldest first; with `after` the ones that follow it.
 *
 * @param query names of operations and users are compared without case
 */
export function foundEntries(entries: readonly Recorded[], query: JournalQuery): Recorded[] {
  const { limit = usualLimit, after } = query;
  const found = entries.filter((entry) => (after === undefined || entry.id > after) && isAsked(entry, query));
  if (after !== undefined) return found.slice(0, limit);
  return limit === 0 ? [] : found.slice(-limit);
}

function isAsked(entry: Recorded, query: JournalQuery): boolean {
  const { api, fault, since, until } = query;
  if (since !== undefined && entry.at < since) return false;
  if (until !== undefined && entry.at >= until) return false;
  if (api !== undefined && api !== (entry.kind === 'call' ? entry.call : entry.refusal).api) return false;
  return isAskedCall(entry, query) && (fault === undefined || hasFault(entry, fault));
}

/** Only calls have an operation and a user. */
function isAskedCall(entry: Recorded, { operation, user }: JournalQuery): boolean {
  if (operation === undefined && user === undefined) return true;
  if (entry.kind !== 'call') return false;
  const isOperation = operation === undefined || sameName(entry.call.name, operation);
  return isOperation && (user === undefined || sameName(entry.caller.user ?? '', user));
}

function hasFault(entry: Recorded, wanted: string): boolean {
  const fault =
    entry.kind === 'call' ? entry.fault : { code: entry.refusal.status, text: entry.refusal.text };
  if (wanted === 'none') return fault === undefined;
  if (fault === undefined) return false;
  if (wanted === 'any') return true;
  return String(fault.code) === wanted || fault.text.toLowerCase().includes(wanted.toLowerCase());
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

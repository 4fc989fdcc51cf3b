import { z } from 'zod';
import { momentSchema } from '../scenario/clock-schema.ts';
import type { Recorded } from './journal.ts';

const countSchema = z
  .string()
  .regex(/^\d{1,9}$/, 'expected a whole number')
  .transform(Number);

/** What stands after the `?` of a question to the journal. Everything may be left out. */
export const journalQuerySchema = z.strictObject({
  operation: z.string().optional(),
  user: z.string().optional(),
  api: z.enum(['testtrack', 'aptest']).optional(),
  /** `any`, `none`, a number or a part of its text. */
  fault: z.string().optional(),
  /** In the time of the world: from this moment, and before this one. */
  since: momentSchema.optional(),
  until: momentSchema.optional(),
  limit: countSchema.optional(),
  /** Entries that came after this one; for whoever asks again and again. */
  after: countSchema.optional(),
});

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

function isAsked(entry: Recorded, { operation, user, api, fault, since, until }: JournalQuery): boolean {
  if (since !== undefined && entry.at < since) return false;
  if (until !== undefined && entry.at >= until) return false;
  const isCall = entry.kind === 'call';
  if (api !== undefined && (isCall ? entry.call.api : entry.refusal.api) !== api) return false;
  if (operation !== undefined && !(isCall && sameName(entry.call.name, operation))) return false;
  if (user !== undefined && !(isCall && entry.user !== undefined && sameName(entry.user, user))) return false;
  return fault === undefined || hasFault(entry, fault);
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

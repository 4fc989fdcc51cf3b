import { z } from 'zod';
import { inTurns } from '../answers/steps.ts';
import { shownEntry } from '../journal/entry.ts';
import { type Verification, verificationSchema } from '../journal/expectation.ts';
import { requireKnownOperation, UnknownOperationError } from '../journal/known-operations.ts';
import { ImpossibleCallError, requirePossibleCalls } from '../journal/possible-calls.ts';
import { countParameter, foundEntries, journalQuerySchema } from '../journal/query.ts';
import { verifying } from '../journal/verify.ts';
import { journalEntrySchema, sinceSchema, verificationFailureSchema } from './answer-schemas.ts';
import { ControlError, type ControlRequest, type ControlRoute, controlRoute } from './route.ts';

/** Calls of all worlds together: what fits a glance. */
const usualOfAll = 10;
const mostOfAll = 100;

const found = z.array(z.int()).describe('How many calls fit each expectation');

/** The journal of a world: what was called, and whether it was what a test expected. */
export const journalRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/journal',
    id: 'readJournal',
    purpose: 'Shows the calls, oldest first',
    about:
      'Passwords, cookies and tokens are never shown. Without a limit these are the latest 100 calls that fit.',
    query: journalQuerySchema,
    example: { query: { operation: 'saveDefect', fault: 'any' } },
    gives: 'The calls that fit.',
    refusals: { 400: { when: 'There is no operation of such a name.' } },
    answer: z.object({
      world: z.string(),
      recorded: z.int().describe('Calls since the journal began'),
      kept: z.int().describe('Calls that are still in it'),
      entries: z.array(journalEntrySchema),
    }),
    run: ({ world, query }) => {
      const { journal } = world;
      const entries = journal.entries();
      known(() => requireKnownOperation(query.operation, { path: 'operation', entries }));
      const context = { name: world.name, state: world.runner.world };
      return {
        world: world.name,
        recorded: journal.recorded,
        kept: entries.length,
        entries: foundEntries(entries, query).map((entry) => shownEntry(entry, context)),
      };
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/journal/all',
    id: 'readAllJournals',
    purpose: 'Shows the latest calls of all worlds together, oldest first',
    about: 'No world counts as used by it, so one that is only watched ends in its time (setting worldIdle).',
    query: z.strictObject({
      limit: countParameter
        .refine((limit) => limit <= mostOfAll, { message: `at most ${mostOfAll} at once` })
        .optional()
        .describe(`At most so many; ${usualOfAll} by default`),
    }),
    example: { query: { limit: '10' } },
    gives: 'The calls, each with its world.',
    answer: z.object({ entries: z.array(journalEntrySchema) }),
    run: ({ worlds, query: { limit = usualOfAll } }) => ({
      entries: worlds
        .list()
        .flatMap(({ name, journal, runner }) => {
          const context = { name, state: runner.world };
          return journal.entriesAfter(journal.recorded - limit, limit).map((entry) => ({ entry, context }));
        })
        .sort((a, b) => a.entry.realAt - b.entry.realAt)
        .slice(-limit || Number.POSITIVE_INFINITY)
        .map(({ entry, context }) => shownEntry(entry, context)),
    }),
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/journal',
    id: 'clearJournal',
    purpose: 'Forgets the calls',
    gives: 'How many there were.',
    answer: z.object({ forgotten: z.int() }),
    run: ({ world: { journal } }) => {
      const forgotten = journal.entries().length;
      journal.clear();
      return { forgotten };
    },
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/journal/verify',
    id: 'verifyJournal',
    purpose: 'Confirms that calls were made, so many times, in this order',
    about:
      'Each expected call has to be there at least once unless "times", "atLeast" or "atMost" says otherwise. When the journal does not show it, the answer is 409, with the nearest calls and what differed in them.',
    input: verificationSchema,
    example: {
      body: { calls: [{ operation: 'saveDefect', where: { pDefect: { priority: 'High' } } }], times: 1 },
    },
    gives: 'The journal shows what was expected.',
    answer: z.object({ isVerified: z.boolean().describe('True'), found, since: sinceSchema }),
    refusals: {
      400: { when: 'There can be no such call: the operation, an argument, a value or a user is none.' },
      409: {
        when: 'The journal does not show what was expected.',
        details: z.object({
          isVerified: z.boolean().describe('False'),
          found,
          since: sinceSchema,
          failures: z.array(verificationFailureSchema),
        }),
      },
    },
    run: verify,
  }),
];

async function verify({ world, input }: ControlRequest<Verification>) {
  const entries = world.journal.entries();
  known(() => requirePossibleCalls(input, { entries, world: world.runner.world }));
  const result = await inTurns(verifying(entries, input, { name: world.name, state: world.runner.world }));
  const { isVerified, failures, report } = result;
  world.journal.noteVerification(report);
  if (isVerified) return { isVerified, found: result.found, since: world.journal.recorded };
  throw new ControlError(409, report, {
    code: 'TWIN_JOURNAL_MISMATCH',
    details: { isVerified, found: result.found, since: world.journal.recorded, failures },
  });
}

/** @throws ControlError for a call that there cannot be */
function known(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof UnknownOperationError || error instanceof ImpossibleCallError)
      throw new ControlError(400, error.message, { code: error.code });
    throw error;
  }
}

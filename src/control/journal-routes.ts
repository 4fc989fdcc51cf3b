import { shownEntry } from '../journal/entry.ts';
import { type Verification, verificationSchema } from '../journal/expectation.ts';
import { requireKnownOperations, UnknownOperation } from '../journal/known-operations.ts';
import { foundEntries, journalQuerySchema } from '../journal/query.ts';
import { verified } from '../journal/verify.ts';
import { problemsOf } from '../scenario/issues.ts';
import { ControlProblem, type ControlRequest, type ControlRoute, withInput } from './route.ts';

/** The journal of a world: what was called, and whether it was what a test expected. */
export const journalRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/journal',
    purpose:
      'Shows the calls, oldest first: ?operation=, user, api, fault (any, none, number or text), since, until, limit, after (an id)',
    run: ({ world, query }) => {
      const { journal } = world;
      const entries = journal.entries();
      const context = { name: world.name, state: world.runner.world };
      return {
        world: world.name,
        recorded: journal.recorded,
        kept: entries.length,
        entries: foundEntries(entries, readQuery(query)).map((entry) => shownEntry(entry, context)),
      };
    },
  },
  {
    method: 'DELETE',
    path: '/__admin/journal',
    purpose: 'Forgets the calls',
    run: ({ world: { journal } }) => {
      const forgotten = journal.entries().length;
      journal.clear();
      return { forgotten };
    },
  },
  withInput({
    method: 'POST',
    path: '/__admin/journal/verify',
    purpose:
      'Confirms that calls were made: {"calls":[{"operation":"saveDefect","where":{"pDefect":{"priority":"High"}},"user":"administrator"}],"times":1}, or "atLeast", "atMost", "inOrder"; otherwise answers 409 with the nearest calls and what differed',
    input: verificationSchema,
    example: '{"calls":[{"operation":"saveDefect","where":{"pDefect":{"priority":"High"}}}],"times":1}',
    run: verify,
  }),
];

function verify({ world, input }: ControlRequest<Verification>): unknown {
  const entries = world.journal.entries();
  try {
    requireKnownOperations(input, entries);
  } catch (error) {
    if (error instanceof UnknownOperation) throw new ControlProblem(400, error.message);
    throw error;
  }
  const { isVerified, found, failures, report } = verified(entries, input, {
    name: world.name,
    state: world.runner.world,
  });
  if (!isVerified) throw new ControlProblem(409, report, { isVerified, found, failures });
  return { isVerified, found };
}

/** @throws ControlProblem */
function readQuery(query: URLSearchParams) {
  const data = Object.fromEntries(query);
  const checked = journalQuerySchema.safeParse(data);
  if (checked.success) return checked.data;
  const problems = problemsOf(checked.error, journalQuerySchema, data);
  throw new ControlProblem(400, problems.map(({ where, message }) => `${where}: ${message}`).join('; '));
}

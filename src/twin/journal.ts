import type { z } from 'zod';
import { atOnce } from '../answers/steps.ts';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { problemsText } from '../input/issues.ts';
import { type JournalEntry, shownEntry } from '../journal/entry.ts';
import { type Verification, verificationSchema } from '../journal/expectation.ts';
import { requireKnownOperation } from '../journal/known-operations.ts';
import { requirePossibleCalls } from '../journal/possible-calls.ts';
import { foundEntries, type JournalQuery, journalQuerySchema } from '../journal/query.ts';
import { type VerificationFailure, verifying } from '../journal/verify.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';

/** The journal does not show what a test expected; the message says so field by field. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
  readonly code: TwinErrorCode = 'TWIN_JOURNAL_MISMATCH';

  constructor(
    message: string,
    readonly failures: readonly VerificationFailure[],
  ) {
    super(message);
  }
}

/** A question to the journal that makes no sense, such as one with a misspelt name: it would fit every call. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: TwinErrorCode = 'TWIN_JOURNAL_QUESTION_INVALID';
}

/** The journal of a world, for code in the same process. */
export interface TwinJournal {
  /** The calls, oldest first: all that are kept unless a limit is given. @throws JournalError, UnknownOperationError */
  entries(query?: JournalQuery): JournalEntry[];
  /**
   * Confirms that calls were made.
   *
   * @throws VerificationError with the nearest calls and what differed
   * @throws JournalError for what is no expectation
   * @throws UnknownOperationError for an operation that neither product has; ImpossibleCallError for another call that there
   * cannot be
   */
  verify(verification: Verification): void;
  /** The id of the latest entry; a verification with this as `since` counts what comes after it. */
  readonly recorded: number;
  /** Forgets the calls. */
  clear(): void;
}

/** @param world whose journal it is */
export function twinJournal({ name, runner, journal }: HostedWorld): TwinJournal {
  const context = () => ({ name, state: runner.world });
  return {
    entries: (given = {}) => {
      const query = { limit: Number.POSITIVE_INFINITY, ...checkedQuery(given) };
      const entries = journal.entries();
      requireKnownOperation(query.operation, { path: 'operation', entries });
      return foundEntries(entries, query).map((entry) => shownEntry(entry, context()));
    },
    verify: (given) => {
      const verification = checked(verificationSchema, given);
      const entries = journal.entries();
      requirePossibleCalls(verification, { entries, world: runner.world });
      const { isVerified, report, failures } = atOnce(verifying(entries, verification, context()));
      journal.noteVerification(report);
      if (!isVerified) throw new VerificationError(report, failures);
    },
    get recorded() {
      return journal.recorded;
    },
    clear: () => journal.clear(),
  };
}

/** @throws JournalError */
function checked<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new JournalError(problemsText(result.error, schema, given));
}

/** The schema is that of an address, where everything is text. */
function checkedQuery({ since, until, limit, after, ...rest }: JournalQuery): JournalQuery {
  const moment = (given: unknown) => (Number.isFinite(given) ? new Date(Number(given)).toISOString() : given);
  const texts = {
    since: moment(since),
    until: moment(until),
    limit: limit === Number.POSITIVE_INFINITY ? undefined : limit,
    after,
  };
  const said = Object.entries(texts).filter(([, value]) => value !== undefined);
  const given = Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
  return checked(journalQuerySchema, { ...rest, ...given });
}

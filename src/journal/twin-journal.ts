import type { HostedWorld } from '../worlds/hosted-world.ts';
import { type JournalEntry, shownEntry } from './entry.ts';
import type { Verification } from './expectation.ts';
import { requireKnownOperations } from './known-operations.ts';
import { foundEntries, type JournalQuery } from './query.ts';
import { type VerificationFailure, verified } from './verify.ts';

/** The journal does not show what a test expected; the message says so field by field. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';

  constructor(
    message: string,
    readonly failures: readonly VerificationFailure[],
  ) {
    super(message);
  }
}

/** The journal of a world, for whoever holds the twin in the same process. */
export interface TwinJournal {
  /** The calls, oldest first: all that are kept unless a limit is given. */
  entries(query?: JournalQuery): JournalEntry[];
  /**
   * Confirms that calls were made.
   *
   * @throws VerificationError with the nearest calls and what differed
   * @throws UnknownOperation for an operation that neither product has
   */
  verify(verification: Verification): void;
  /** Forgets the calls. */
  clear(): void;
}

/** @param world whose journal it is */
export function twinJournal({ name, runner, journal }: HostedWorld): TwinJournal {
  const context = () => ({ name, state: runner.world });
  return {
    entries: (query = {}) =>
      foundEntries(journal.entries(), { limit: Number.POSITIVE_INFINITY, ...query }).map((entry) =>
        shownEntry(entry, context()),
      ),
    verify: (verification) => {
      const entries = journal.entries();
      requireKnownOperations(verification, entries);
      const { isVerified, report, failures } = verified(entries, verification, context());
      journal.noteVerification(report);
      if (!isVerified) throw new VerificationError(report, failures);
    },
    clear: () => journal.clear(),
  };
}

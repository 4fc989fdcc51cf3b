import { commandNamed, commands } from '../aptest/commands/index.ts';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { operations } from '../testtrack/operations/index.ts';
import type { Verification } from './expectation.ts';
import type { Recorded } from './journal.ts';

/** An operation is expected that neither product has. */
export class UnknownOperationError extends Error {
  override readonly name = 'UnknownOperationError';
  readonly code: TwinErrorCode = 'TWIN_JOURNAL_OPERATION_UNKNOWN';
}

/**
 * Looks whether every expected operation is one: a misspelt one that shall never be called would be confirmed for
 * ever. What was called is known, whatever it is.
 *
 * @throws UnknownOperationError
 */
export function requireKnownOperations({ calls }: Verification, entries: readonly Recorded[]): void {
  for (const [index, { operation }] of calls.entries()) {
    if (operation === undefined || isKnown(operation)) continue;
    if (entries.some((entry) => entry.kind === 'call' && entry.call.name === operation)) continue;
    const names = [...Object.keys(operations), ...commands.map(({ name }) => name)];
    throw new UnknownOperationError(
      `calls[${index}].operation: "${operation.slice(0, 80)}" is no operation of TestTrack, no command of rpc.mpl, and was not called.${didYouMeanHint(operation, names)}`,
    );
  }
}

function isKnown(operation: string): boolean {
  return Object.hasOwn(operations, operation) || commandNamed(operation) !== undefined;
}

import { commandNamed, commands } from '../aptest/commands/index.ts';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { operations } from '../testtrack/operations/index.ts';
import type { Recorded } from './journal.ts';

/** An operation is expected that neither product has. */
export class UnknownOperationError extends Error {
  override readonly name = 'UnknownOperationError';
  readonly code: TwinErrorCode = 'TWIN_JOURNAL_OPERATION_UNKNOWN';
}

/**
 * Looks whether an operation that a question to the journal names is one: a misspelt one that shall never be called would
 * be confirmed for ever. What was called is known, whatever it is.
 *
 * @param path where it stands, for the message
 * @throws UnknownOperationError
 */
export function requireKnownOperation(
  operation: string | undefined,
  { path, entries }: { readonly path: string; readonly entries: readonly Recorded[] },
): void {
  if (operation === undefined || isKnown(operation)) return;
  const asked = operation.toLowerCase();
  if (entries.some((entry) => entry.kind === 'call' && entry.call.name.toLowerCase() === asked)) return;
  const names = [...Object.keys(operations), ...commands.map(({ name }) => name)];
  throw new UnknownOperationError(
    `${path}: "${operation.slice(0, 80)}" is no operation of TestTrack, no command of rpc.mpl, and was not called.${didYouMeanHint(operation, names)}`,
  );
}

/** Names in any letter case, as calls are compared with them. */
function isKnown(operation: string): boolean {
  const asked = operation.toLowerCase();
  return (
    commandNamed(operation) !== undefined ||
    Object.keys(operations).some((name) => name.toLowerCase() === asked)
  );
}

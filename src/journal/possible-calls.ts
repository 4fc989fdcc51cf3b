import { type Impossible, impossibleIn } from '../conditions/impossible.ts';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { pathText } from '../input/path.ts';
import { operations } from '../testtrack/operations/index.ts';
import type { World } from '../world/world.ts';
import type { ExpectedCall, Verification } from './expectation.ts';
import type { Recorded, RecordedCall } from './journal.ts';
import { requireKnownOperation } from './known-operations.ts';

/** A call is expected that there cannot be. */
export class ImpossibleCallError extends Error {
  override readonly name = 'ImpossibleCallError';
  readonly code: TwinErrorCode = 'TWIN_JOURNAL_CALL_IMPOSSIBLE';
}

/** What a verification is checked against. */
interface Known {
  readonly entries: readonly Recorded[];
  readonly world: World;
}

/**
 * Looks whether there can be every call that a verification expects: one that cannot would be confirmed for ever where it
 * shall not come. What a call in the journal had is possible, whatever it is.
 *
 * @throws UnknownOperationError, ImpossibleCallError
 */
export function requirePossibleCalls({ calls: expected }: Verification, { entries, world }: Known): void {
  const calls = entries.filter((entry): entry is RecordedCall => entry.kind === 'call');
  for (const [index, call] of expected.entries()) {
    requireKnownOperation(call.operation, { path: `calls[${index}].operation`, entries });
    for (const impossible of impossibleIn({ ...call, operation: exactName(call.operation) }, world)) {
      const { path, reason, hint } = impossible;
      // What is left of operations is known already.
      if (path[0] === 'operation' && impossible.isUnlessSent) continue;
      if (impossible.isUnlessSent && calls.some((each) => hadIt(each, call, impossible))) continue;
      throw new ImpossibleCallError(
        `${pathText(['calls', index, ...path])}: no call can be so, because ${reason}.${hint}`,
      );
    }
  }
}

/** The name of an operation in the letter case of the wire: a verification takes it in any. */
function exactName(operation: string | undefined): string | undefined {
  const asked = operation?.toLowerCase();
  return Object.keys(operations).find((name) => name.toLowerCase() === asked) ?? operation;
}

/** Whether a call had what none has as things are now. */
function hadIt({ call, caller }: RecordedCall, expected: ExpectedCall, { path }: Impossible): boolean {
  const [first, name] = path;
  if (first === 'user' || first === 'project' || first === 'suite') {
    return caller[first]?.toLowerCase() === expected[first]?.toLowerCase();
  }
  const { input } = call;
  if (first !== 'where' || typeof input !== 'object' || input === null) return false;
  return Object.keys(input).some((key) => key.toLowerCase() === String(name).toLowerCase());
}

import type { CallContext } from './call-context.ts';
import type { OperationName, SessionOperation } from './operation.ts';

/**
 * Carries out an operation for the owner of a session: first what a call must have, in the order in which it is listed,
 * then the operation itself.
 *
 * @throws ProductFault
 */
export function runInSession(
  found: SessionOperation<OperationName>,
  context: CallContext,
  input: Readonly<Record<string, unknown>>,
): unknown {
  for (const need of found.needs) need(context);
  const run = found.run as (context: CallContext, parts: Readonly<Record<string, unknown>>) => unknown;
  return run(context, input);
}

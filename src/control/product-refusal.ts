import { z } from 'zod';
import { ProductFault } from '../world/product-fault.ts';
import { ControlError, type RefusalStatus } from './route.ts';

/** What a refusal of the product holds besides the error; one of the twin itself holds neither. */
export const faultDetails = z.object({
  fault: z.int().optional().describe('The number of the fault'),
  hint: z.string().optional().describe('Why, and how to mend it'),
});

/** What HTTP says to a fault of TestTrack; everything else is a conflict with the state. */
const statuses: ReadonlyMap<number, RefusalStatus> = new Map([
  // Project, record, session and table that are not there.
  [1, 404],
  [6, 404],
  [17, 404],
  [77, 404],
  // A parameter that is missing or makes no sense: a query, a filter, a column.
  [2, 400],
  [11, 400],
]);

/**
 * Does what a rule of TestTrack may refuse.
 *
 * @throws ControlError the refusal, with the hint beside it
 */
export function withRefusals<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
    const { code, shownText, hint } = error;
    throw new ControlError(statuses.get(code) ?? 409, `${shownText} ${hint}`, {
      details: { fault: code, hint },
    });
  }
}

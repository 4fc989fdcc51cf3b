import { z } from 'zod';
import { parseDuration, QuantityError } from '../input/quantity.ts';

/** A length of time with units, such as `15m`. Gives milliseconds. */
const lengthSchema = z.string().transform((text, context) => {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    context.issues.push({ code: 'custom', input: text, message: error.message });
    return z.NEVER;
  }
});

/** How far a clock is to move: by a length with units, or by a number of milliseconds. Gives milliseconds. */
export const advanceSchema = z
  .strictObject({
    by: lengthSchema.optional().describe('A length of time with units, such as 15m or 1h30m'),
    ms: z.int().min(0).optional().describe('The same as a number of milliseconds; give one of the two'),
  })
  .refine(({ by, ms }) => (by === undefined) !== (ms === undefined), {
    message: 'give either "by", such as "15m", or "ms", a number of milliseconds',
  })
  .transform(({ by, ms }) => by ?? ms ?? 0);

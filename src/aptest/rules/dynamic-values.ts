import { DAY_SECONDS } from '../../world/instant.ts';
import type { FieldType } from '../model/definitions.ts';
import type { Seconds } from '../model/value.ts';

/** The words that a field of a type reads anew each time it is selected by. */
export function dynamicWords(type: FieldType | undefined): readonly string[] {
  if (type === 'user') return ['me'];
  return type === 'date' || type === 'datetime' ? ['today', 'yesterday', 'tomorrow', 'now'] : [];
}

/**
 * Values of a dynamic selector as they are at this moment. That such selectors exist is documented, their words
 * are not: `me` for the acting user, `today`, `yesterday` and `tomorrow` for a day, `now` (inferred).
 */
export function refreshedValues(
  values: readonly string[],
  at: { readonly user: string; readonly now: Seconds },
): readonly string[] {
  const dayRange = (offset: number): string => {
    const start = (Math.floor(at.now / DAY_SECONDS) + offset) * DAY_SECONDS;
    return `${start}..${start + DAY_SECONDS - 1}`;
  };
  return values.map((value) => {
    switch (value.toLowerCase()) {
      case 'me':
        return at.user;
      case 'now':
        return String(at.now);
      case 'today':
        return dayRange(0);
      case 'yesterday':
        return dayRange(-1);
      case 'tomorrow':
        return dayRange(1);
      default:
        return value;
    }
  });
}

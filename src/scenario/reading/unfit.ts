/** Levels of maps and lists in each other. */
import type { PathStep } from '../../input/path.ts';
export const MAX_DEPTH = 100;

/** How many values the aliases of a file may expand to, beyond one for each character. */
const SPARE_VALUES = 1_000_000;

/** Something in the data of a file that no part of the product could handle. */
export interface Unfit {
  readonly path: readonly PathStep[];
  readonly message: string;
}

/**
 * Looks for values nested too deeply, keys that are traps, and aliases that expand to a flood.
 *
 * @param size characters in the text: without aliases it cannot hold more values than that
 */
export function findUnfit(data: unknown, size: number): Unfit | undefined {
  const found = search(data, 0, { values: size + SPARE_VALUES });
  return found && { path: found.reversedPath.reverse(), message: found.message };
}

interface Found {
  /** From the inside out. */
  readonly reversedPath: PathStep[];
  readonly message: string;
}

function search(value: unknown, depth: number, budget: { values: number }): Found | undefined {
  if (--budget.values < 0)
    return { reversedPath: [], message: 'the aliases of this file expand to too many values' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { reversedPath: [], message: `nested deeper than ${MAX_DEPTH} levels` };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const unfit = search(value[index], depth + 1, budget);
      if (unfit) {
        unfit.reversedPath.push(index);
        return unfit;
      }
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const unfit =
      key === '__proto__'
        ? {
            reversedPath: [],
            message: 'the key "__proto__" is refused, because it means something else in JavaScript',
          }
        : search((value as Record<string, unknown>)[key], depth + 1, budget);
    if (unfit) {
      unfit.reversedPath.push(key);
      return unfit;
    }
  }
  return undefined;
}

import type { PathStep } from '../../input/path.ts';
import type { SourcePosition } from './position.ts';
import { scenarioError } from './problem.ts';

/** Levels of maps and lists in each other. */
export const MAX_DEPTH = 100;

/** How many values the aliases of a file may expand to, beyond one for each character. */
const SPARE_VALUES = 1_000_000;

/** Of a path that may be a hundred thousand steps long. */
const SHOWN_STEPS = 3;

/** Where data comes from. */
interface Origin {
  readonly file: string;
  /** Characters in the text: without aliases it cannot hold more values than that. */
  readonly size: number;
  positionOf(path: readonly PathStep[], part: 'key'): SourcePosition | undefined;
}

/**
 * Refuses what no part of the product could handle: values nested too deeply, keys that are traps, and aliases that
 * expand to a flood.
 *
 * @throws ScenarioError
 */
export function refuseUnfit(data: unknown, origin: Origin): void {
  const found = search(data, 0, { values: origin.size + SPARE_VALUES });
  if (!found) return;
  const path = found.reversedPath.reverse().slice(0, SHOWN_STEPS);
  const position = origin.positionOf(path, 'key');
  throw scenarioError([{ position, file: origin.file, path, message: found.message }]);
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

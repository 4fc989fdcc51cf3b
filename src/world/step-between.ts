import type { Collection } from './collection.ts';
import type { Change } from './draft.ts';
import type { Step } from './keeper.ts';
import type { Key, Path } from './table.ts';
import type { World } from './world.ts';

/** So many keys are looked at in a step: less than a millisecond. */
const keysOfStep = 512;

/**
 * The records that are not the same object in two worlds, collection by collection. Worlds that come from each other
 * share what did not change, so only collections that differ are looked through; bookkeeping that every call touches
 * is left out.
 *
 * @returns each of them, and undefined where others may have a turn
 */
export function* comparing(from: World, to: World): Generator<Change | undefined> {
  for (const path of new Set<Path>([...from.collections.keys(), ...to.collections.keys()])) {
    const old = from.collections.get(path);
    const now = to.collections.get(path);
    if (old === now || (old ?? now)?.table.isVolatile) continue;
    for (const key of keysOf(old, now)) {
      const change = key === undefined ? key : { path, key, before: old?.get(key), after: now?.get(key) };
      if (change === undefined || change.before !== change.after) yield change;
    }
  }
}

/** The keys that either of two collections has, once each, and undefined where others may have a turn. */
function* keysOf(
  one: Collection<unknown> | undefined,
  other: Collection<unknown> | undefined,
): Generator<Key | undefined> {
  let seen = 0;
  for (const key of one?.keys() ?? []) {
    if (++seen % keysOfStep === 0) yield undefined;
    yield key;
  }
  for (const key of other?.keys() ?? []) {
    if (++seen % keysOfStep === 0) yield undefined;
    if (one?.get(key) === undefined) yield key;
  }
}

/** The same at once. */
export function* changesBetween(from: World, to: World): Generator<Change> {
  for (const change of comparing(from, to)) if (change) yield change;
}

/** The counters that are others in the second world, with their last numbers there. */
export function countersBetween(before: World, after: World): [name: string, last: number][] {
  const counters: [name: string, last: number][] = [];
  for (const [name, last] of after.counters)
    if (before.counters.get(name) !== last) counters.push([name, last]);
  // One that the other world does not have yet begins anew.
  for (const name of before.counters.keys()) if (!after.counters.has(name)) counters.push([name, 0]);
  return counters;
}

/**
 * What leads from one world to any other, as a draft would have done it.
 *
 * @param changes all that differs, where that is known already
 */
export function stepBetween(
  before: World,
  after: World,
  changes: readonly Change[] = [...changesBetween(before, after)],
): Step {
  return { before, after, changes, counters: countersBetween(before, after) };
}

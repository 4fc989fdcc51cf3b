import type { Change } from './draft.ts';
import type { Step } from './keeper.ts';
import type { Key } from './table.ts';
import type { World } from './world.ts';

/**
 * What leads from one world to any other, as a draft would have done it. Worlds that come from each other share what
 * did not change, so only collections that differ are looked through; records count as the same only when they are
 * the same object.
 */
export function stepBetween(before: World, after: World): Step {
  const changes: Change[] = [];
  for (const path of new Set([...before.collections.keys(), ...after.collections.keys()])) {
    const old = before.collections.get(path);
    const now = after.collections.get(path);
    if (old === now || (old ?? now)?.table.isVolatile) continue;
    for (const key of new Set<Key>([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
      const change = { path, key, before: old?.get(key), after: now?.get(key) };
      if (change.before !== change.after) changes.push(change);
    }
  }
  const counters: [name: string, last: number][] = [];
  for (const [name, last] of after.counters)
    if (before.counters.get(name) !== last) counters.push([name, last]);
  // One that the other world does not have yet begins anew.
  for (const name of before.counters.keys()) if (!after.counters.has(name)) counters.push([name, 0]);
  return { before, after, changes, counters };
}

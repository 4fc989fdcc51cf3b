import type { Key } from '../table.ts';
import type { Path } from '../world.ts';

/** The keys that may differ between two worlds, by collection. */
export type Touched = ReadonlyMap<Path, ReadonlySet<Key>>;

/** A copy that can be added to. */
export function copyOf(touched: Touched): Map<Path, Set<Key>> {
  return new Map([...touched].map(([at, keys]) => [at, new Set(keys)]));
}

export function both(one: Touched, other: Touched): Touched {
  const all = copyOf(one);
  for (const [at, keys] of other) all.set(at, new Set([...(all.get(at) ?? []), ...keys]));
  return all;
}

/** How many keys there are. */
export function keyCount(touched: Touched): number {
  let size = 0;
  for (const keys of touched.values()) size += keys.size;
  return size;
}

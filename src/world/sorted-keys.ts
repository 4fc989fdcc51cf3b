import { compareKeys } from './collection.ts';
import type { Key } from './table.ts';

/** Sorting so many at once takes some milliseconds. */
const runLength = 8192;

/**
 * Keys in ascending order, as `Collection.sorted` has them, without sorting all of them at a stretch.
 *
 * @returns the keys; undefined wherever some milliseconds of work are done and others may have a turn
 */
export function* sortedKeys(keys: Iterable<Key>): Generator<Key | undefined> {
  const runs: Key[][] = [];
  let run: Key[] = [];
  for (const key of keys) {
    if (run.push(key) < runLength) continue;
    runs.push(run.sort(compareKeys));
    run = [];
    yield undefined;
  }
  runs.push(run.sort(compareKeys));
  if (runs.length === 1) {
    yield* run;
    return;
  }
  // Each run with where it stands; the one with the least key stands first.
  const heads = runs.filter(({ length }) => length > 0).map((keysOf) => ({ keys: keysOf, at: 0 }));
  heads.sort((a, b) => compareKeys(headOf(a), headOf(b)));
  for (let first = heads[0]; first !== undefined; first = heads[0]) {
    yield headOf(first);
    first.at += 1;
    if (first.at === first.keys.length) heads.shift();
    else sink(heads);
  }
}

interface Head {
  readonly keys: readonly Key[];
  at: number;
}

const headOf = ({ keys, at }: Head): Key => keys[at] as Key;

/** Moves the first one back to where its key belongs. */
function sink(heads: Head[]): void {
  for (let at = 0; at + 1 < heads.length; at++) {
    const [one, other] = [heads[at], heads[at + 1]];
    if (!one || !other || compareKeys(headOf(one), headOf(other)) <= 0) return;
    heads[at] = other;
    heads[at + 1] = one;
  }
}

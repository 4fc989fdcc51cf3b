/**
 * Gives a value as it was before, when nothing in it is another now. What a client sends back untouched stays the same
 * object: it is not frozen, weighed and kept in memory once more.
 */
export function unlessChanged<T extends object>(before: T, after: T): T {
  for (const name in before) if (after[name] !== before[name]) return after;
  for (const name in after) if (!Object.hasOwn(before, name)) return after;
  return before;
}

/** The same for a list. */
export function listUnlessChanged<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.length === before.length && after.every((each, at) => each === before[at]) ? before : after;
}

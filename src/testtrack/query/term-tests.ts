import { invariant } from '../../world/invariant.ts';
import type { Test } from './ast.ts';
import { compareVersions, versionParts } from './versions.ts';
import { wildcard } from './wildcard.ts';

type Terms = Extract<Test, { is: 'terms' }>;

/** Whether a text holds what is asked for, in any case: all or any of several texts, one exactly, or a pattern. */
export function holdsText({ mode, terms }: Terms): (text: string) => boolean {
  const wanted = terms.map((term) => term.toLowerCase());
  switch (mode) {
    case 'wildcard': {
      const patterns = wanted.map(wildcard);
      return (text) => patterns.some((fits) => fits(text));
    }
    case 'any':
      return (text) => {
        const lower = text.toLowerCase();
        return wanted.some((term) => lower.includes(term));
      };
    default: {
      const [only, ...others] = wanted;
      if (only !== undefined && others.length === 0) return (text) => text.toLowerCase().includes(only);
      return (text) => {
        const lower = text.toLowerCase();
        return wanted.every((term) => lower.includes(term));
      };
    }
  }
}

/**
 * Whether the one value of a field is what is asked for. Being several things at once is only possible when they
 * are the same.
 *
 * @param resolve what a term stands for: several users can have one name
 */
export function holdsOne<V extends string | number>(
  { mode, terms }: Terms,
  resolve: (term: string) => readonly V[],
): (value: V) => boolean {
  const sets = terms.map((term) => new Set(resolve(term)));
  const union = new Set(sets.flatMap((set) => [...set]));
  const fits =
    mode === 'any' ? (value: V) => union.has(value) : (value: V) => sets.every((set) => set.has(value));
  const known = new Map<V, boolean>();
  return (value) => {
    let answer = known.get(value);
    if (answer === undefined) {
      answer = fits(folded(value));
      if (known.size < mostKnown) known.set(value, answer);
    }
    return answer;
  };
}

/** A field of a list has few values, which come again in every record. */
const mostKnown = 1_000;

/** Whether the values of a field hold any, all or exactly those that are asked for. [documented for the three] */
export function holdsList<V extends string | number>(
  { mode, terms }: Terms,
  resolve: (term: string) => readonly V[],
): (values: readonly V[]) => boolean {
  const sets = terms.map((term) => new Set(resolve(term)));
  const union = new Set(sets.flatMap((set) => [...set]));
  const isWanted = (value: V) => union.has(folded(value));
  if (mode === 'any') return (values) => values.some(isWanted);
  const hasAll = (values: readonly V[]) =>
    sets.every((set) => values.some((value) => set.has(folded(value))));
  if (mode === 'all') return hasAll;
  return (values) => hasAll(values) && values.every(isWanted);
}

function folded<V extends string | number>(value: V): V {
  return (typeof value === 'string' ? value.toLowerCase() : value) as V;
}

/** Whether a version is one of several, or within a range. */
export function holdsVersion(test: Test): (version: string) => boolean {
  if (test.is === 'terms') return holdsOne(test, (term) => [term.toLowerCase()]);
  invariant(test.is === 'versions', 'versions are asked for terms or ranges');
  const from = test.from === undefined ? undefined : versionParts(test.from);
  const through = test.through === undefined ? undefined : versionParts(test.through);
  return (version) => {
    if (version === '') return false;
    const parts = versionParts(version);
    return (
      (from === undefined || compareVersions(parts, from) >= 0) &&
      (through === undefined || compareVersions(parts, through) <= 0)
    );
  };
}

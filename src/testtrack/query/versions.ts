/** No version is longer; what stands behind is not looked at. */
const longestVersion = 100;

type Part = number | string;

/** A version taken apart for comparison: `5.10 beta` is 5, 10, beta. */
export function versionParts(version: string): readonly Part[] {
  const parts =
    version
      .slice(0, longestVersion)
      .toLowerCase()
      .match(/\d+|[^\d.\s_-]+/g) ?? [];
  return parts.map((part) => (/^\d/.test(part) ? Number(part) : part));
}

/**
 * Orders versions: number by number, texts by code unit, a number before a text, the shorter first. [inferred]
 *
 * @returns below 0 when a comes first, above 0 when b does
 */
export function compareVersions(a: readonly Part[], b: readonly Part[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareParts(a[at] ?? 0, b[at] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareParts(a: Part, b: Part): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

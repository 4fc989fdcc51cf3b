/**
 * How much dearer four times as much may be. Linear work is about four times as dear, quadratic work sixteen times.
 */
export const mostGrowth = 6;

/** Each measurement is taken so often; the least of them is the one that the machine disturbed least. */
const repeats = 5;

/**
 * What work costs in processor time, which a busy machine changes little: the least of several runs.
 *
 * @returns microseconds, at least 1
 */
export function cpuTime(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < repeats; turn++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return Math.max(1, least);
}

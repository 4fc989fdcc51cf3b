/** How much dearer four times as much may be: linear work is about four times as dear, quadratic work sixteen times. */
export const mostGrowth = 6;

/** What costs less than this, in microseconds, may grow as it likes: nobody waits for it, and it cannot be measured. */
const cheap = 10_000;

/** So often at most is measured; the least that was seen is what the machine disturbed least. */
const mostRepeats = 40;

/** Prepares one run for so many things. @returns the work itself, which is measured */
export type WorkFor = (count: number) => () => unknown;

/**
 * How much dearer four times as much is, in processor time of this process: a busy machine changes that little. It is
 * measured again as long as it looks like too much, because chance only ever adds. The process must do nothing else
 * meanwhile.
 *
 * @returns 0 where even four times as much is cheap
 */
export function growth(count: number, workFor: WorkFor): number {
  let few = Number.POSITIVE_INFINITY;
  let many = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < mostRepeats; repeat++) {
    many = Math.min(many, cpuTime(workFor(4 * count)));
    if (many < cheap) return 0;
    few = Math.min(few, cpuTime(workFor(count)));
    if (repeat > 0 && many / few <= mostGrowth) break;
  }
  return many / few;
}

function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}

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
 * measured again as long as it looks like too much, because chance only ever adds. The fewer things are done four times in a
 * row, so that as much memory is collected in both: one short run alone often meets no collection at all, which made what is
 * linear look dearer than six times. The process must do nothing else meanwhile.
 *
 * @returns 0 where even four times as much is cheap
 */
export function growth(count: number, workFor: WorkFor): number {
  let few = Number.POSITIVE_INFINITY;
  let many = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat < mostRepeats; repeat++) {
    many = Math.min(many, cpuTimeOfAll([workFor(4 * count)]));
    if (many < cheap) return 0;
    few = Math.min(few, cpuTimeOfAll(Array.from({ length: 4 }, () => workFor(count))) / 4);
    if (repeat > 0 && many / few <= mostGrowth) break;
  }
  return many / few;
}

function cpuTimeOfAll(works: readonly (() => unknown)[]): number {
  const before = process.cpuUsage();
  for (const work of works) work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}

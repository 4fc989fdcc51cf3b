/** One thing that was measured, and what it has to reach. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit?: string;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What a series of measurements is of another that was taken in turn with it. */
export const ratio = (of: readonly number[], to: readonly number[]): number =>
  median(of.map((each, turn) => each / (to[turn] ?? Number.NaN)));

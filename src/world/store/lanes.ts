/** So many are worked on at the same time. */
const LANES = 8;

/** Does something with each of many, a few at a time. @throws the first problem, after it was done with all of them */
export async function inLanes<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all][Symbol.iterator]();
  const problems: unknown[] = [];
  const lane = async () => {
    for (const one of rest) await work(one).catch((error: unknown) => void problems.push(error));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (problems.length > 0) throw problems[0];
}

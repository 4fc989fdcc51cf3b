import type { Steps } from '../answers/steps.ts';
import type { Log } from '../log/log.ts';
import type { Tell } from '../scenario/reading/progress.ts';

/** Does work that tells beforehand when it will be long, and says then how long it took. */
export function* announced<Result>(log: Log, work: (tell: Tell) => Steps<Result>): Steps<Result> {
  const begun = performance.now();
  let isLong = false;
  const result = yield* work((sentence) => {
    isLong = true;
    log.info(sentence);
  });
  if (isLong) log.info(`Loaded in ${secondsSince(begun)}`);
  return result;
}

/** Milliseconds of `performance.now()` in, seconds for a person out. */
export function secondsSince(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}

import { setImmediate as othersTurn } from 'node:timers/promises';

/** Long work as a generator: it yields where others may have a turn, which may be often, and returns what it made. */
export type Steps<T> = Generator<void, T>;

/** How long a stretch of work holds the event loop before others have a turn, in milliseconds. */
const stretchMs = 10;

/** Does all steps at once, for callers that wait anyway. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Does the steps in stretches of a few milliseconds, with turns of others in between. What it works on must be values:
 * the world goes on meanwhile.
 */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const end = performance.now() + stretchMs;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < end);
    await othersTurn();
  }
}

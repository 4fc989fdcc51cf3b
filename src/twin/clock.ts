import type { z } from 'zod';
import { problemsText } from '../input/issues.ts';
import { parseDuration } from '../input/quantity.ts';
import type { ClockState } from '../world/clock.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { advanceClock, type NewClock, newClockSchema, setClock } from '../worlds/set-clock.ts';
import { WorldError } from '../worlds/world-error.ts';

/** How a clock is to run, as a test writes it: `now` as a moment in ISO 8601, a `Date`, or milliseconds since 1970. */
export interface GivenClock extends Omit<NewClock, 'now'> {
  readonly now?: string | number | Date | undefined;
}

/** The clock of a world, for code in the same process. */
export interface TwinClock {
  /** What it shows. */
  now(): Date;
  /** What it shows, and how it runs. */
  state(): ClockState;
  /**
   * Chooses a mode; see `ClockChoice`.
   *
   * @throws WorldError it makes no sense, or the clock would go back behind the last use of a session, and
   * `backwards` does not ask for it
   */
  set(choice: GivenClock): ClockState;
  /**
   * Moves it forward, in any mode.
   *
   * @param by such as `15m`, or milliseconds
   * @throws QuantityError for what is no length of time; WorldError it would go back, or beyond the year 9999
   */
  advance(by: string | number): ClockState;
}

export function twinClock(hosted: HostedWorld): TwinClock {
  const { clock } = hosted.runner;
  return {
    now: () => new Date(clock.now()),
    state: () => clock.state(),
    set: (choice) => setClock(hosted, checkedClock(choice)),
    advance: (by) => advanceClock(hosted, lengthOf(by)).state,
  };
}

/** Types are no help to a test in plain JavaScript, and a clock that shows no time breaks everything behind it. */
function checkedClock(choice: GivenClock): NewClock {
  const { now, ...rest } = choice;
  const given = now === undefined ? rest : { ...rest, now: typeof now === 'string' ? now : isoOf(now) };
  const checked = newClockSchema.safeParse(given);
  if (checked.success) return checked.data;
  throw new WorldError('refused', problemsText(checked.error satisfies z.ZodError, newClockSchema, given));
}

function isoOf(moment: number | Date): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? String(moment) : date.toISOString();
}

/** @returns milliseconds */
function lengthOf(by: string | number): number {
  const length = typeof by === 'number' ? by : parseDuration(by);
  if (!Number.isFinite(length) || length < 0) {
    throw new WorldError('refused', `A clock is advanced by 0 or more milliseconds, not by ${by}.`);
  }
  return Math.floor(length);
}

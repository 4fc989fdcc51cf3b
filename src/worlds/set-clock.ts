import { z } from 'zod';
import type { RuleMoment } from '../fault-rules/fault-rules.ts';
import { clockSchema, latestMoment } from '../input/clock-schema.ts';
import { usedLater } from '../testtrack/rules/due.ts';
import type { ClockChoice, ClockState } from '../world/clock.ts';
import type { HostedWorld } from './hosted-world.ts';
import { WorldError } from './world-error.ts';

/** How a clock is to run from now on. */
export interface NewClock extends ClockChoice {
  /** Sets it back although sessions count from a later moment. */
  readonly backwards?: boolean | undefined;
}

/** The same as a person writes it: the body of `PUT /__admin/clock`, or what a test gives. */
export const newClockSchema = clockSchema.safeExtend({
  backwards: z
    .boolean()
    .optional()
    .describe('Sets it back although there are sessions that were used later than that'),
});

/** So many of the things that stand in the way are named. */
const named = 3;

/**
 * Sets the clock of a world and lets happen what falls due by it.
 *
 * @throws WorldError it would go back behind the last use of a session, which would then not end, nor its locks, until
 * the clock has come back to that use and their usual time has passed; nothing was changed
 */
export function setClock(
  { runner, faultRules }: HostedWorld,
  { backwards, ...choice }: NewClock,
): ClockState {
  const { clock } = runner;
  const { now: shown, offsetMs } = clock.state();
  const next = choice.now ?? (choice.mode === 'real' ? shown - offsetMs : shown);
  const held = next < shown && backwards !== true ? usedLater(runner.world, next) : [];
  if (held.length > 0) {
    const rest = held.length > named ? ` and ${held.length - named} more` : '';
    const [before, after] = [shown, next].map((moment) => new Date(moment).toISOString());
    throw new WorldError(
      'refused',
      `The clock shows ${before} and cannot go back to ${after}: ${held.slice(0, named).join('; ')}${rest}. Set it before the first logon, go back with the state as well (a reset, or a snapshot that is restored), or give "backwards": true.`,
    );
  }
  const state = clock.set(choice);
  faultRules.settle();
  return state;
}

/** A clock that was moved, and what the rules did about it. */
export interface Advanced {
  readonly state: ClockState;
  /** What fault rules began and did on the way. */
  readonly happened: readonly RuleMoment[];
}

/**
 * Moves the clock of a world forward, in any mode, and lets happen what falls due by it.
 *
 * @throws WorldError it would go beyond the last moment that can be written; nothing was changed
 */
export function advanceClock({ runner: { clock }, faultRules }: HostedWorld, milliseconds: number): Advanced {
  if (clock.now() + milliseconds > latestMoment) {
    throw new WorldError('refused', 'The clock cannot go beyond the year 9999.');
  }
  faultRules.settle();
  const begun = faultRules.beginnings();
  const state = clock.advance(milliseconds);
  return { state, happened: [...begun, ...faultRules.settle()] };
}

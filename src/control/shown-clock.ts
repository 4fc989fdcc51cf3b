import type { z } from 'zod';
import type { ClockState } from '../world/clock.ts';
import type { clockStateSchema } from './answer-schemas.ts';

/** A clock as the control answers show it. */
export function shownClock({ mode, now, offsetMs, rate }: ClockState): z.output<typeof clockStateSchema> {
  return { mode, now: new Date(now).toISOString(), ms: now, offsetMs, rate };
}

import { clockSchema, latestMoment } from '../scenario/clock-schema.ts';
import { dueIn } from '../testtrack/rules/due.ts';
import type { ClockState } from '../world/clock.ts';
import { advanceSchema } from './advance-schema.ts';
import { ControlProblem, type ControlRoute, withInput } from './route.ts';

/** The clock of a world. */
export const clockRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/clock',
    purpose: 'Shows the clock',
    run: ({ world }) => shownClock(world.runner.clock.state()),
  },
  withInput({
    method: 'PUT',
    path: '/__admin/clock',
    purpose:
      'Sets the clock: {"mode":"frozen","now":"2026-01-31T09:15:00Z"}; without "now" it goes on from what it shows',
    input: clockSchema,
    example: '{"mode":"frozen","now":"2026-01-31T09:15:00Z"}',
    run: ({ world, input }) => shownClock(world.runner.clock.set(input)),
  }),
  withInput({
    method: 'POST',
    path: '/__admin/clock/advance',
    purpose: 'Moves the clock forward, in any mode: {"by":"15m"}; lists what fell due',
    input: advanceSchema,
    example: '{"by":"15m"}',
    run: ({ world, input: milliseconds }) => {
      const { clock } = world.runner;
      const before = clock.now();
      if (before + milliseconds > latestMoment) {
        throw new ControlProblem(400, 'The clock cannot go beyond the year 9999.');
      }
      const state = clock.advance(milliseconds);
      return { ...shownClock(state), happened: dueBetween(world, before, state.now) };
    },
  }),
  {
    method: 'GET',
    path: '/__admin/clock/due',
    purpose: 'Lists what will end by itself next: edit locks, sessions',
    run: ({ world }) => dueBetween(world, world.runner.clock.now(), Number.POSITIVE_INFINITY),
  },
];

/** A clock as the control answers show it. */
export function shownClock({ mode, now, offsetMs, rate }: ClockState): Record<string, unknown> {
  return { mode, now: new Date(now).toISOString(), ms: now, offsetMs, rate };
}

function dueBetween({ runner }: Parameters<ControlRoute['run']>[0]['world'], after: number, until: number) {
  return dueIn(runner.world)
    .filter(({ at }) => at > after && at <= until)
    .map(({ at, ...due }) => ({ at: new Date(at).toISOString(), ...due }));
}

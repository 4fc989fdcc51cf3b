import { clockSchema, latestMoment } from '../scenario/clock-schema.ts';
import type { ScriptedMoment } from '../script/script.ts';
import { type Due, dueIn } from '../testtrack/rules/due.ts';
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
    run: ({ world: { runner, script }, input }) => {
      const state = runner.clock.set(input);
      script.settle();
      return shownClock(state);
    },
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
      world.script.settle();
      const begun = world.script.beginnings();
      const state = clock.advance(milliseconds);
      const done = world.script.settle();
      const ended = dueIn(world.runner.world);
      return { ...shownClock(state), happened: shownDue([...begun, ...done, ...ended], before, state.now) };
    },
  }),
  {
    method: 'GET',
    path: '/__admin/clock/due',
    purpose: 'Lists what comes by itself next: the ends of edit locks and sessions, the events of the script',
    run: ({ world: { runner, script } }) => {
      script.settle();
      const due = [...script.due(), ...dueIn(runner.world)];
      return shownDue(due, runner.clock.now(), Number.POSITIVE_INFINITY);
    },
  },
];

/** A clock as the control answers show it. */
export function shownClock({ mode, now, offsetMs, rate }: ClockState): Record<string, unknown> {
  return { mode, now: new Date(now).toISOString(), ms: now, offsetMs, rate };
}

/** What falls due after a moment and until another one, soonest first. */
function shownDue(due: readonly (Due | ScriptedMoment)[], after: number, until: number) {
  return due
    .filter(({ at }) => at > after && at <= until)
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }));
}

import { z } from 'zod';
import type { RuleMoment } from '../fault-rules/fault-rules.ts';
import { type Due, dueIn } from '../testtrack/rules/due.ts';
import { advanceClock, newClockSchema, setClock } from '../worlds/set-clock.ts';
import { advanceSchema } from './advance-schema.ts';
import { clockStateSchema, dueSchema } from './answer-schemas.ts';
import { type ControlRoute, controlRoute } from './route.ts';
import { shownClock } from './shown-clock.ts';

/** The clock of a world. */
export const clockRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/clock',
    id: 'getClock',
    purpose: 'Shows the clock',
    gives: 'What it shows and how it runs.',
    answer: clockStateSchema,
    run: ({ world }) => shownClock(world.runner.clock.state()),
  }),
  controlRoute({
    method: 'PUT',
    path: '/__admin/clock',
    id: 'setClock',
    purpose: 'Chooses how the clock runs',
    about:
      'Without "now" it goes on from what it shows, and "real" goes back to the host’s time. It is set backwards only when no session was used later than that, or on request. Scripted events that fell due happen at once.',
    input: newClockSchema,
    example: { body: { mode: 'frozen', now: '2026-01-31T09:15:00Z' } },
    gives: 'The clock as it runs now.',
    answer: clockStateSchema,
    refusals: { 400: { when: 'The clock would go back behind the last use of a session.' } },
    run: ({ world, input }) => shownClock(setClock(world, input)),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/clock/advance',
    id: 'advanceClock',
    purpose: 'Moves the clock forward, in any mode, and lists what fell due',
    about: 'The answer comes when all that fell due has happened.',
    input: advanceSchema,
    example: { body: { by: '15m' } },
    gives: 'The clock after it, and what happened on the way.',
    answer: clockStateSchema
      .extend({ happened: z.array(dueSchema).describe('What fell due, soonest first') })
      .describe('A clock that was moved'),
    refusals: { 400: { when: 'The clock would go beyond the year 9999.' } },
    run: ({ world, input: milliseconds }) => {
      const before = world.runner.clock.now();
      const { state, happened } = advanceClock(world, milliseconds);
      const due = [...happened, ...dueIn(world.runner.world)];
      return { ...shownClock(state), happened: shownDue(due, before, state.now) };
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/clock/due',
    id: 'listDue',
    purpose:
      'Lists what comes by itself next: the ends of edit locks and sessions, the events of fault rules',
    gives: 'What comes, soonest first.',
    answer: z.array(dueSchema),
    run: ({ world: { runner, faultRules } }) => {
      faultRules.settle();
      const due = [...faultRules.due(), ...dueIn(runner.world)];
      return shownDue(due, runner.clock.now(), Number.POSITIVE_INFINITY);
    },
  }),
];

/** What falls due after a moment and until another one, soonest first. */
function shownDue(due: readonly (Due | RuleMoment)[], after: number, until: number) {
  return due
    .filter(({ at }) => at > after && at <= until)
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }));
}

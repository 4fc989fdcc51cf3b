import { z } from 'zod';
import { clockStateSchema, sinceSchema } from './answer-schemas.ts';
import { apTestRoutes } from './aptest-routes.ts';
import { clockRoutes } from './clock-routes.ts';
import { descriptionRoutes } from './description-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { holderRoutes } from './holder-routes.ts';
import { journalRoutes } from './journal-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { moveRoutes } from './move-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { ControlError, type ControlRoute, controlRoute, type RouteGroup } from './route.ts';
import { ruleRoutes } from './rule-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { shownClock } from './shown-clock.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { testTrackRoutes } from './testtrack-routes.ts';
import { worldRoutes } from './world-routes.ts';

const twinRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/health',
    id: 'getHealth',
    purpose: 'Says that the twin runs',
    gives: 'It runs.',
    answer: z.object({ status: z.literal('ok'), name: z.literal('twintrack'), version: z.string() }),
    run: ({ version }) => ({ status: 'ok' as const, name: 'twintrack' as const, version }),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/reset',
    id: 'reset',
    purpose: 'Goes back to the seed: the state and the clock of the scenario',
    about: 'The journal and the snapshots stay; "since" tells a verification where to count from.',
    gives: 'It was done; the clock as it runs again.',
    answer: z.object({ reset: z.literal(true), clock: clockStateSchema, since: sinceSchema }),
    run: ({ world: { runner, journal } }) => {
      runner.reset();
      return { reset: true as const, clock: shownClock(runner.clock.state()), since: journal.recorded };
    },
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/reload',
    id: 'reload',
    purpose:
      'Reads the served scenario, and what it extends, again and begins from it: seed, state and clock',
    about:
      'The journal and the snapshots stay, and so do other worlds. A wrong scenario changes nothing; the log of the twin says in full what is wrong with it.',
    gives: 'It was done; the clock as it runs now.',
    answer: z.object({ reloaded: z.literal(true), clock: clockStateSchema }),
    refusals: {
      400: { when: 'The scenario is wrong, or the state is kept in a data folder and goes on.' },
      409: { when: 'Only the main world is served from the scenario, and the request is for another.' },
    },
    run: async ({ world, worlds, reload }) => {
      if (world !== worlds.main) {
        throw new ControlError(
          409,
          `The world "${world.name}" is not served from the scenario; the main one is.`,
        );
      }
      return { reloaded: true as const, clock: shownClock(await reload()) };
    },
  }),
  ...exportRoutes,
  ...reportRoutes,
  ...metricsRoutes,
];

/** Every control route, once, by what it is about. */
export const routeGroups: readonly RouteGroup[] = [
  { name: 'Twin', about: 'The state of a world as a whole.', routes: twinRoutes },
  {
    name: 'Clock',
    about: 'The one clock of a world: edit locks, logins, timestamps and planned dates go by it.',
    routes: clockRoutes,
  },
  {
    name: 'Rules',
    about: 'The fault rules of a world: faults, delays, lost connections and more, on demand.',
    routes: ruleRoutes,
  },
  { name: 'Worlds', about: 'Isolated states in one process.', routes: worldRoutes },
  { name: 'Moves', about: 'Worlds that go from one twin to another.', routes: moveRoutes },
  {
    name: 'Journal',
    about: 'What was called, and whether a test’s expectations hold.',
    routes: [...journalRoutes, ...eventRoutes],
  },
  {
    name: 'Snapshots',
    about: 'Restore points, and what changed between two states.',
    routes: snapshotRoutes,
  },
  {
    name: 'TestTrack',
    about: 'What TestTrack holds, and what its administrators and colleagues do, without a client.',
    routes: [...testTrackRoutes, ...holderRoutes],
  },
  { name: 'ApTest', about: 'What ApTest holds.', routes: apTestRoutes },
  {
    name: 'TestSession',
    about: 'ApTest’s TestSession object, for programs in other languages.',
    routes: sessionRoutes,
  },
  {
    name: 'Description',
    about: 'This description.',
    routes: descriptionRoutes(() => routeGroups),
  },
];

/** The same in one list: for the router, the index page and the test of the guard. */
export const controlRoutes: readonly ControlRoute[] = routeGroups.flatMap(({ routes }) => routes);

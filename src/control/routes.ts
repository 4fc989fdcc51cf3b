import { clockRoutes, shownClock } from './clock-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { journalRoutes } from './journal-routes.ts';
import type { ControlRoute } from './route.ts';
import { ruleRoutes } from './rule-routes.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { worldRoutes } from './world-routes.ts';

/** Every control route, once: for the router, the index page and the test of the guard. */
export const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/health',
    purpose: 'Says that the twin runs',
    run: ({ version }) => ({ status: 'ok', name: 'twintrack', version }),
  },
  {
    method: 'POST',
    path: '/__admin/reset',
    purpose: 'Goes back to the seed: the state and the clock of the scenario',
    run: ({ world: { runner } }) => {
      runner.reset();
      return { reset: true, clock: shownClock(runner.clock.state()) };
    },
  },
  ...clockRoutes,
  ...ruleRoutes,
  ...worldRoutes,
  ...exportRoutes,
  ...journalRoutes,
  ...snapshotRoutes,
];

import { exportedScenario } from '../scenario/state/exported.ts';
import type { ControlRoute } from './route.ts';

/** The state as a file that a twin can begin from. */
export const exportRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/export',
    purpose:
      'Gives the whole state as a scenario, passwords and cookies included; loading it gives the same state',
    run: ({ world: { runner } }) => exportedScenario(runner.world, runner.clock.choice()),
  },
];

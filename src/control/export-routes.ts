import { exportedScenario } from '../scenario/state/exported.ts';
import { exportSchema } from './answer-schemas.ts';
import { type ControlRoute, controlRoute } from './route.ts';

/** The state as a file that a twin can begin from. */
export const exportRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/export',
    id: 'exportState',
    purpose:
      'Gives the whole state as a scenario, passwords and cookies included; loading it gives the same state',
    gives: 'The scenario.',
    answer: exportSchema,
    run: ({ world: { runner } }) => exportedScenario(runner.world, runner.clock.choice()),
  }),
];

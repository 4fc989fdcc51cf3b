import { z } from 'zod';
import { type ControlRoute, controlRoute } from './route.ts';

/** How the twin fares, for monitoring. */
export const metricsRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/metrics',
    id: 'readMetrics',
    purpose: 'Gives metrics of the whole twin for Prometheus',
    about:
      'Calls by world, product, operation and outcome, their durations, sessions, locks, worlds, journals, memory and the lag of the event loop. Of more than 50 worlds the later ones are counted together as `other`. With `--metrics-without-token` it needs no token and answers other machines.',
    gives: 'The metrics in Prometheus’ text format.',
    media: 'text/plain',
    answer: z.string(),
    run: ({ metrics }) => metrics.text(),
  }),
];

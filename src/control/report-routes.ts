import { z } from 'zod';
import { countParameter } from '../journal/query.ts';
import { worldReport } from '../twin/report.ts';
import { type ControlRoute, controlRoute } from './route.ts';

/** What a test prints when it fails, in whatever language it is written. */
export const reportRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/report',
    id: 'reportWorld',
    purpose:
      'Says as text what a failed test wants to know: the latest calls with faults and hints, what the last verification missed, rules that never acted',
    query: z.strictObject({
      last: countParameter.optional().describe('How many calls, the latest ones; 20 by default'),
    }),
    example: { query: { last: '20' } },
    media: 'text/plain',
    gives: 'The report.',
    answer: z.string(),
    run: ({ world, query }) => worldReport(world, query),
  }),
];

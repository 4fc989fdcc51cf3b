import { z } from 'zod';
import { LongText } from '../answers/long-text.ts';
import { exportText } from '../scenario/state/export-text.ts';
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
    about:
      'It is made while it goes out, so that others do not wait. In the form "lines" each line is a JSON text: what stands before the state, then tables, records and files; such a file may have any size (twintrack export --out state.jsonl).',
    query: z.strictObject({
      form: z.enum(['json', 'lines']).default('json').describe('One JSON text, or one in each line'),
    }),
    example: { query: { form: 'json' } },
    gives: 'The scenario.',
    answer: exportSchema,
    run: ({ world: { runner }, query: { form } }) =>
      new LongText(
        exportText(runner.world, runner.clock.choice(), form),
        form === 'json' ? 'application/json; charset=utf-8' : 'application/jsonl; charset=utf-8',
      ),
  }),
];

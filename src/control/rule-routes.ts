import { z } from 'zod';
import { ruleSchema } from '../fault-rules/rule-schema.ts';
import { addedRule, removeRule } from '../twin/fault-rules.ts';
import { shownRuleSchema } from './answer-schemas.ts';
import { type ControlRoute, controlRoute } from './route.ts';

/** The fault rules of a world while it runs. */
export const ruleRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/rules',
    id: 'listRules',
    purpose: 'Lists the fault rules, what each does, and how often it did',
    gives: 'The rules, in the order in which they act.',
    answer: z.array(shownRuleSchema),
    run: ({ world }) => world.faultRules.list(),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/rules',
    id: 'addRule',
    purpose: 'Adds a rule: a fault, delay, cut connection and more, at a moment or for certain calls',
    about:
      'A rule without a name gets one. One that can never act is taken all the same, with warnings that say why.',
    input: ruleSchema,
    example: {
      body: { name: 'third save', when: { operation: 'saveDefect', call: 3 }, do: { fault: 22 } },
    },
    gives: 'The rule, with warnings when it may never act.',
    answer: shownRuleSchema,
    refusals: { 409: { when: 'There is a rule of this name already.' } },
    run: ({ world, input }) => addedRule(world.faultRules, input),
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/rules',
    id: 'deleteRules',
    purpose: 'Takes all rules away',
    gives: 'How many there were.',
    answer: z.object({ deleted: z.int() }),
    run: ({ world }) => ({ deleted: world.faultRules.clear() }),
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/rules/:name',
    id: 'deleteRule',
    purpose: 'Takes a rule away',
    params: z.object({ name: z.string().describe('The name of the rule') }),
    example: { params: { name: 'third save' } },
    gives: 'Its name.',
    answer: z.object({ deleted: z.string() }),
    refusals: { 404: { when: 'There is no rule of this name.' } },
    run: ({ world, params: { name } }) => {
      removeRule(world.faultRules, name);
      return { deleted: name };
    },
  }),
];

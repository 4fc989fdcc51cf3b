import { didYouMeanHint } from '../did-you-mean.ts';
import { ruleSchema } from '../script/rule-schema.ts';
import { ControlProblem, type ControlRoute, withInput } from './route.ts';

/** The script of a world while it runs. */
export const ruleRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/rules',
    purpose: 'Lists the rules of the script, what each does, and how often it did',
    run: ({ world }) => world.script.list(),
  },
  withInput({
    method: 'POST',
    path: '/__admin/rules',
    purpose:
      'Adds a rule: {"when":{"operation":"saveDefect","call":3},"do":{"fault":22}}; warns of one that can never act',
    input: ruleSchema,
    example: '{"name":"third save","when":{"operation":"saveDefect","call":3},"do":{"fault":22}}',
    run: ({ world: { script }, input }) => {
      const added = script.add(input);
      if (added) return added;
      throw new ControlProblem(
        409,
        `There is a rule "${input.name}" already; delete it first or take another name.`,
      );
    },
  }),
  {
    method: 'DELETE',
    path: '/__admin/rules',
    purpose: 'Takes all rules away',
    run: ({ world }) => ({ deleted: world.script.clear() }),
  },
  {
    method: 'DELETE',
    path: '/__admin/rules/:name',
    purpose: 'Takes a rule away',
    run: ({ world: { script }, params }) => {
      const { name = '' } = params;
      if (script.remove(name)) return { deleted: name };
      const near = didYouMeanHint(
        name,
        script.list().map((rule) => rule.name),
      );
      throw new ControlProblem(404, `There is no rule "${name.slice(0, 100)}".${near}`);
    },
  },
];

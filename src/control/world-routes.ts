import { z } from 'zod';
import { withoutUndefined } from '../input/without-undefined.ts';
import { stateNamed } from '../twin/states.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { sinceSchema, worldSchema } from './answer-schemas.ts';
import { type ControlRoute, controlRoute } from './route.ts';
import { shownClock } from './shown-clock.ts';

const newWorldSchema = z
  .strictObject({
    name: z
      .string()
      .optional()
      .describe('At most 64 letters, digits, ".", "_" and "-"; chosen when it is left out'),
    scenario: z
      .union([z.string().min(1), z.record(z.string(), z.unknown())])
      .optional()
      .describe('What it begins from: a file beside the served scenario, or a whole scenario as data'),
    from: z
      .string()
      .optional()
      .describe(
        'The state to begin with: seed (the scenario as it was loaded), now, the name of a snapshot or of a world; now by default',
      ),
    listen: z.boolean().optional().describe('Whether it gets a port of its own'),
  })
  .refine(({ scenario, from }) => scenario === undefined || from === undefined, {
    message: 'give either "scenario", or "from" for a state that is there',
  });

const ofWorld = z.object({ name: z.string().describe('The name of the world') });
const unknownWorld = { when: 'There is no world of this name.' };
const example = { params: { name: 'checkout' } };

/** Worlds: isolated states in one process. */
export const worldRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/worlds',
    id: 'listWorlds',
    purpose: 'Lists the worlds',
    gives: 'The worlds, the main one first.',
    answer: z.array(worldSchema),
    run: ({ worlds }) => worlds.list().map((world) => shownWorld(world, worlds)),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/worlds',
    id: 'makeWorld',
    purpose:
      'Makes a world: from the seed, from how the served one is now, from a snapshot, a world or a scenario; with a port of its own on request',
    about:
      'Clients reach it below /w/ and its name, or with the header x-twintrack-world. It ends when nobody uses it for an hour (setting worldIdle).',
    input: newWorldSchema.optional(),
    example: { body: { name: 'checkout', from: 'seed', listen: true } },
    gives: 'The world.',
    answer: worldSchema,
    refusals: {
      400: {
        when: 'This cannot be a name, the scenario is wrong, or there are too many worlds (setting maxWorlds).',
      },
      404: { when: 'There is no state of such a name to begin with.' },
      409: { when: 'There is a world of this name already.' },
    },
    run: async ({ worlds, world, input, startOf, open }) => {
      const start =
        input?.scenario === undefined
          ? stateNamed(input?.from ?? 'now', world, worlds)
          : await startOf(input.scenario);
      const made = await worlds.make({ name: input?.name, start });
      if (input?.listen) await open(made);
      return shownWorld(made, worlds);
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/worlds/:name',
    id: 'getWorld',
    purpose: 'Shows a world',
    params: ofWorld,
    example,
    gives: 'The world.',
    answer: worldSchema,
    refusals: { 404: unknownWorld },
    run: ({ worlds, params }) => shownWorld(worlds.require(params.name), worlds),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/worlds/:name/reset',
    id: 'resetWorld',
    purpose: 'Brings a world back to where it began, state and clock',
    params: ofWorld,
    example,
    gives: 'The world as it is again.',
    answer: worldSchema.extend({ since: sinceSchema }),
    refusals: { 404: unknownWorld },
    run: ({ worlds, params }) => {
      const world = worlds.require(params.name);
      world.runner.reset();
      return { ...shownWorld(world, worlds), since: world.journal.recorded };
    },
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/worlds/:name',
    id: 'dropWorld',
    purpose: 'Drops a world, with its port if it has one',
    params: ofWorld,
    example,
    gives: 'Its name.',
    answer: z.object({ dropped: z.string() }),
    refusals: { 400: { when: 'The main world stays as long as the twin runs.' }, 404: unknownWorld },
    run: async ({ worlds, params: { name } }) => {
      await worlds.drop(name);
      return { dropped: name };
    },
  }),
];

function shownWorld({ name, runner, madeAt }: HostedWorld, worlds: Worlds): z.output<typeof worldSchema> {
  const url = worlds.urlOf(name);
  const tlsUrl = worlds.tlsUrlOf(name);
  return {
    name,
    path: `/w/${name}`,
    ...withoutUndefined({ url, tlsUrl }),
    madeAt: new Date(madeAt).toISOString(),
    clock: shownClock(runner.clock.state()),
  };
}

import { z } from 'zod';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { forkOf } from '../worlds/hosted-world.ts';
import { shownClock } from './clock-routes.ts';
import { type ControlRoute, withInput } from './route.ts';

const newWorldSchema = z.strictObject({
  name: z.string().optional(),
  /** A file beside the served scenario, or a whole scenario as data. */
  scenario: z.union([z.string().min(1), z.record(z.string(), z.unknown())]).optional(),
  /** The world to fork; the one the request is for by default. */
  from: z.string().optional(),
  listen: z.boolean().optional(),
});

/** Worlds: isolated states in one process. */
export const worldRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/worlds',
    purpose: 'Lists the worlds',
    run: ({ worlds }) => worlds.list().map((world) => shownWorld(world)),
  },
  withInput({
    method: 'POST',
    path: '/__admin/worlds',
    purpose:
      'Makes a world: {"name":"checkout","listen":true}, all optional; a fork of the served one unless it names a "scenario" or another world ("from"); "listen" gives it a port of its own',
    input: newWorldSchema,
    isInputOptional: true,
    example: '{"name":"checkout","listen":true}',
    run: async ({ worlds, world, input, startOf, open }) => {
      const start =
        input?.scenario === undefined
          ? forkOf(input?.from === undefined ? world : worlds.require(input.from))
          : startOf(input.scenario);
      const made = worlds.make({ name: input?.name, start });
      return { ...shownWorld(made), ...(input?.listen ? { url: await open(made) } : {}) };
    },
  }),
  {
    method: 'GET',
    path: '/__admin/worlds/:name',
    purpose: 'Shows a world',
    run: ({ worlds, params }) => shownWorld(worlds.require(params.name ?? '')),
  },
  {
    method: 'POST',
    path: '/__admin/worlds/:name/reset',
    purpose: 'Brings a world back to where it began, state and clock',
    run: ({ worlds, params }) => {
      const world = worlds.require(params.name ?? '');
      world.runner.reset();
      return shownWorld(world);
    },
  },
  {
    method: 'DELETE',
    path: '/__admin/worlds/:name',
    purpose: 'Drops a world, with its port if it has one',
    run: async ({ worlds, params }) => {
      await worlds.drop(params.name ?? '');
      return { dropped: params.name };
    },
  },
];

function shownWorld({ name, runner, madeAt }: HostedWorld): Record<string, unknown> {
  return {
    name,
    path: `/w/${name}`,
    madeAt: new Date(madeAt).toISOString(),
    clock: shownClock(runner.clock.state()),
  };
}

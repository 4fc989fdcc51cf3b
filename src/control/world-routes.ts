import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isRecord } from '../input/is-record.ts';
import { withoutUndefined } from '../input/without-undefined.ts';
import { stateNamed } from '../twin/states.ts';
import { type HostedWorld, mainWorld, type WorldStart } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { sinceSchema, worldSchema } from './answer-schemas.ts';
import { ControlError, type ControlRequest, type ControlRoute, controlRoute } from './route.ts';
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

type NewWorld = z.output<typeof newWorldSchema>;

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
    run: async (request) => {
      const { worlds, input, open } = request;
      const made = await worlds.make({ name: input?.name, start: await startFor(request) });
      if (input?.listen) await open(made);
      return shownWorld(made, worlds);
    },
  }),
  controlRoute({
    method: 'PUT',
    path: '/__admin/worlds/:name',
    id: 'provideWorld',
    purpose: 'Makes a world if it is not there yet',
    about:
      'The same request may come any number of times, and at an address that names the world, so that a balancer can send it where the calls go. Of a world that is there nothing is changed; one that began from something else than the request says is refused.',
    params: ofWorld,
    input: newWorldSchema.optional(),
    example: { ...example, body: { from: 'seed' } },
    gives: 'The world.',
    answer: worldSchema,
    refusals: {
      400: {
        when: 'This cannot be a name, the body has another one, the scenario is wrong, or there are too many worlds (setting maxWorlds).',
      },
      404: { when: 'There is no state of such a name to begin with.' },
      409: { when: 'The world is there, and began from something else.' },
    },
    run: async (request) => {
      const { worlds, input = {}, params, open } = request;
      const { name } = params;
      if (input.name !== undefined && input.name !== name)
        throw new ControlError(
          400,
          `The address names the world "${name.slice(0, 64)}", the body "${input.name.slice(0, 64)}". Leave "name" out of the body.`,
        );
      const found = worlds.used(name) ?? (await worlds.provide(name, await startFor(request)));
      if (isOther(found, input))
        throw new ControlError(
          409,
          `The world "${name}" is there, and began from something else than "${input.scenario === undefined ? 'from' : 'scenario'}" says. Drop it first (DELETE /__admin/worlds/${name}), or take another name.`,
        );
      if (input.listen && worlds.urlOf(name) === undefined) await open(found);
      return shownWorld(found, worlds);
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

/** What a new world begins from. @throws ScenarioError, SnapshotError */
async function startFor({
  worlds,
  world,
  input,
  startOf,
}: Pick<
  ControlRequest<NewWorld | undefined>,
  'worlds' | 'world' | 'input' | 'startOf'
>): Promise<WorldStart> {
  const { scenario, from = 'now' } = input ?? {};
  const start = scenario === undefined ? stateNamed(from, world, worlds) : await startOf(scenario);
  return { ...start, source: sourceOf({ scenario, from }) };
}

/** Whether a world is known to have begun from something else; a request that says nothing means any. */
function isOther({ name, source }: HostedWorld, { scenario, from }: NewWorld): boolean {
  if (scenario === undefined && from === undefined) return false;
  if (source === undefined) return name === mainWorld;
  return source !== sourceOf({ scenario, from });
}

/** What a world is asked to begin from, in few bytes. The order of members says nothing: some clients have none. */
function sourceOf({ scenario, from }: NewWorld): string {
  const text = JSON.stringify(scenario ?? `state ${from}`, (_, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function shownWorld(
  { name, runner, journal, madeAt }: HostedWorld,
  worlds: Worlds,
): z.output<typeof worldSchema> {
  const url = worlds.urlOf(name);
  const tlsUrl = worlds.tlsUrlOf(name);
  let records = 0;
  for (const { table, size } of runner.world.collections.values()) if (!table.isVolatile) records += size;
  return {
    name,
    path: `/w/${name}`,
    ...withoutUndefined({ url, tlsUrl }),
    madeAt: new Date(madeAt).toISOString(),
    usedAt: new Date(worlds.usedAt(name) ?? madeAt).toISOString(),
    ...{ records, calls: journal.recorded },
    clock: shownClock(runner.clock.state()),
  };
}

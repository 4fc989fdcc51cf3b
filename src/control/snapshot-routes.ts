import { z } from 'zod';
import { differenceReport } from '../snapshots/report.ts';
import type { Snapshot } from '../snapshots/snapshots.ts';
import { stateNamed } from '../snapshots/states.ts';
import { shownClock } from './clock-routes.ts';
import { ControlProblem, type ControlRoute, withInput } from './route.ts';

const newSnapshotSchema = z.strictObject({ name: z.string().optional() });

const diffParameters: readonly string[] = ['from', 'to'];

/** Restore points, and what is different between two states. */
export const snapshotRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/snapshots',
    purpose: 'Lists the snapshots',
    run: ({ world }) => world.snapshots.list().map(shownSnapshot),
  },
  withInput({
    method: 'POST',
    path: '/__admin/snapshots',
    purpose: 'Takes a snapshot of state and clock: {"name":"before-import"}, a name of its own without it',
    input: newSnapshotSchema,
    isInputOptional: true,
    example: '{"name":"before-import"}',
    run: ({ world, input }) => shownSnapshot(world.snapshots.take(input?.name)),
  }),
  {
    method: 'POST',
    path: '/__admin/snapshots/:name/restore',
    purpose: 'Brings state and clock back to a snapshot',
    run: ({ world, params }) => {
      const { name } = world.snapshots.restore(params.name ?? '');
      return { restored: name, clock: shownClock(world.runner.clock.state()) };
    },
  },
  {
    method: 'DELETE',
    path: '/__admin/snapshots/:name',
    purpose: 'Drops a snapshot',
    run: ({ world, params }) => {
      const name = params.name ?? '';
      world.snapshots.drop(name);
      return { dropped: name };
    },
  },
  {
    method: 'GET',
    path: '/__admin/diff',
    purpose:
      'Says what is different between two states: ?from=seed&to=now; each is seed, now, a snapshot or another world',
    run: ({ world, worlds, query }) => {
      for (const name of query.keys()) {
        if (!diffParameters.includes(name)) {
          throw new ControlProblem(
            400,
            `"${name.slice(0, 40)}" is not known here; known are from and to, such as ?from=seed&to=now.`,
          );
        }
      }
      const [from, to] = [query.get('from') ?? 'seed', query.get('to') ?? 'now'];
      return differenceReport(stateNamed(from, world, worlds), stateNamed(to, world, worlds));
    },
  },
];

function shownSnapshot({ name, at, clock }: Snapshot): Record<string, unknown> {
  return { name, at: new Date(at).toISOString(), mode: clock.mode };
}

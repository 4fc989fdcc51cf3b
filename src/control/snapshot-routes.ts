import { z } from 'zod';
import { inTurns } from '../answers/steps.ts';
import { reportingDifference } from '../snapshots/report.ts';
import type { Snapshot } from '../snapshots/snapshots.ts';
import { stateNamed } from '../twin/states.ts';
import { clockStateSchema, differenceReportSchema, snapshotSchema } from './answer-schemas.ts';
import { type ControlRoute, controlRoute } from './route.ts';
import { shownClock } from './shown-clock.ts';

const newSnapshotSchema = z.strictObject({
  name: z
    .string()
    .optional()
    .describe(
      'At most 64 letters, digits, ".", "_" and "-"; neither "seed" nor "now". Chosen when it is left out',
    ),
});

const ofSnapshot = z.object({ name: z.string().describe('The name of the snapshot') });
const unknownSnapshot = { 404: { when: 'There is no snapshot of this name.' } };
const example = { params: { name: 'before-import' } };

const stateName = (about: string) =>
  z.string().optional().describe(`${about}: seed, now, the name of a snapshot or of another world`);

/** Restore points, and what is different between two states. */
export const snapshotRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/snapshots',
    id: 'listSnapshots',
    purpose: 'Lists the snapshots',
    gives: 'The snapshots, in the order they were taken.',
    answer: z.array(snapshotSchema),
    run: ({ world }) => world.snapshots.list().map(shownSnapshot),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/snapshots',
    id: 'takeSnapshot',
    purpose: 'Takes a snapshot of state and clock',
    input: newSnapshotSchema.optional(),
    example: { body: { name: 'before-import' } },
    gives: 'The snapshot.',
    answer: snapshotSchema,
    refusals: {
      400: { when: 'This cannot be a name, or there are too many snapshots (setting maxSnapshots).' },
      409: { when: 'There is a snapshot of this name already.' },
    },
    run: ({ world, input }) => shownSnapshot(world.snapshots.take(input?.name)),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/snapshots/:name/restore',
    id: 'restoreSnapshot',
    purpose: 'Brings state and clock back to a snapshot',
    about: 'Later snapshots stay.',
    params: ofSnapshot,
    example,
    gives: 'Its name, and the clock as it runs again.',
    answer: z.object({ restored: z.string(), clock: clockStateSchema }),
    refusals: unknownSnapshot,
    run: async ({ world, params }) => {
      const { name } = await inTurns(world.snapshots.restoring(params.name));
      return { restored: name, clock: shownClock(world.runner.clock.state()) };
    },
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/snapshots/:name',
    id: 'dropSnapshot',
    purpose: 'Drops a snapshot',
    params: ofSnapshot,
    example,
    gives: 'Its name.',
    answer: z.object({ dropped: z.string() }),
    refusals: unknownSnapshot,
    run: ({ world, params: { name } }) => {
      world.snapshots.drop(name);
      return { dropped: name };
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/diff',
    id: 'compareStates',
    purpose: 'Says what is different between two states, such as the seed and now',
    query: z.strictObject({
      from: stateName('The earlier state, seed by default'),
      to: stateName('The later state, now by default'),
    }),
    example: { query: { from: 'seed', to: 'now' } },
    gives: 'The differences, in words and as data.',
    answer: differenceReportSchema,
    refusals: { 404: { when: 'There is no state of such a name.' } },
    run: ({ world, worlds, query: { from = 'seed', to = 'now' } }) =>
      inTurns(reportingDifference(stateNamed(from, world, worlds), stateNamed(to, world, worlds))),
  }),
];

function shownSnapshot({ name, at, clock }: Snapshot): z.output<typeof snapshotSchema> {
  return { name, at: new Date(at).toISOString(), mode: clock.mode };
}

import { z } from 'zod';
import { isPublicUrl } from '../input/public-url.ts';
import type { Moves } from '../moves/moves.ts';
import { ControlError, type ControlRoute, controlRoute } from './route.ts';

const address = (about: string) =>
  z
    .string()
    .refine(isPublicUrl, { message: 'is no address of a twin; write it as http://10.0.0.2:8080' })
    .describe(about);

const moveSchema = z.strictObject({
  world: z.string().describe('The name of the world'),
  to: address('The address of the twin that it goes to, one of the --peers of this one'),
  from: address('The address of this twin, as the other one has it among its --peers'),
});

const shownMoveSchema = z
  .object({
    world: z.string(),
    phase: z
      .enum(['leaving', 'in doubt', 'arriving', 'moved'])
      .describe(
        'leaving: open here, being copied; in doubt: only the other twin knows whether it is open there; arriving: it comes here; moved: it is open at the other twin',
      ),
    peer: z.string().describe('The address of the other twin'),
    isRunning: z.boolean().describe('Whether it goes on, rather than that it was broken off'),
    records: z.int().describe('How many records have been sent'),
  })
  .meta({ id: 'Move', description: 'A world that moves between two twins, or has moved away' });

const drainSchema = z.strictObject({
  table: z
    .array(z.union([address('The address of a twin'), z.null()]))
    .min(1)
    .max(4096)
    .describe(
      'The twins in the order of the balancer’s table, null in the place of this one and of those that are not there any more',
    ),
});

const ofWorld = z.object({ name: z.string().describe('The name of the world') });
const example = { params: { name: 'checkout' } };

/** @throws ControlError the twin knows no others */
function requireMoves(moves: Moves | undefined): Moves {
  if (moves) return moves;
  throw new ControlError(
    409,
    'This twin knows no others. Start it with --peers (TWINTRACK_PEERS) and the addresses of the others.',
  );
}

const noOthers = 'The twin was started without --peers.';

/** Worlds that go from one twin to another: what `twintrack worlds` asks for. */
export const moveRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/moves',
    id: 'listMoves',
    purpose: 'Lists the worlds that are on their way to or from another twin, or have moved there',
    gives: 'The moves, and whether the twin takes new worlds.',
    answer: z.object({ isDraining: z.boolean(), moves: z.array(shownMoveSchema) }),
    run: ({ moves }) => ({ isDraining: moves?.isDraining ?? false, moves: moves?.list() ?? [] }),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/moves',
    id: 'moveWorld',
    purpose: 'Moves a world to another twin, whole: state, clock, rules, snapshots, journal, sessions, locks',
    about:
      'Its calls go on while it is copied, wait while the rest is handed over, and are passed on to the other twin from then on. The same request finishes a move that was broken off.',
    input: moveSchema,
    example: { body: { world: 'checkout', to: 'http://10.0.0.2:8080', from: 'http://10.0.0.1:8080' } },
    gives: 'The world is open at the other twin.',
    answer: z.object({
      world: z.string(),
      to: z.string(),
      records: z.int().describe('How many records were sent'),
      bytes: z.int().describe('How many bytes they took'),
      heldMs: z.number().describe('How long calls had to wait, in milliseconds'),
      tookMs: z.number().describe('How long all of it took, in milliseconds'),
    }),
    refusals: {
      400: {
        when: 'It is the main world, the other twin is this one, or the other twin is of another version.',
      },
      404: { when: 'There is no such world here, or the other twin is none of the --peers.' },
      409: {
        when: `The world is being moved already, the other twin has one of this name, is full, being emptied or gives no answer. ${noOthers}`,
      },
    },
    run: ({ moves, input: { world: name, ...wish } }) => requireMoves(moves).move({ name, ...wish }),
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/moves/:name/undo',
    id: 'undoMove',
    purpose: 'Takes a move back that is not over: the world stays here',
    params: ofWorld,
    example,
    gives: 'It is open here.',
    answer: z.object({ undone: z.string() }),
    refusals: {
      404: { when: 'The world is in no move from here.' },
      409: { when: `The move is over, or the other twin gives no answer. ${noOthers}` },
    },
    run: async ({ moves, params: { name } }) => {
      await requireMoves(moves).undo(name);
      return { undone: name };
    },
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/moves/:name',
    id: 'forgetMove',
    purpose:
      'Forgets where a world went, once the balancer sends its calls there, or drops a copy that never was opened',
    params: ofWorld,
    example,
    gives: 'Its name.',
    answer: z.object({ forgotten: z.string() }),
    refusals: {
      404: { when: 'Nothing is left of such a move.' },
      409: { when: `The move is not over. ${noOthers}` },
    },
    run: async ({ moves, params: { name } }) => {
      await requireMoves(moves).forget(name);
      return { forgotten: name };
    },
  }),
  controlRoute({
    method: 'PUT',
    path: '/__admin/drain',
    id: 'drainTwin',
    purpose:
      'Lets no new worlds begin here: their calls are passed on to where the table of the others has them',
    input: drainSchema,
    example: { body: { table: ['http://10.0.0.1:8080', 'http://10.0.0.2:8080', null] } },
    gives: 'It takes none.',
    answer: z.object({ isDraining: z.literal(true) }),
    refusals: {
      404: { when: 'The table has an address that is none of the --peers.' },
      409: { when: noOthers },
    },
    run: ({ moves, input }) => {
      requireMoves(moves).drain(input.table.map((url) => url ?? undefined));
      return { isDraining: true as const };
    },
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/drain',
    id: 'refillTwin',
    purpose: 'Lets new worlds begin here again',
    gives: 'It takes them.',
    answer: z.object({ isDraining: z.literal(false) }),
    refusals: { 409: { when: noOthers } },
    run: ({ moves }) => {
      requireMoves(moves).refill();
      return { isDraining: false as const };
    },
  }),
];

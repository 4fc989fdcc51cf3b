/** A move that is cut, or whose twins are killed, at each of its steps, and then finished or taken back. */
import { beforeAll, expect, test } from 'vitest';
import { type MoveFault, SimulatedMoves } from '../support/simulated-moves.ts';

const remedies = ['finish', 'undo'] as const;
const kinds: readonly (readonly [MoveFault['kind'], of: 'disk' | 'word'])[] = [
  ['die', 'disk'],
  ['power', 'disk'],
  ['fail', 'disk'],
  ['unsent', 'word'],
  ['broken', 'word'],
  ['unanswered', 'word'],
];

/** What the steps of a move are that nothing disturbs. */
let steps: readonly ('disk' | 'word')[];
beforeAll(async () => {
  const simulated = await SimulatedMoves.open(undefined);
  await simulated.move();
  expect(simulated.openAt()).toEqual(['http://two']);
  expect(simulated.written.length).toBeGreaterThan(5);
  expect(simulated.found('http://two')).toEqual(simulated.written);
  steps = [...simulated.steps];
});

/** @returns where the world is in the end */
async function interrupted(fault: MoveFault, remedy: (typeof remedies)[number]): Promise<string> {
  const simulated = await SimulatedMoves.open(fault);
  await simulated.move().catch(() => {});
  await simulated.write();
  expect(simulated.openAt().length, 'open at most once').toBeLessThan(2);
  await simulated.restart();
  expect(simulated.openAt().length, 'open at most once after a start').toBeLessThan(2);
  if (remedy === 'finish') await simulated.move();
  // One that is over already cannot be taken back, nor one that has been taken back.
  else await simulated.undo().catch(() => {});
  const open = simulated.openAt();
  expect(open).toHaveLength(1);
  await simulated.write();
  const [url = ''] = open;
  expect(simulated.found(url)).toEqual(expect.arrayContaining(simulated.written));
  if (remedy === 'finish') expect(url).toBe('http://two');
  return url;
}

test.each(kinds.flatMap(([kind, of]) => remedies.map((remedy) => [kind, remedy, of] as const)))(
  'with "%s" at any step and then "%s" nothing acknowledged is lost, and the world is open once',
  async (kind, remedy, of) => {
    const ends = new Set<string>();
    for (const [at, each] of steps.entries()) {
      if (each !== of) continue;
      const step = at + 1;
      const end = await interrupted({ step, kind }, remedy).catch((error: Error) => {
        throw new Error(`step ${step}: ${error.message}`, { cause: error });
      });
      ends.add(end);
    }
    expect([...ends]).toContain(remedy === 'finish' ? 'http://two' : 'http://one');
  },
  120_000,
);

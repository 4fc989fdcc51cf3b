/**
 * Twins on one simulated disk and clock. 1,000 seeds, from TWINTRACK_SIMULATION_SEED on when that is set; with
 * TWINTRACK_SIMULATION_SEEDS=1 one alone is replayed, and its history is printed when it fails.
 */
import { expect, test } from 'vitest';
import { SimulatedTwins } from '../../support/simulated-twins.ts';

const first = Number(process.env.TWINTRACK_SIMULATION_SEED ?? 1);
const count = Number(process.env.TWINTRACK_SIMULATION_SEEDS ?? 1000);

test(`what was acknowledged is found by every later start, and nothing of a holder that lost the folder, with ${count} seeds`, async () => {
  for (let seed = first; seed < first + count; seed++) {
    const twins = new SimulatedTwins(seed);
    await twins.run().catch((error: unknown) => {
      throw new Error(
        `seed ${seed}: ${String(error)}; TWINTRACK_SIMULATION_SEED=${seed} TWINTRACK_SIMULATION_SEEDS=1 replays it\n${twins.history.join('\n')}`,
      );
    });
  }
}, 300_000);

test('a seed gives the same run to the byte', async () => {
  const [one, other] = [new SimulatedTwins(7), new SimulatedTwins(7)];
  await one.run();
  await other.run();
  expect(other.trace).toEqual(one.trace);
});

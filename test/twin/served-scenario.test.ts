import { expect, test } from 'vitest';
import { silentLog } from '../../src/log/log.ts';
import { reload, ServedScenario, type StartOf } from '../../src/twin/served-scenario.ts';
import { World } from '../../src/world/world.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';

const start = (seed: string) => ({ world: new World(seed), clock: { mode: 'real' } as const });
const main = () => hostWorld('main', start('before'), { now: () => 0 });

test('a scenario is read again while others have their turn', async () => {
  let isOthersTurn = false;
  // It never ends unless others had one.
  const startOf: StartOf = function* () {
    while (!isOthersTurn) yield;
    return start('after');
  };
  const world = main();
  setImmediate(() => {
    isOthersTurn = true;
  });
  await reload({ served: new ServedScenario({}, startOf), main: world, isKept: false, log: silentLog });
  expect(world.runner.seed.seed).toBe('after');
});

test('of several that are asked for at once, the one that was read last counts', async () => {
  let read = 0;
  const startOf: StartOf = function* () {
    read += 1;
    const mine = `read ${read}`;
    for (let step = 0; step < 100 / read; step++) yield;
    return start(mine);
  };
  const world = main();
  const served = new ServedScenario({}, startOf);
  const once = () => reload({ served, main: world, isKept: false, log: silentLog });
  await Promise.all([once(), once(), once()]);
  expect(world.runner.seed.seed).toBe('read 3');
});

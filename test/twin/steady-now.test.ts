import { expect, test } from 'vitest';
import { steadyNow } from '../../src/twin/steady-now.ts';

test('time goes by what has passed, whatever is done to the clock of the machine', () => {
  let [wall, elapsed] = [1_000_000, 50];
  const now = steadyNow({ wall: () => wall, elapsed: () => elapsed });
  expect(now()).toBe(1_000_000);
  elapsed += 1500.7;
  expect(now()).toBe(1_001_500);
  wall -= 3_600_000;
  expect(now()).toBe(1_001_500);
  wall += 86_400_000;
  elapsed += 0.3;
  expect(now()).toBe(1_001_501);
});

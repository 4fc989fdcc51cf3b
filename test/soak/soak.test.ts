import { expect, test } from 'vitest';
import { soak } from './soak.ts';

test('a day in short: no call is refused, and worlds and states come back to where they were', async () => {
  const { parts, refused } = await soak({ calls: 3000, parts: 3 });
  expect(refused).toEqual([]);
  const [first, , last] = parts;
  expect(last?.worlds).toBeLessThanOrEqual(20);
  expect(last?.state).toBeLessThan(2 * (first?.state ?? 0));
});

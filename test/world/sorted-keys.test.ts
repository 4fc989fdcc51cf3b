import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys } from '../../src/world/collection.ts';
import { sortedKeys } from '../../src/world/sorted-keys.ts';

test('keys come in the order of a whole sort', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(fc.integer(), fc.string())), (keys) => {
      expect([...sortedKeys(keys)]).toEqual([...keys].sort(compareKeys));
    }),
  );
});

test('many keys are sorted in runs, with turns for others in between', () => {
  const keys = Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 50_021);
  const found = [...sortedKeys(keys)];
  expect(found.filter((key) => key !== undefined)).toEqual([...keys].sort((a, b) => a - b));
  expect(found.filter((key) => key === undefined)).toHaveLength(6);
});

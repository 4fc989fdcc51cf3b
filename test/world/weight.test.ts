import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growthOf, weightBeside, weightOf } from '../../src/world/weight.ts';

const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('', 'x', 'a text', 1, true, null, undefined),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('what a change adds is the difference of the whole weights', () => {
  fc.assert(
    fc.property(data, data, data, (before, after, base) => {
      expect(growthOf({ before, after, base })).toBe(weightBeside(after, base) - weightBeside(before, base));
    }),
    { numRuns: 2000 },
  );
});

test('beside nothing a value has its whole weight, and beside itself none', () => {
  fc.assert(
    fc.property(data, (value) => {
      expect(weightBeside(value, undefined)).toBe(weightOf(value));
      expect(weightBeside(value, value)).toBe(0);
    }),
  );
});

test('parts that were there before are not looked into', () => {
  const events = Array.from({ length: 1000 }, (_, at) => ({ at }));
  let looked = 0;
  const record = {
    summary: 'one',
    events,
    get trap() {
      looked += 1;
      return 1;
    },
  };
  const part = Object.freeze({ record, summary: 'one' });
  growthOf({ before: part, after: { ...part, summary: 'another' }, base: undefined });
  expect(looked).toBe(0);
});

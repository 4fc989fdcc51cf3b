import { expect, test } from 'vitest';
import { prepared, preparedName } from '../../../src/scenario/reading/built-prepared.ts';

test('a text that the build did not see has no prepared data', () => {
  expect(prepared(`never: ${'seen'}`)).toBeUndefined();
});

test('one changed letter makes another name', () => {
  expect(preparedName('twintrack: 1')).toMatch(/^[0-9a-f]{32}$/);
  expect(preparedName('twintrack: 1')).not.toBe(preparedName('twintrack: 2'));
});

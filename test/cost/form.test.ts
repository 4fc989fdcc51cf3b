import { expect, test } from 'vitest';
import { joinedForm, parseForm } from '../../src/aptest/rpc/form.ts';
import { growth, mostGrowth } from '../support/cpu-time.ts';

test.each(['+', '%', '%41', '%ac', '%c3x', 'a='])(
  'a form of nothing but %s costs in proportion to its length',
  (piece) => {
    const form = (length: number) => `x=${piece.repeat(length / piece.length)}`;
    expect(growth(500_000, (length) => () => parseForm(form(length)))).toBeLessThanOrEqual(mostGrowth);
  },
);

test('a form of nothing but line ends before its last character costs in proportion to its length', () => {
  const body = (length: number) => `${'\n'.repeat(length)}x`;
  expect(growth(20_000, (length) => () => joinedForm('a=1', body(length)))).toBeLessThanOrEqual(mostGrowth);
});

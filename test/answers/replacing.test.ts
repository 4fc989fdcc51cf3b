import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replacing } from '../../src/answers/replacing.ts';
import { atOnce } from '../../src/answers/steps.ts';

const pattern = /(?:x)?ye=/g;
const replaced = (text: string) =>
  atOnce(replacing(text, { pattern, longest: 'xye='.length, by: ([match]) => `<${match}>` }));

test('a text is replaced piece by piece as it is at once, wherever its stretches end', () => {
  const pieces = fc.array(fc.constantFrom('x', 'y', 'e', '=', 'xye=', 'ye=', 'a'), { maxLength: 40 });
  fc.assert(
    fc.property(pieces, fc.nat(30), (around, shift) => {
      const text = 'a'.repeat(64 * 1024 - shift) + around.join('');
      expect(replaced(text)).toBe(text.replace(pattern, (match) => `<${match}>`));
    }),
  );
});

test('a text without a match is given back as it is', () => {
  expect(replaced('')).toBe('');
  expect(replaced('a'.repeat(200_000))).toBe('a'.repeat(200_000));
});

test('others have turns while a long text is replaced', () => {
  const steps = replacing('ye='.repeat(100_000), { pattern, longest: 4, by: () => '' });
  let turns = 0;
  while (!steps.next().done) turns += 1;
  expect(turns).toBeGreaterThanOrEqual(4);
});

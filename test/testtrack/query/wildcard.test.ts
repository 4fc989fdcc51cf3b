import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestPattern, wildcard } from '../../../src/testtrack/query/wildcard.ts';

/** As one would write it without caring for time. */
function plainly(pattern: readonly string[], text: readonly string[]): boolean {
  const [token, ...rest] = pattern;
  if (token === undefined) return text.length === 0;
  if (token === '*') return plainly(rest, text) || (text.length > 0 && plainly(pattern, text.slice(1)));
  const [first] = text;
  return first !== undefined && (token === '?' || token === first) && plainly(rest, text.slice(1));
}

describe('a pattern', () => {
  test.each([
    ['printer*', 'Printer on fire', true],
    ['*FIRE', 'Printer on fire', true],
    ['p??nter*', 'Printer', true],
    ['fire', 'Printer on fire', false],
    ['*', '', true],
    ['?', '', false],
    ['', '', true],
    ['', 'x', false],
    ['*.*', 'a.b', true],
    ['?', '😀', true],
    ['a.c', 'abc', false],
    ['ä*', 'Änderung', true],
  ])('%j against %j: %s', (pattern, text, matches) => {
    expect(wildcard(pattern)(text)).toBe(matches);
  });

  test('matches what a plain matcher matches, whatever its length', () => {
    const character = fc.constantFrom('a', 'b', '?', '*', '😀');
    const text = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 12 });
    const sample = fc.tuple(fc.array(character, { maxLength: 8 }), text, fc.nat({ max: 80 }));
    fc.assert(
      fc.property(sample, ([pattern, characters, padding]) => {
        const filler = new Array<string>(padding).fill('b');
        const [long, longText] = [
          [...filler, ...pattern],
          [...filler, ...characters],
        ];
        expect(wildcard(long.join(''))(longText.join(''))).toBe(plainly(long, longText));
      }),
      { numRuns: 1_000 },
    );
  });

  test('of the worst kind is answered at once', () => {
    const evil = wildcard(`${'*a'.repeat(longestPattern / 2)}*b`);
    expect(evil('a'.repeat(200_000))).toBe(false);
  });
});

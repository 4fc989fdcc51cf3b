import { describe, expect, test } from 'vitest';
import { didYouMean, didYouMeanHint, editDistance } from '../../src/input/did-you-mean.ts';

const known = ['projects', 'server', 'users', 'seed', 'testtrack', 'aptest', 'x'];

describe('a misspelt word', () => {
  test.each([
    ['projcets', 'projects'],
    ['Projects', 'projects'],
    ['test-track', 'testtrack'],
    ['testrack', 'testtrack'],
    ['user', 'users'],
    ['sede', 'seed'],
  ])('%s is taken for %s', (written, meant) => {
    expect(didYouMean(written, known)).toBe(meant);
  });

  test.each(['zzz', 'workflow', '', 'q'.repeat(5000)])('%s is taken for nothing', (written) => {
    expect(didYouMean(written, known.slice(0, 6))).toBeUndefined();
  });
});

test('the hint follows a sentence, or is empty', () => {
  expect(didYouMeanHint('user', known)).toBe(' Did you mean "users"?');
  expect(didYouMeanHint('workflow', known)).toBe('');
});

test.each([
  ['', 'abc', 3],
  ['abc', 'acb', 1],
  ['kitten', 'sitting', 3],
  ['abc', 'abc', 0],
])('from "%s" to "%s" it is %i slips', (from, to, slips) => {
  expect(editDistance(from, to)).toBe(slips);
});

test('reads words that are made while they are read', () => {
  const words = new Map([['first', 1]]);
  expect(didYouMean('frist', words.keys())).toBe('first');
});

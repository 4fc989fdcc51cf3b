import { expect, test } from 'vitest';
import { RecentCache } from '../../src/memo/recent-cache.ts';

test('a cache keeps what is asked for and forgets what is not, within its bound', () => {
  const cache = new RecentCache<number, string>(10);
  cache.set(0, 'wanted');
  for (let at = 1; at <= 100; at++) {
    cache.set(at, `value ${at}`);
    expect(cache.get(0)).toBe('wanted');
  }
  const kept = Array.from({ length: 101 }, (_, at) => cache.get(at)).filter((value) => value !== undefined);
  expect(kept.length).toBeLessThanOrEqual(20);
  expect(cache.get(1)).toBeUndefined();
});

test('the bound of a cache counts the weight of its values, also of one that is replaced', () => {
  const cache = new RecentCache<string, string>(100, (value) => value.length);
  for (let round = 0; round < 50; round++) cache.set('same', 'x'.repeat(40));
  cache.set('other', 'y'.repeat(50));
  expect(cache.get('same')).toBe('x'.repeat(40));
  expect(cache.get('other')).toBe('y'.repeat(50));
});

test('what is replaced by something too heavy to keep is not given again', () => {
  const cache = new RecentCache<string, string>(10, (value) => value.length);
  cache.set('same', 'short');
  cache.set('other', 'makes the others old'.slice(0, 8));
  cache.set('same', 'too heavy to keep');
  expect(cache.get('same')).toBeUndefined();
});

import { expect, test } from 'vitest';
import { ringOf, serverNumberOf, twinOfWorld } from '../../src/moves/haproxy-hash.ts';

const urls = ['http://one', 'http://two', 'http://three'];
const worlds = Array.from({ length: 300 }, (_, at) => `job-${at}`);

test('a world is in the twin whose place in the table the balancer’s hash gives', () => {
  const ring = ringOf([1, 2, 3]);
  const found = worlds.map((world) => twinOfWorld(urls, world));
  expect(found).toEqual(worlds.map((world) => urls[serverNumberOf(ring, world) - 1]));
  expect(new Set(found).size).toBe(3);
});

test('without one twin only its worlds go elsewhere, because the others keep their numbers', () => {
  for (const world of worlds) {
    const before = twinOfWorld(urls, world);
    const after = twinOfWorld([urls[0], undefined, urls[2]], world);
    if (before === urls[1]) expect(after).not.toBe(urls[1]);
    else expect(after).toBe(before);
  }
});

test('an empty table has none', () => {
  expect(twinOfWorld([], 'a')).toBeUndefined();
  expect(twinOfWorld([undefined], 'a')).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { fits, isItsTurn } from '../../src/fault-rules/matching.ts';
import { ruleSchema } from '../../src/fault-rules/rule-schema.ts';

describe('an argument fits', () => {
  test.each([
    ['a number written in any type', 12n, 12],
    ['a text for a number, as rpc.mpl sends it', '12', 12],
    ['a part of a record', { recordid: 3, summary: 'bad', type: 'x' }, { summary: 'bad' }],
    ['members in any letter case', { userName: 'lake' }, { USERNAME: 'lake' }],
    ['a list entry by entry', ['a', { b: 1, c: 2 }], ['a', { b: 1 }]],
    ['nothing for null', undefined, null],
    ['a date as it is written', new Date('2026-01-31T09:15:00Z'), '2026-01-31T09:15:00.000Z'],
  ])('%s', (_, value, pattern) => expect(fits(value, pattern)).toBe(true));

  test.each([
    ['another value', 12, 13],
    ['a list that is longer', ['a', 'b'], ['a']],
    ['a single value for a list', 'a', ['a']],
    ['a record for a text', { a: 1 }, '[object Object]'],
    ['nothing for a text', undefined, 'undefined'],
    ['a missing member', {}, { summary: 'x' }],
    ['a member of the prototype', {}, { constructor: 'Object' }],
  ])('not for %s', (_, value, pattern) => expect(fits(value, pattern)).toBe(false));
});

describe('a rule has its turn', () => {
  const hitsOf = (given: object, seed = 'seed', calls = 12) => {
    const rule = ruleSchema.parse({ do: { fault: 16 }, ...given });
    const record = { name: 'rule', order: 1, rule, givenAt: 0 };
    const hit: number[] = [];
    for (let call = 1; call <= calls; call++) {
      if (isItsTurn(record, { name: 'rule', calls: call, hits: hit.length }, seed)) hit.push(call);
    }
    return hit;
  };

  test('at every call, when nothing limits it', () => expect(hitsOf({})).toHaveLength(12));
  test('so many times', () => expect(hitsOf({ times: 3 })).toEqual([1, 2, 3]));
  test('at the Nth call only', () => expect(hitsOf({ when: { call: 4 } })).toEqual([4]));
  test('from the Nth call on, so many times', () =>
    expect(hitsOf({ when: { call: 4 }, times: 3 })).toEqual([4, 5, 6]));
  test('from the Nth call on, always', () =>
    expect(hitsOf({ when: { call: 10 }, times: 'always' })).toEqual([10, 11, 12]));
  test('at every Nth call, so many times', () =>
    expect(hitsOf({ when: { every: 3 }, times: 2 })).toEqual([3, 6]));
  test('never with the probability 0, always with 1', () => {
    expect(hitsOf({ probability: 0 })).toEqual([]);
    expect(hitsOf({ probability: 1 })).toHaveLength(12);
  });
  test('by chance at the same calls for the same seed, at others for another seed', () => {
    const first = hitsOf({ probability: 0.3 }, 'seed', 1000);
    expect(hitsOf({ probability: 0.3 }, 'seed', 1000)).toEqual(first);
    expect(hitsOf({ probability: 0.3 }, 'other', 1000)).not.toEqual(first);
    expect(first.length).toBeGreaterThan(240);
    expect(first.length).toBeLessThan(360);
  });
});

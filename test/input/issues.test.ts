import { expect, test } from 'vitest';
import { z } from 'zod';
import { problemsOf } from '../../src/input/issues.ts';

const schema = z.strictObject({
  name: z.string().min(1).optional(),
  mode: z.enum(['real', 'frozen']).optional(),
  count: z.int().min(1).max(5).optional(),
  names: z.union([z.string(), z.array(z.string())]).optional(),
  people: z.array(z.strictObject({ login: z.string(), group: z.string().default('all') })).optional(),
  lists: z.record(z.string().regex(/^[A-Z]/), z.array(z.string())).optional(),
  shape: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('circle'), radius: z.number() }),
      z.strictObject({ kind: z.literal('square'), side: z.number() }),
    ])
    .optional(),
  either: z.union([z.number(), z.strictObject({ amount: z.number(), unit: z.string() })]).optional(),
});

function problems(data: unknown): string[] {
  const checked = schema.safeParse(data);
  if (checked.success) return [];
  return problemsOf(checked.error, schema, data).map(({ where, message }) => `${where}: ${message}`);
}

test.each([
  [
    { nam: 'x' },
    'nam: is no known key; known here: name, mode, count, names, people, lists, shape, either. Did you mean "name"?',
  ],
  [
    { people: [{ login: 'a', grup: 'b' }] },
    'people[0].grup: is no known key; known here: login, group. Did you mean "group"?',
  ],
  [{ people: [{}] }, 'people[0].login: is missing; expected a text'],
  [{ mode: 'frozn' }, 'mode: found "frozn", expected one of "real", "frozen". Did you mean "frozen"?'],
  [{ mode: 3 }, 'mode: found 3, expected one of "real", "frozen"'],
  [{ count: 'x' }, 'count: found "x", expected a number'],
  [{ count: 1.5 }, 'count: found 1.5, expected a whole number'],
  [{ count: 9 }, 'count: found 9, expected at most 5'],
  [{ name: '' }, 'name: found "", expected at least 1 characters'],
  [{ name: null }, 'name: is empty, expected a text'],
  [{ names: 5 }, 'names: found 5, expected a text or a list'],
  [{ names: ['a', 5] }, 'names[1]: found 5, expected a text. In quotes it is one: "5".'],
  [{ lists: { abc: [] } }, 'lists.abc: is not usable as a key: Invalid string: must match pattern /^[A-Z]/'],
  [{ lists: { Abc: 'x' } }, 'lists.Abc: found "x", expected a list. One entry is a list too: ["x"].'],
  [
    { shape: { kind: 'sqare', side: 1 } },
    'shape.kind: found "sqare", expected one of "circle", "square". Did you mean "square"?',
  ],
  [
    { shape: { kind: 'square', sid: 1 } },
    'shape.sid: is no known key; known here: kind, radius, side. Did you mean "side"?',
  ],
  [{ shape: { kind: 'square' } }, 'shape.side: is missing; expected a number'],
  [{ either: { amount: 1 } }, 'either.unit: is missing; expected a text'],
  [{ either: [] }, 'either: found a list of 0, expected a number or a map'],
  [[], ': found a list of 0, expected a map'],
  [null, ': is empty, expected a map'],
])('%j is explained', (data, message) => {
  expect(problems(data)).toContain(message);
});

test.each([
  ['a key that is cut short stands for the only one that it begins', { cou: 1 }, /Did you mean "count"\?$/],
  ['a number in quotes is told how to be one', { count: '3' }, /Without quotes it is one: 3\.$/],
  [
    'a key that was misspelt is not missing too',
    { people: [{ logn: 'a' }] },
    /^people\[0\]\.logn: [^\n]*"login"\?$/,
  ],
  ['a key of a map that belongs here is led there', { radius: 1 }, /belongs in the map "shape"$/],
])('%s', (_, data, message) => {
  const told = problems(data);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(message);
});

test('a long value is not repeated wholly', () => {
  expect(problems({ mode: 'x'.repeat(10_000) })[0]?.length).toBeLessThan(200);
});

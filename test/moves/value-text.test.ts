import { expect, test } from 'vitest';
import { LazyList } from '../../src/answers/lazy-list.ts';
import { valueIn, valueText } from '../../src/moves/value-text.ts';
import { plainValue } from '../../src/text/plain-value.ts';

const values: readonly unknown[] = [
  ...['', 'text', '~', 0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, true, null, undefined, 12n],
  ...[new Date(0), new Uint8Array([1, 2, 255]), new Map<unknown, unknown>([['a', { b: 1n }]])],
  ...[[1, [undefined]], { a: undefined, b: { c: [] } }, { '~': ['bigint', '1'] }, { '~': 1, x: new Date(5) }],
];

test.each(values.map((value) => [value]))('a value of a journal comes back as it was: %o', (value) => {
  expect(valueIn(valueText(value))).toEqual(value);
});

test('a date that is none, a name that objects have anyway, and a mistake come back too', () => {
  expect((valueIn(valueText(new Date(Number.NaN))) as Date).getTime()).toBeNaN();
  const named = JSON.parse('{"__proto__":1}') as object;
  expect(Object.getOwnPropertyNames(valueIn(valueText(named)))).toEqual(['__proto__']);
  const mistake = valueIn(valueText(new TypeError('broken'))) as Error;
  expect([mistake instanceof Error, mistake.name, mistake.message]).toEqual([true, 'TypeError', 'broken']);
});

test('what is made while it is sent shows as it did', () => {
  const list = LazyList.from([1], (each) => each);
  expect(plainValue(valueIn(valueText({ list })))).toEqual(plainValue({ list }));
});

test('what was not written by it is refused', () => {
  expect(() => valueIn('{"~":["toString",1]}')).toThrow('no kind of value');
  expect(() => valueIn('{"~":["nothing",1]}')).toThrow('no kind of value');
  expect(() => valueIn('{')).toThrow(SyntaxError);
});

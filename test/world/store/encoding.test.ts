import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FileContent, fileContent } from '../../../src/world/file-content.ts';
import { decoded, encoded } from '../../../src/world/store/encoding.ts';

const noFile = (): never => {
  throw new Error('no file is named');
};

function roundTrip(value: unknown): unknown {
  const files = new Map<string, FileContent>();
  const text = encoded(value, (content) => files.set(content.sha256, content));
  return decoded(JSON.parse(text), (sha256) => files.get(sha256) ?? noFile());
}

const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '~', 'recordId'));
const leaves = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string().map((text) => `~${text}`),
  fc.constantFrom('~', '~s', '~n1', '\ud800', '\u2028', '\0'),
  fc.bigInt(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, Number.NaN, Number.POSITIVE_INFINITY),
  fc.uint8Array({ maxLength: 20 }).map(fileContent),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaves, tie('list'), tie('record')),
  list: fc.array(tie('value'), { maxLength: 5 }),
  record: fc
    .array(fc.tuple(names, tie('value')), { maxLength: 6 })
    .map((members) => Object.fromEntries(members)),
})).value;

test('what is written is read again exactly, whatever plain data it is', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(isDeepStrictEqual(roundTrip(value), value)).toBe(true);
    }),
  );
});

test('writing leaves frozen records as they are', () => {
  const record = Object.freeze({ text: 'x', html: undefined, list: Object.freeze([1n, '~']) });
  expect(encoded(record, noFile)).toBe('{"text":"x","html":"~","list":["~n1","~s~"]}');
  expect(record.html).toBeUndefined();
});

test('what is read is frozen, all of it', () => {
  const read = roundTrip({ list: [{ text: 'x' }] }) as { list: { text: string }[] };
  expect([read, read.list, read.list[0]].map(Object.isFrozen)).toEqual([true, true, true]);
});

test('the order of members stays', () => {
  const record = { z: 1, a: undefined, m: 2n, b: 'x' };
  expect(Object.keys(roundTrip(record) as object)).toEqual(['z', 'a', 'm', 'b']);
});

test('the content of a file is named, not written, and told once for each place', () => {
  const content = fileContent(Buffer.from('bytes'));
  const told: string[] = [];
  const text = encoded({ a: content, b: [content] }, ({ sha256 }) => told.push(sha256));
  expect(text).toBe(`{"a":"~f${content.sha256}:5","b":["~f${content.sha256}:5"]}`);
  expect(told).toEqual([content.sha256, content.sha256]);
});

class Person {
  readonly name = 'x';
}

test.each([
  ['a Map', new Map(), 'A record holds a Map, which cannot be kept'],
  ['a Date', new Date(0), 'A record holds a Date, which cannot be kept'],
  ['bytes that no content holds', new Uint8Array(1), 'A record holds a Uint8Array, which cannot be kept'],
  ['an object of a class', new Person(), 'A record holds a Person, which cannot be kept'],
  ['a function', () => {}, 'A record holds a function, which cannot be kept'],
  ['a symbol', Symbol('x'), 'A record holds a symbol, which cannot be kept'],
])('%s is refused, because it could not be read again', (_, value, message) => {
  expect(() => encoded({ deep: [{ value }] }, noFile)).toThrow(message);
});

test('a mark that means nothing is refused', () => {
  expect(() => decoded(['~x1'], noFile)).toThrow('"~x1" is no value of this format');
});

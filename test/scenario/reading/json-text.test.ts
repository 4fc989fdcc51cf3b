import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonMistake, findJsonPath } from '../../../src/scenario/reading/json-text.ts';

describe('a mistake in JSON is found at its place', () => {
  test.each([
    ['{"a": 1,}', 8, 'found "}", expected a key in double quotes'],
    ['[1 2]', 3, 'found "2", expected "," or "]"'],
    ['{"a" 1}', 5, 'found "1", expected ":" after the key'],
    ["{'a': 1}", 1, `found "'", expected a key in double quotes`],
    ['{"a": tru}', 6, 'found "t", expected a value'],
    ['{"a": 1', 7, 'found the end of the file, expected "," or "}"'],
    ['["a', 1, 'this text has no end, or holds a character that must be escaped'],
    ['[1] x', 4, 'nothing more was expected after the end'],
    ['[01]', 2, 'found "1", expected "," or "]"'],
    ['', 0, 'found the end of the file, expected a value'],
  ])('%s', (text, offset, message) => {
    expect(findJsonMistake(text)).toEqual({ offset, message });
  });

  test('nesting of 100,000 levels ends the search, not the process', () => {
    expect(findJsonMistake('['.repeat(100_000)).message).toBe('nested deeper than 200 levels');
  });

  test('whatever JSON.parse refuses has a place', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('"', '{', ']', ',', 'x', ''), (json, at, sign) => {
        const cut = at % (json.length + 1);
        const text = json.slice(0, cut) + sign + json.slice(cut + 1);
        try {
          JSON.parse(text);
        } catch {
          expect(findJsonMistake(text).message).not.toBe('this is not JSON');
        }
      }),
    );
  });
});

describe('a path in JSON is found', () => {
  const text = '{ "a": [ {"b": 1}, {"b": [2, "x\\"]", 3]} ], "a\\u0062": null, "c": 1, "c": 2 }';
  const placeOf = (place: string) => text.indexOf(place);

  test.each([
    [['a'], 1, placeOf('"a"'), placeOf('[ {')],
    [['a', 1, 'b', 2], 4, placeOf('3]'), placeOf('3]')],
    [['ab'], 1, placeOf('"a\\u0062"'), placeOf('null')],
    [['c'], 1, placeOf('"c": 2'), placeOf('2 }')],
    [['a', 7, 'b'], 1, placeOf('"a"'), placeOf('[ {')],
    [['zz'], 0, 0, 0],
    [['a', 'b'], 1, placeOf('"a"'), placeOf('[ {')],
    [['c', 'd'], 1, placeOf('"c": 2'), placeOf('2 }')],
  ])('%j', (path, found, keyOffset, valueOffset) => {
    expect(findJsonPath(text, path)).toEqual({ found, keyOffset, valueOffset });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  doubledKey,
  findJsonPath,
  jsonMistake,
  lineAndColumn,
  outerKeys,
  parseJson,
} from '../../src/input/json-text.ts';

describe('a mistake in JSON is found at its place', () => {
  test.each([
    ['{"a": 1,}', 8, 'found "}", expected a key in double quotes'],
    ['[1 2]', 3, 'found "2", expected "," or "]"'],
    ['{"a" 1}', 5, 'found "1", expected ":" after the key'],
    ["{'a': 1}", 1, `found "'", expected a key in double quotes`],
    ['{"a": tru}', 6, 'found "t", expected a value'],
    ['{"a": 1', 7, 'found the end, expected "," or "}"'],
    ['["a', 1, 'this text has no end, or holds a character that must be escaped'],
    ['[1] x', 4, 'nothing more was expected after the end'],
    ['[1.]', 1, 'this number is not complete'],
    ['[1 // one\n]', 3, 'found "/", expected "," or "]"'],
    ['["a\\x"]', 1, 'this text has no end, or holds a character that must be escaped'],
    ['{"a": 1]', 7, 'found "]", expected "," or "}"'],
    ['[1,]', 3, 'found "]", expected a value'],
    ['[01]', 2, 'found "1", expected "," or "]"'],
    ['', 0, 'found the end, expected a value'],
  ])('%s', (text, offset, message) => {
    expect(jsonMistake(text)).toMatchObject({ offset, message });
  });

  test('nesting of 100,000 levels ends the search, not the process', () => {
    expect(jsonMistake('['.repeat(100_000)).message).toBe('found the end, expected a value');
  });

  test('whatever JSON.parse refuses has a place', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('"', '{', ']', ',', 'x', ''), (json, at, sign) => {
        const cut = at % (json.length + 1);
        const text = json.slice(0, cut) + sign + json.slice(cut + 1);
        try {
          JSON.parse(text);
        } catch {
          expect(jsonMistake(text).message).not.toBe('this is not JSON');
        }
      }),
    );
  });
});

describe('the keys of the outermost map', () => {
  test('come in the order of the text, those that are numbers too, and one that is there twice once', () => {
    const text = String.raw`{"2": [{"9": "}"}], "1":[["3", {"4": 5}]] , "a\"\u0062" : "7", "2": {"8": []}}`;
    expect(outerKeys(text)).toEqual(['2', '1', 'a"b']);
    expect(outerKeys('[{"a": 1}]')).toEqual([]);
    expect(outerKeys('{}')).toEqual([]);
  });

  test('are those of the object wherever it keeps the order', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue()),
        fc.constantFrom(0, 2),
        (map, indent) => {
          const text = JSON.stringify(map, undefined, indent);
          expect(new Set(outerKeys(text))).toEqual(new Set(Object.keys(JSON.parse(text))));
        },
      ),
    );
  });
});

describe('a path in JSON is found', () => {
  const text = '{ "a": [ {"b": 1}, {"b": [2, "x\\"]", 3]} ], "a\\u0062": null, "c": 2 }';
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

describe('a key that its map has already is refused at its place', () => {
  test.each([
    ['{"a": 1, "b": 2, "a": 3}', ['a'], 17],
    ['{"x": {"a": 1, "a": 1}}', ['x', 'a'], 15],
    ['[{"a": 1}, {"a": 1, "b": [], "a": 1}]', [1, 'a'], 29],
    ['{"l": [{"m": {"a": {}, "b": {"a": 0}, "a": 0}}]}', ['l', 0, 'm', 'a'], 38],
    ['{"a": 1, "\\u0061": 2}', ['a'], 9],
    ['{"\\"": 1, "\\u0022" : 2}', ['"'], 10],
    ['{"__proto__": 1, "__proto__": {}}', ['__proto__'], 17],
    ['{"": 1, "": 1}', [''], 8],
    ['{"1": 1,\n\t"1"\n:1}', ['1'], 10],
  ])('%s', (text, path, offset) => {
    let refused: unknown;
    try {
      parseJson(text);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ message: doubledKey, path, offset });
  });

  test('and the same key in other maps, in texts and before a colon in a text is not', () => {
    const text = String.raw`{"a": {"a": "a\": 1"}, "b": [{"a": "\\"}, {"a": "\"a\":"}, ":", "a"], "c" : ":"}`;
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('100,000 maps in each other with one key twice cost memory only, and the path is cut', () => {
    const text = `${'{"a":'.repeat(100_000)}{"b":1,"b":2}${'}'.repeat(100_000)}`;
    expect(() => parseJson(text)).toThrow(
      expect.objectContaining({ message: doubledKey, path: Array(100).fill('a'), offset: 500_007 }),
    );
    const fit = `${'{"a":'.repeat(100_000)}{"b":1}${'}'.repeat(100_000)}`;
    expect(parseJson(fit)).toHaveProperty('a.a.a');
  });

  test('whatever has no key twice is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('whichever key of a map is written again, it is found', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (map, at) => {
        const keys = Object.keys(map);
        const again = keys[at % keys.length] ?? '';
        const text = `${JSON.stringify(map).slice(0, -1)},${JSON.stringify(again)}:[]}`;
        expect(() => parseJson(text)).toThrow(doubledKey);
      }),
    );
  });
});

test('line and column count from 1, and a line ends behind its sign', () => {
  const text = 'ab\n\ncd';
  expect([0, 2, 3, 5].map((offset) => lineAndColumn(text, offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 2 },
  ]);
});

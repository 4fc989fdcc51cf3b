import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isObject,
  QuerySyntaxError,
  readQueryText,
  type TextValue,
} from '../../../src/testtrack/query/query-text.ts';

/** A value as JSON.parse would give it. */
function plain(value: TextValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(value.entries.map(([key, each]) => [key, plain(each)]));
}

describe('the text of a query', () => {
  test('takes single and double quotes, for keys and values', () => {
    expect(plain(readQueryText(`{'a': "it's", "b": 'a "word"'}`))).toEqual({ a: "it's", b: 'a "word"' });
  });

  test('takes numbers, true and false without quotes', () => {
    expect(plain(readQueryText("{'a':[1, -2.5, 1e3, true,false]}"))).toEqual({
      a: [1, -2.5, 1000, true, false],
    });
  });

  test('takes escapes', () => {
    expect(readQueryText(String.raw`'a\'b\\c\"\n\u00e4\/'`)).toBe('a\'b\\c"\nä/');
  });

  test('keeps every entry of an object, also one that comes twice', () => {
    expect(readQueryText("{'a':1,'a':2}")).toEqual({
      entries: [
        ['a', 1],
        ['a', 2],
      ],
    });
  });

  test('is read as JSON.parse reads it, whenever it is JSON', () => {
    const json = fc
      .jsonValue({ maxDepth: 3, noUnicodeString: false })
      .filter((value) => !JSON.stringify(value).includes('null'));
    fc.assert(
      fc.property(json, (value) => {
        expect(plain(readQueryText(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test.each([
    ['', 1, 'a text in quotes'],
    ['{', 2, 'a field or key in quotes'],
    ['{a:1}', 2, 'a field or key in quotes'],
    ["{'a' 1}", 6, 'a colon'],
    ["{'a':1 'b':2}", 8, 'a comma'],
    ["{'a':1,}", 8, 'a field or key in quotes'],
    ['[1,]', 4, 'a text in quotes'],
    ["{'a':True}", 6, 'true, false'],
    ["{'a':null}", 6, 'true, false'],
    ["{'a':1e999}", 6, 'a number'],
    ["{'a':'b}", 6, 'ends with a single quote'],
    [String.raw`'\x'`, 3, 'an escape'],
    ["'\\u12'", 4, 'four hexadecimal digits'],
    ['{} {}', 4, 'the end of the query'],
    ['['.repeat(18), 18, 'no more than 16 levels'],
    [`'${'x'.repeat(70_000)}'`, 65_537, 'no more than 65536 characters'],
  ])('is refused with the place of the fault: %j', (text, character, expected) => {
    const attempt = () => readQueryText(text);
    expect(attempt).toThrow(QuerySyntaxError);
    expect(attempt).toThrow(expected);
    expect(attempt).toThrow(`at character ${character}`);
  });

  test('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`{}[]'":,\\u0 tfalse1-.`) }), (text) => {
        try {
          readQueryText(text);
        } catch (error) {
          expect(error).toBeInstanceOf(QuerySyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { SIMPLE_TYPES, trimBlanks } from '../../src/soap/simple-types.ts';
import type { SimpleName } from '../../src/soap/wsdl-model.ts';

const read = (name: SimpleName, text: string) => SIMPLE_TYPES[name].read(text);

describe('reading a number', () => {
  it.each([
    ['long', '0', 0],
    ['long', '-0', 0],
    ['long', '+5', 5],
    ['long', '007', 7],
    ['long', '9007199254740991', 9_007_199_254_740_991],
    ['long', '9007199254740993', 9_007_199_254_740_993n],
    ['long', '-9223372036854775808', -(2n ** 63n)],
    ['long', '0000000000000000000000000009', 9],
    ['int', '-2147483648', -2_147_483_648],
    ['short', '32767', 32_767],
    ['byte', '47', 47],
    ['double', '1e3', 1000],
    ['double', '.5', 0.5],
    ['double', '5.', 5],
    ['double', '-0', -0],
    ['double', 'INF', Number.POSITIVE_INFINITY],
    ['double', '-INF', Number.NEGATIVE_INFINITY],
    ['double', 'nan', Number.NaN],
    ['double', '1e999', Number.POSITIVE_INFINITY],
  ] as const)('an xsd:%s of %s is %s', (name, text, value) => {
    expect(read(name, text)).toEqual(value);
  });

  it.each([
    ['long', 'abc'],
    ['long', '1.0'],
    ['long', '0x10'],
    ['long', '"274"'],
    ['long', '1 2'],
    ['long', '٣'],
    ['long', '9223372036854775808'],
    ['long', '-9223372036854775809'],
    ['long', '9'.repeat(100_000)],
    ['int', '2147483648'],
    ['short', '32768'],
    ['byte', '128'],
    ['double', '1,5'],
    ['double', '0x1p3'],
    ['double', '.'],
    ['double', '1e'],
    ['double', 'Infinity'],
    ['boolean', 'True'],
    ['boolean', 'yes'],
    ['boolean', '2'],
  ] as const)('an xsd:%s cannot be %.20s', (name, text) => {
    expect(read(name, text)).toBeUndefined();
  });
});

describe('reading a day or a moment', () => {
  it.each([
    ['date', '2018-01-31', '2018-01-31'],
    ['date', '2018-01-31T09:15:00-05:00', '2018-01-31'],
    ['date', '2018-01-31Z', '2018-01-31'],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2000-02-29', '2000-02-29'],
    ['date', '9999-12-31', '9999-12-31'],
    ['dateTime', '2018-01-31T09:15:00', '2018-01-31T09:15:00'],
    ['dateTime', '2018-01-31T09:15:00-05:00', '2018-01-31T09:15:00-05:00'],
    ['dateTime', '2018-01-31T09:15:00.123Z', '2018-01-31T09:15:00.123Z'],
    ['dateTime', '2018-01-31', '2018-01-31T00:00:00'],
    ['dateTime', '2018-01-31+01:00', '2018-01-31T00:00:00+01:00'],
    // What else gSOAP's reader takes. (observed with a server built with it)
    ['dateTime', '2018-01-31T09:15:00+0200', '2018-01-31T09:15:00+02:00'],
    ['dateTime', '2018-01-31T09:15:00 -05:00', '2018-01-31T09:15:00-05:00'],
    ['dateTime', '2018-01-31 09:15:00', '2018-01-31T09:15:00'],
    ['dateTime', '2018-01-31T09:15', '2018-01-31T09:15:00'],
    ['dateTime', '2018-01-31T24:00:00Z', '2018-02-01T00:00:00Z'],
    ['dateTime', '20180131T091500Z', '2018-01-31T09:15:00Z'],
    ['dateTime', '2018-1-3T9:5:7', '2018-01-03T09:05:07'],
    ['dateTime', '2018-01-31T09:15:00.', '2018-01-31T09:15:00'],
    ['dateTime', '20180131', '2018-01-31T00:00:00'],
    ['date', '2018-1-3', '2018-01-03'],
    ['date', '2018-01-31 09:15', '2018-01-31'],
  ] as const)('an xsd:%s of %s is %s', (name, text, value) => {
    expect(read(name, text)).toBe(value);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2018-02-30',
    '2018-04-31',
    '2018-13-01',
    '2018-00-10',
    '2018-01-00',
    '0000-01-01',
    '10000-01-01',
    '-2018-01-01',
    '18-01-31',
    '31.01.2018',
    '2018-01-31T24:00:01',
    '9999-12-31T24:00:00',
    '2018-01-31T09:60:00',
    '2018-01-31T09',
    '2018-01-31T09:15:00,5',
    '2018-01-31T09:15:00 CET',
    '31 Jan 2018 09:15',
    '01/31/2018',
    '2018-01-31T09:15:00+15:00',
    '2018-01-31T09:15:00+25:00',
    `2018-01-31T09:15:00.${'1'.repeat(1000)}`,
  ])('%.30s is neither', (text) => {
    expect(read('date', text)).toBeUndefined();
    expect(read('dateTime', text)).toBeUndefined();
  });
});

describe('reading base64', () => {
  it.each([
    ['QUJD', 'ABC'],
    ['QU\r\nJD', 'ABC'],
    ['Q U I =', 'AB'],
    ['QQ==', 'A'],
    ['QQ = =', 'A'],
    ['QQ', 'A'],
  ])('%j holds %j', (text, content) => {
    expect(read('base64Binary', text)).toEqual(Buffer.from(content));
  });

  it.each(['Q', 'QUJDR', 'QQ=', 'QUI==', 'Q===', '====', 'Q*JD', 'QQ==QQ==', 'QUJD\u00a0!'])(
    '%j is none',
    (text) => {
      expect(read('base64Binary', text)).toBeUndefined();
    },
  );
});

describe('writing a value of the wrong type', () => {
  it.each([
    ['string', 5, 'expected a string, got number 5'],
    ['boolean', 'true', 'expected a boolean, got string true'],
    ['long', 1.5, 'expected a long (a safe integer or a bigint), got number 1.5'],
    ['long', 2 ** 53, 'expected a long (a safe integer or a bigint), got number 9007199254740992'],
    ['long', 2n ** 63n, 'expected a long (a safe integer or a bigint), got bigint 9223372036854775808'],
    ['int', 2 ** 31, 'expected a int, got number 2147483648'],
    ['double', '1', 'expected a number, got string 1'],
    ['base64Binary', {}, 'expected a Buffer, got an object'],
  ] as const)('%s %s is refused with what was expected', (name, value, message) => {
    expect(() => SIMPLE_TYPES[name].write(value)).toThrow(message);
  });
});

describe('writing a value', () => {
  it.each([
    ['double', 0.1, '0.1'],
    ['double', 1e21, '1e+21'],
    ['double', Number.NEGATIVE_INFINITY, '-INF'],
    ['long', -(2n ** 63n), '-9223372036854775808'],
    ['boolean', false, 'false'],
    ['string', ' a\tb ', ' a\tb '],
    ['string', 'a\r\nb', 'a&#xD;&#xA;b'],
    ['string', ']]> & <b> "q"', ']]&gt; &amp; &lt;b&gt; "q"'],
    ['string', 'a\u0000b\u001f\ud800c\uffff', 'a\ufffdb\ufffd\ufffdc\ufffd'],
    ['string', 'ä😀', 'ä😀'],
  ] as const)('%s %s becomes %s', (name, value, text) => {
    expect(SIMPLE_TYPES[name].write(value)).toBe(text);
  });
});

it('only the four blanks of XML are trimmed', () => {
  expect(trimBlanks(' \t\r\n5\n')).toBe('5');
  expect(trimBlanks('\u00a05')).toBe('\u00a05');
  expect(trimBlanks('  ')).toBe('');
});

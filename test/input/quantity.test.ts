import { describe, expect, test } from 'vitest';
import { parseCount, parseDuration, parseSize } from '../../src/input/quantity.ts';

describe('a size', () => {
  test.each([
    ['10MB', 10 * 1024 * 1024],
    ['64 kB', 65_536],
    ['1.5 KiB', 1536],
    ['1GB', 1024 ** 3],
    ['512', 512],
    [' 7 b ', 7],
  ])('%s is read', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['10MBB', 'NaN', '-1', '0', '', 'MB', '1e9', '10 XB', '1,5MB', '99999999999999999GB'])(
    '"%s" is refused with the way to write it',
    (text) => {
      expect(() => parseSize(text)).toThrow(
        `"${text}" is not a size. Write a number with B, kB, MB or GB, such as 10MB.`,
      );
    },
  );
});

describe('a length of time', () => {
  test.each([
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['500ms', 500],
    ['2d', 172_800_000],
    ['0.5s', 500],
    ['0s', 0],
  ])('%s is read', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['10', '15 minutes', '-15m', 'm', '', 'Infinity', '99999999d', '1h30'])(
    '"%s" is refused',
    (text) => {
      expect(() => parseDuration(text)).toThrow(`"${text}" is not a length of time.`);
    },
  );
});

test.each(['0', '-3', '1.5', 'many', '', '1e3', '12345678901234567'])('the count "%s" is refused', (text) => {
  expect(() => parseCount(text)).toThrow('Write a whole number above zero.');
});

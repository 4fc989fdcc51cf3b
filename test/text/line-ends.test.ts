import { expect, test } from 'vitest';
import { withoutLastLineEnds } from '../../src/text/line-ends.ts';

test.each([
  ['', ''],
  ['\n', ''],
  ['a', 'a'],
  ['a\r\n\r\n', 'a'],
  ['\r\na\nb\r', '\r\na\nb'],
  ['a \n', 'a '],
])('%j ends without its line ends as %j', (text, without) => {
  expect(withoutLastLineEnds(text)).toBe(without);
});

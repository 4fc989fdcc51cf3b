import { expect, test } from 'vitest';
import { hintHeader } from '../../src/http/hint.ts';

test('a hint becomes one line of ASCII', () => {
  expect(hintHeader('Müller\r\nSet-Cookie: x\t… “no” 漢')).toBe('Muller Set-Cookie: x ... ?no? ?');
});

test('a long hint is cut at 1,000 characters', () => {
  const header = hintHeader('x'.repeat(5000));
  expect(header).toHaveLength(1000);
  expect(header.endsWith('...')).toBe(true);
});

test('control characters cannot leave the header', () => {
  expect(hintHeader('a\u0000b\u0007c\u007fd\u2028e')).toMatch(/^[\x20-\x7e]+$/);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameFrom } from '../../../src/testtrack/rules/file-names.ts';

test.each([
  ['Open defects', 'Open_defects'],
  ['Größe & Gewicht', 'Gro_e_Gewicht'],
  ['../../etc/passwd', 'etc_passwd'],
  ['a "b" <c>', 'a_b_c'],
  ['日本', 'fallback'],
  ['', 'fallback'],
  ['---', 'fallback'],
])('"%s" becomes a file called %s', (name, expected) => {
  expect(fileNameFrom(name, 'fallback')).toBe(expected);
});

test('whatever a thing is called, its file has a name that needs no escaping anywhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      expect(fileNameFrom(name, 'fallback')).toMatch(/^[\w-]{1,100}$/);
    }),
  );
});

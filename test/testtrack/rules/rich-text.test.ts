import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  containsFormatting,
  isBlank,
  noText,
  plainText,
  readText,
  withImages,
  writeText,
} from '../../../src/testtrack/rules/rich-text.ts';
import { fileContent } from '../../../src/world/file-content.ts';

const image = (recordId: number, fileName: string) => ({
  recordId,
  fileName,
  archiveName: `0000000${recordId}.dat`,
  type: 'Standard',
  scriptOrder: 0,
  scriptState: '',
  createdAt: 0,
  modifiedAt: 0,
  content: fileContent(Buffer.from(fileName)),
});

test('until HTML is written, the library for it is not loaded', () => {
  const loaded = () =>
    Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('sanitize-html'));
  writeText(plainText('a'), 'a < b\r\n& c', true);
  readText(plainText('<b>'), true);
  expect(loaded()).toBe(false);
  writeText(noText, '<b>a</b>', true);
  expect(loaded()).toBe(true);
});

test('text without tags comes back to the letter in both modes, and is the same record when nothing changed', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, formatted) => {
      const stored = writeText(noText, text, false);
      expect(readText(stored, false)).toBe(text);
      expect(writeText(stored, readText(stored, formatted), formatted)).toBe(stored);
    }),
  );
});

test('what one formatted session wrote is plain text without any tags to the others', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('<p>', '</p>', '<br>', '<b>', '<script>', '<!--', '&lt;', '"'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const stored = writeText(noText, pieces.join(''), true);
      expect(stored.html ?? '').not.toMatch(/<script|<!--/i);
      expect(writeText(stored, readText(stored, true), true)).toBe(stored);
    }),
  );
});

test('a picture alone is no empty text, and it is formatting', () => {
  const pictured = withImages(noText, [image(1, 'a.png')]);
  expect(isBlank(noText)).toBe(true);
  expect(isBlank(pictured)).toBe(false);
  expect(containsFormatting(pictured)).toBe(true);
  expect(readText(pictured, true)).toBe('<p><img src="00000001.dat" /></p>');
});

test('a picture that is called like the archive name of another one does not take its place', () => {
  const html = '<p><img src="00000001.dat" /></p>';
  const text = withImages({ text: '', html, images: [] }, [image(1, 'a.png'), image(2, '00000001.dat')]);
  expect(text.html).toBe(html);
});

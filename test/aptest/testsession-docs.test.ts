import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { page, testSessionPage } from '../../scripts/testsession-docs.ts';

test('docs/testsession.md names every method of the manual, and is up to date', () => {
  expect(readFileSync(page, 'utf8')).toBe(testSessionPage());
});

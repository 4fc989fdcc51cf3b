import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverageFile, coveragePage } from '../../scripts/coverage.ts';

test('docs/coverage.md is up to date; `npm run coverage` writes it', () => {
  expect(readFileSync(coverageFile, 'utf8')).toBe(coveragePage());
});

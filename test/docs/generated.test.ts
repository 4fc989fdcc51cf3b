import { expect, test } from 'vitest';
import { generators, isStale } from '../../scripts/generate.ts';

test.each(Object.keys(generators))('%s is up to date; `npm run generate` writes it', async (file) => {
  expect(await isStale(file)).toBe(false);
});

test('a file that nothing generates is refused with the names of those that are', async () => {
  await expect(isStale('docs/testing.md')).rejects.toThrow(
    /^Nothing generates docs\/testing\.md\. There are: src\/testtrack\/model\/operation-types\.generated\.ts, /,
  );
});

import { defineConfig } from 'vitest/config';

/** For samples: test files that are meant to fail. */
export default defineConfig({
  test: { root: import.meta.dirname, testTimeout: 60_000, include: ['*.sample.ts'] },
});

import { defineConfig } from 'vitest/config';

// The interop and limits suites have scripts of their own: they need foreign clients or more time.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**'],
    testTimeout: 20_000,
    pool: 'threads',
  },
});

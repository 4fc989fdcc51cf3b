import { defineConfig } from 'vitest/config';

// Foreign programs are started and some are compiled first: two files at a time, and time enough.
export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    globalSetup: ['test/interop/packages.ts', 'test/interop/executable.ts'],
    reporters: ['default', './test/interop/table-reporter.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});

import { defineConfig } from 'vitest/config';

/** Suites that end processes, wait for limits, start vitest in vitest, or run everything known against a server. */
const long = [
  'test/package/**/*.test.ts',
  'test/limits/**/*.test.ts',
  'test/vitest/**/*.test.ts',
  'test/contract-suite/**/*.test.ts',
];

/** Files that look at which modules are loaded, or replace one: they have a module graph of their own. */
const apart = [
  'test/control/guard.test.ts',
  'test/real/full-disk.test.ts',
  'test/testtrack/rules/rich-text.test.ts',
];

/** Files that measure processor time: each in a process of its own, whose time is all theirs. */
const measured = ['test/cost/**/*.test.ts'];

/**
 * Most files of one worker share one module graph, because importing the twin takes longer than most tests do. So a
 * test leaves nothing behind in a module, in process.env or on a port; one that has to is named in `apart`.
 * The interop suite has a configuration of its own: it needs foreign clients.
 */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'threads',
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: ['test/interop/**', ...long, ...apart, ...measured],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'apart', include: apart } },
      { extends: true, test: { name: 'long', include: long } },
      { extends: true, test: { name: 'cost', include: measured, pool: 'forks', testTimeout: 120_000 } },
    ],
  },
});

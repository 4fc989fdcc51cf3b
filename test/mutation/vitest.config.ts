import { defineConfig } from 'vitest/config';
import { parts } from './parts.ts';

/** The tests of one part, which the mutation run names in its environment. */
export default defineConfig({
  test: {
    include: [...(parts[process.env.MUTATION_PART ?? '']?.tests ?? [])],
    testTimeout: 60_000,
    isolate: false,
  },
});

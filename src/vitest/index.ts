/** Twintrack for vitest: a twin for each test file, a world of its own for each test. */
export { type TwinFixtures, type TwinTestOptions, twinTest } from './twin-test.ts';

import { testConfigFamily } from '../families/test-config.ts';
import { recordLifecycle } from '../family/lifecycle.ts';
import type { Operations } from './operation.ts';

/** Test configurations. */
export const testConfigOperations = {
  ...recordLifecycle('TestConfig', testConfigFamily),
} satisfies Partial<Operations>;

import { testConfigFamily } from '../kinds/test-config.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import type { Operations } from '../operation.ts';

/** Test configurations. */
export const testConfigOperations = {
  // getTestConfig, getTestConfigByRecordID, addTestConfig, editTestConfig, editTestConfigByRecordID,
  // saveTestConfig, cancelSaveTestConfig, deleteTestConfig, deleteTestConfigByRecordID
  ...recordLifecycle('TestConfig', testConfigFamily),
} satisfies Partial<Operations>;

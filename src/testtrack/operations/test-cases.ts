import { testCaseFamily } from '../kinds/test-case.ts';
import { recordLifecycle } from '../lifecycle/lifecycle.ts';
import { variantTypes } from '../model/test-case-record.ts';
import { area, documented, type Operations, operation } from '../operation.ts';

/** Test cases. */
export const testCaseOperations = {
  // getTestCase, getTestCaseByRecordID, addTestCase, editTestCase, editTestCaseByRecordID, saveTestCase,
  // cancelSaveTestCase, deleteTestCase, deleteTestCaseByRecordID
  ...recordLifecycle('TestCase', testCaseFamily),

  getTestVariantTypes: operation({
    needs: [area('TestTrack TCM')],
    evidence: documented('lists Included, Excluded, Generated and Additional'),
    run: () => variantTypes,
  }),
} satisfies Partial<Operations>;

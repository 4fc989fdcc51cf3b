import type { ItemRecord, RichText } from './item-record.ts';
import type { TestContents } from './test-case-record.ts';

/** A test run, "manual test run" in the product's newer words: one performance of a test case. */
export interface TestRunRecord extends ItemRecord, TestContents {
  /** The case it was generated from; both stay when that case is deleted. [inferred] */
  readonly testCaseId: number;
  readonly testCaseNumber: number;
  readonly runSet: string;
  readonly stepsMode: string;
  readonly problemStatement: RichText;
}

import type { ItemRecord, StoredAttachment } from './item-record.ts';

/** What the values of a variant are to a test case. [documented: the four that `getTestVariantTypes` lists] */
export const variantTypes = ['Included', 'Excluded', 'Generated', 'Additional'] as const;
export type VariantType = (typeof variantTypes)[number];

/** Something a test is run in several forms of, such as the operating system. Its values are a drop-down list. */
export interface TestVariantRecord {
  readonly recordId: number;
  readonly name: string;
}

/** Values of one variant at a test case or run. */
export interface VariantValues {
  /** The record ID of the variant. */
  readonly variantId: number;
  readonly type: VariantType;
  readonly values: readonly string[];
}

/** What a test case and the runs made from it have in common. */
export interface TestContents {
  readonly type: string;
  readonly isAutomated: boolean;
  /** As it was written, such as `20 minutes`. */
  readonly estimatedTime: string;
  /** Lines with markup codes, exactly as they were sent. */
  readonly steps: string;
  readonly variants: readonly VariantValues[];
  readonly attachments: readonly StoredAttachment[];
}

/** A test case: what is to be tested, and how. */
export interface TestCaseRecord extends ItemRecord, TestContents {
  /** The steps mode that its runs start in. */
  readonly runStepsMode: string;
}

import type { Day, ItemRecord, RichText, StoredAttachment, UserRef } from './item-record.ts';

/** One person's report of a defect. A defect has at least one; the first holds its description. */
export interface ReportedBy {
  readonly recordId: number;
  readonly foundBy: UserRef;
  readonly dateFound: Day;
  readonly contactInfo: string;
  readonly foundInVersion: string;
  readonly description: RichText;
  readonly reproduced: string;
  readonly stepsToReproduce: RichText;
  /** The record ID of the test configuration it was found on; 0 for none. */
  readonly testConfigId: number;
  readonly otherEnvironment: RichText;
  readonly testConfigType: number;
  readonly attachments: readonly StoredAttachment[];
  readonly showOrder: number;
}

/** A defect, "issue" in the product's newer words. */
export interface DefectRecord extends ItemRecord {
  readonly disposition: string;
  readonly type: string;
  readonly priority: string;
  readonly product: string;
  readonly component: string;
  readonly reference: string;
  readonly severity: string;
  readonly enteredBy: UserRef;
  readonly dateEntered: Day;
  readonly workaround: RichText;
  readonly reportedBy: readonly ReportedBy[];
}

import type { Day, ItemRecord, RichText, Stamp, StoredAttachment, UserRef } from './item-record.ts';

/** One saved state of a requirement: 1 when it was added, one more with every change. */
export interface VersionStamp extends Stamp {
  readonly number: number;
}

/** A requirement. */
export interface RequirementRecord extends ItemRecord {
  /** One of the project's requirement types; with the number it makes the tag. */
  readonly type: string;
  readonly enteredBy: UserRef;
  readonly dateEntered: Day;
  readonly importance: string;
  readonly description: RichText;
  readonly attachments: readonly StoredAttachment[];
  /** Oldest first; the last is this one. */
  readonly versions: readonly VersionStamp[];
}

import type { ItemRecord, RichText, Stamp, StoredAttachment } from './item-record.ts';
import type { RequirementRecord } from './requirement-record.ts';

/** A document made of requirements; `summary` holds its name. Which requirements are in it is a table of its own. */
export interface RequirementDocumentRecord extends ItemRecord {
  readonly description: RichText;
  readonly attachments: readonly StoredAttachment[];
}

/** A requirement's place in a document. A requirement is at most once in a document, and can be in several. */
export interface DocumentNode {
  readonly documentId: number;
  readonly requirementId: number;
  /** The requirement it stands under; 0 at the top of the document. */
  readonly parentId: number;
  /**
   * Orders the requirements under one parent, compared number by number from the left. What moves up when its parent
   * is deleted gets the parent's place with its own behind it, and so stands exactly where the parent stood.
   */
  readonly place: readonly number[];
}

/** A requirement in a snapshot, as it was at that moment. */
export interface SnapshotEntry {
  readonly parentId: number;
  readonly requirement: RequirementRecord;
}

/** A document as it was at one moment. Never changed once it is made. */
export interface SnapshotRecord {
  readonly documentId: number;
  /** 1 for the first of a document. */
  readonly version: number;
  readonly label: string;
  readonly comment: string;
  readonly created: Stamp;
  readonly document: RequirementDocumentRecord;
  /** In document order: a parent comes before what stands under it. */
  readonly entries: readonly SnapshotEntry[];
}

import type { FileContent } from '../../world/file-content.ts';
import type { Instant } from '../../world/instant.ts';
import type { Long } from './operation-types.generated.ts';

/** A user by record ID; 0 where none is set. */
export type UserRef = number;

/** A calendar day, `YYYY-MM-DD`; empty where none is set. */
export type Day = string;

/** A file at an item, an event or a text. */
export interface StoredAttachment {
  readonly recordId: number;
  readonly fileName: string;
  /** The name it is stored under on the server; unique in the project. */
  readonly archiveName: string;
  /** `Standard`, `Script` or `Run Result`. */
  readonly type: string;
  readonly scriptOrder: Long;
  readonly scriptState: string;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly content: FileContent;
}

/** A multi-line text: as plain text always, as HTML too when it was written with formatting. */
export interface RichText {
  readonly text: string;
  readonly html: string | undefined;
  readonly images: readonly StoredAttachment[];
}

/** The value of a custom field; which of these it is follows from the field's type. */
export type CustomValue =
  | string
  | number
  | boolean
  | RichText
  | readonly string[]
  | { readonly amount: number; readonly unit: string };

/** The custom values of an item or event by field name. A field without a value is not listed. */
export type CustomValues = Readonly<Record<string, CustomValue>>;

/** Something that happened to an item: what moves it through its workflow. */
export interface WorkflowEvent {
  readonly recordId: number;
  readonly name: string;
  readonly user: UserRef;
  readonly at: Instant;
  readonly notes: string;
  /** Orders events of the same moment that were added in one save. */
  readonly order: number;
  /** The event that this one answers; 0 for none. */
  readonly parentEventId: Long;
  readonly attachments: readonly StoredAttachment[];
  readonly fields: CustomValues;
  /** The state the item had after this event; undefined when the event leaves the state alone. */
  readonly resultingState: string | undefined;
  readonly hours: number;
  readonly assignedTo: readonly UserRef[];
  readonly releaseNotesVersion: string;
  /** `User`, or how the server came to enter it. [documented: Multiple User Assignment, Auto Assignment, Auto Escalation] */
  readonly generatedType: string;
  /** Whose rule it was, for an event of an assignment or escalation rule. */
  readonly generatedBy: string;
  /** Who overrode the workflow with it; 0 for nobody. */
  readonly overrideUser: UserRef;
  readonly marksSuspect: boolean;
}

/** A file under source control that an item names. */
export interface SourceFile {
  readonly recordId: number;
  readonly fileName: string;
  readonly fixedRevision: string;
  readonly fixedAt: Instant | undefined;
  readonly type: string;
  readonly scriptOrder: Long;
  readonly scriptState: string;
}

/** Who did something, and when. */
export interface Stamp {
  readonly at: Instant;
  readonly by: UserRef;
}

/** What every item with a workflow has. */
export interface ItemRecord {
  readonly recordId: number;
  /** 0 in a project that does not number its items. */
  readonly number: number;
  readonly summary: string;
  /** Follows from the events; kept beside them so that nobody has to derive it again. */
  readonly state: string;
  /** Follows from the events as well: who the last assignment names. */
  readonly assignedTo: readonly UserRef[];
  readonly events: readonly WorkflowEvent[];
  readonly customValues: CustomValues;
  readonly sourceFiles: readonly SourceFile[];
  readonly created: Stamp;
  readonly modified: Stamp;
  readonly addedFrom: string;
  readonly storyPoints: Long;
  readonly percentDone: Long;
}

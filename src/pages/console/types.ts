import type { z } from 'zod';
import type * as answers from '../../control/answer-schemas.ts';
import type * as testTrack from '../../control/testtrack-schemas.ts';

// What the control routes answer, from the schemas that they are checked by.

export type CallShown = z.output<typeof answers.journalEntrySchema> & { readonly isShortened?: boolean };
export type ClockShown = z.output<typeof answers.clockStateSchema>;
export type DueShown = z.output<typeof answers.dueSchema>;
export type WorldShown = z.output<typeof answers.worldSchema>;
export type RuleShown = z.output<typeof answers.shownRuleSchema>;
export type SnapshotShown = z.output<typeof answers.snapshotSchema>;
export type Differences = z.output<typeof answers.differenceReportSchema>;
export type ProjectShown = z.output<typeof testTrack.projectSummarySchema>;
export type TableShown = z.output<typeof testTrack.tableDescriptionSchema>;
export type RecordsShown = z.output<typeof testTrack.recordPageSchema>;
export type RecordShown = z.output<typeof testTrack.recordDetailSchema>;
export type LockShown = z.output<typeof testTrack.shownLockSchema>;
export type LoginShown = z.output<typeof testTrack.shownSessionSchema>;
export type LicenceShown = z.output<typeof testTrack.shownLicenceSchema>;

export interface SuiteShown {
  readonly name: string;
  readonly description: string;
  readonly tests: number;
  readonly sets: number;
  readonly sessions: number;
  readonly untested: string;
  readonly results: readonly {
    readonly code: string;
    readonly description: string;
    readonly colour: string;
  }[];
}

export interface RunShown {
  readonly number: number;
  readonly written: string;
  readonly name: string;
  readonly set: string;
  readonly user: string;
  readonly isLocked: boolean;
  readonly tests: number;
  readonly counts: readonly { readonly code: string; readonly tests: number }[];
}

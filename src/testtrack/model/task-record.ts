import type { Day, UserRef } from './item-record.ts';
import type { Long } from './operation-types.generated.ts';

/** What a task can be. [documented] */
export const taskStatuses = ['Open', 'Done'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** A task of the Workbook. */
export interface TaskRecord {
  readonly recordId: number;
  readonly status: TaskStatus;
  readonly priority: string;
  readonly summary: string;
  readonly description: string;
  readonly dateDue: Day;
  readonly dateAssigned: Day;
  /** The version it is needed by. */
  readonly versionDue: string;
  readonly assignee: UserRef;
  readonly assigner: UserRef;
  /** The record ID of the defect it is about; 0 for none. */
  readonly defectId: Long;
}

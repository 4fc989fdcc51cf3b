import type { HeadPatch, RunHead } from '../model/run-head.ts';
import type { TestRun } from '../model/test-run.ts';
import { own, type Seconds, tallied } from '../model/value.ts';

/** A result about to be written. */
export interface RecordedResult {
  readonly tid: number;
  readonly code: string;
  readonly when: Seconds;
  readonly user: string;
}

/**
 * What a result changes in the head: the counts move from the old code to the new one, and the actual dates are
 * set by the first result and by the one that leaves nothing untested (that they exist is documented, the moment
 * is inferred).
 */
export function headAfterResult(
  head: RunHead,
  {
    before,
    recorded,
    untestedCode,
  }: { readonly before: TestRun; readonly recorded: RecordedResult; readonly untestedCode: string },
): HeadPatch {
  const results =
    before.result === recorded.code
      ? head.results
      : tallied(tallied(head.results, before.result, -1), recorded.code, 1);
  const isStart = head.startdateactual === undefined && recorded.code !== untestedCode;
  const isEnd = head.enddateactual === undefined && (own(results, untestedCode) ?? 0) === 0;
  return {
    results,
    lastTest: recorded.tid,
    ...(isStart ? { startdateactual: recorded.when } : {}),
    ...(isEnd ? { enddateactual: recorded.when } : {}),
  };
}

/** What a change of assignees changes in the head. */
export function headAfterAssignment(
  head: RunHead,
  before: readonly string[],
  after: readonly string[],
): HeadPatch {
  let { assignees } = head;
  for (const user of before) assignees = tallied(assignees, user, -1);
  for (const user of after) assignees = tallied(assignees, user, 1);
  return { assignees };
}

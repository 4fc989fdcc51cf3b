import type { RunHead } from '../model/run-head.ts';
import { own } from '../model/value.ts';

/** How far a session is; the meanings are documented, the formulas inferred from them. */
const progressFilters = {
  run: (_tests, untested) => untested === 0,
  needit: (_tests, untested) => untested > 0,
  some: (tests, untested) => untested < tests,
  partial: (tests, untested) => untested > 0 && untested < tests,
  notrun: (tests, untested) => untested === tests,
} as const satisfies Record<string, (tests: number, untested: number) => boolean>;

export type Progress = keyof typeof progressFilters;

export const progressNames = Object.keys(progressFilters) as Progress[];

/** Whether a session is in a state that the `status` filter asks for. */
export function hasProgress(head: RunHead, untestedCode: string, wanted: Progress): boolean {
  return progressFilters[wanted](head.numtests, own(head.results, untestedCode) ?? 0);
}

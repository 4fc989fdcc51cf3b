import type { Check, CheckNeed } from './check.ts';

export type ApiName = 'TestTrack' | 'ApTest';

/** What became of a check. */
export type CheckOutcome =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'differs'; readonly what: string; readonly expected: string; readonly got: string }
  /** It could not be made to the end: the server went away, or gave nothing that can be read. */
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'skipped'; readonly reason: string };

export interface CheckReport {
  readonly api: ApiName;
  readonly area: string;
  readonly name: string;
  readonly evidence: Check<never>['evidence'];
  readonly needs: readonly CheckNeed[];
  readonly outcome: CheckOutcome;
  readonly milliseconds: number;
  /** What could not be cleaned up after it. */
  readonly leftBehind: readonly string[];
}

/** What was found out about a server. */
export interface SuiteReport {
  /** What was looked at, for the heading. */
  readonly targets: readonly { readonly api: ApiName; readonly url: string; readonly place: string }[];
  /** What everything that was made begins with. */
  readonly label: string;
  /** When it began, in ISO 8601. */
  readonly startedAt: string;
  readonly checks: readonly CheckReport[];
}

/** How many checks came out each way. */
export function countsOf({ checks }: SuiteReport): Readonly<Record<CheckOutcome['kind'], number>> {
  const count = (kind: CheckOutcome['kind']) => checks.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    agrees: count('agrees'),
    differs: count('differs'),
    broken: count('broken'),
    skipped: count('skipped'),
  };
}

/** Whether the server does as the twin, as far as it was looked at, and nothing was left behind. */
export function isClean(report: SuiteReport): boolean {
  const { differs, broken } = countsOf(report);
  return differs === 0 && broken === 0 && report.checks.every(({ leftBehind }) => leftBehind.length === 0);
}

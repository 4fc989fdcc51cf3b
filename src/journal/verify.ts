import { plainValue, shortText } from '../text/plain-value.ts';
import { type EntryContext, entryLine, type JournalEntry, shownEntry } from './entry.ts';
import { type Bounds, boundsOf, boundsText, type ExpectedCall, type Verification } from './expectation.ts';
import type { Recorded, RecordedCall } from './journal.ts';
import { type FieldMismatch, type Match, matchOf, mismatchLine } from './match.ts';

/** A call that came near to what was expected. */
export interface NearCall {
  readonly entry: JournalEntry;
  readonly mismatches: readonly FieldMismatch[];
}

/** One expectation that the journal does not confirm. */
export interface VerificationFailure {
  /** Which of the expected calls, from 0. */
  readonly index: number;
  /** What was expected and what was there, as one sentence. */
  readonly problem: string;
  readonly found: number;
  /** Where too few were found: the calls with the most fitting fields. Where too many: those that were found. */
  readonly nearest: readonly NearCall[];
}

export interface VerificationResult {
  readonly isVerified: boolean;
  /** How many calls fit each expectation. */
  readonly found: readonly number[];
  readonly failures: readonly VerificationFailure[];
  /** All of it as text for a human; empty when everything was as expected. */
  readonly report: string;
}

const mostNearest = 3;
const mostFound = 5;

/** Checks what was expected against what is in the journal. */
export function verified(
  entries: readonly Recorded[],
  verification: Verification,
  context: EntryContext,
): VerificationResult {
  const calls = entries.filter((entry): entry is RecordedCall => entry.kind === 'call');
  const matches = verification.calls.map((expected) => calls.map((call) => matchOf(expected, call)));
  const counts = matches.map((each) => each.filter(isFitting).length);
  const failures = verification.calls.flatMap((expected, index): VerificationFailure[] => {
    const [found = 0, all = [], bounds] = [counts[index], matches[index], boundsOf(expected, verification)];
    if (found >= bounds.least && found <= bounds.most) return [];
    const problem = `${expectedText(expected)}: expected ${boundsText(bounds)}, found ${found}.`;
    const near = found > bounds.most ? all.filter(isFitting).slice(-mostFound) : nearest(all);
    return [{ index, problem, found, nearest: near.map((match) => nearCall(match, context)) }];
  });
  if (verification.inOrder && failures.length === 0) {
    failures.push(...outOfOrder(verification, matches, context));
  }
  return {
    isVerified: failures.length === 0,
    found: counts,
    failures,
    report: reportOf(failures, calls.length),
  };
}

const isFitting = ({ mismatches }: Match): boolean => mismatches.length === 0;

/** Those with the most fitting fields; of equal ones those with fewer differences, then the latest. */
function nearest(matches: readonly Match[]): Match[] {
  return matches
    .filter((match) => match.fitting > 0 && !isFitting(match))
    .sort(
      (a, b) => b.fitting - a.fitting || a.mismatches.length - b.mismatches.length || b.call.id - a.call.id,
    )
    .slice(0, mostNearest);
}

function nearCall({ call, mismatches }: Match, context: EntryContext): NearCall {
  return { entry: shownEntry(call, context), mismatches };
}

/** Walks through the journal once, taking for each expectation the first calls that fit after those before. */
function outOfOrder(
  verification: Verification,
  matches: readonly (readonly Match[])[],
  context: EntryContext,
): VerificationFailure[] {
  let after = 0;
  let before = 'the beginning';
  for (const [index, expected] of verification.calls.entries()) {
    const { least }: Bounds = boundsOf(expected, verification);
    const all = (matches[index] ?? []).filter(isFitting);
    const taken = all.filter(({ call }) => call.id > after).slice(0, least);
    if (taken.length < least) {
      const early = all.filter(({ call }) => call.id <= after).slice(-mostFound);
      return [
        {
          index,
          problem: `${expectedText(expected)}: expected after ${before}, found ${taken.length === 0 ? 'only before it' : `${taken.length} of ${least} after it`}.`,
          found: taken.length,
          nearest: early.map((match) => nearCall(match, context)),
        },
      ];
    }
    const last = taken.at(-1);
    if (!last) continue;
    after = last.call.id;
    before = `#${after} ${last.call.call.name}`;
  }
  return [];
}

function expectedText({ operation = 'a call', user, project, suite, fault, where }: ExpectedCall): string {
  const parts = [operation];
  if (user !== undefined) parts.push(`by ${user}`);
  if (project !== undefined) parts.push(`in project "${project}"`);
  if (suite !== undefined) parts.push(`in suite "${suite}"`);
  if (fault === false) parts.push('without a fault');
  else if (fault !== undefined)
    parts.push(fault === true ? 'with a fault' : `with fault ${shortText(fault)}`);
  if (where !== undefined) parts.push(`where ${shortText(plainValue(where), 200)}`);
  return parts.join(' ');
}

function reportOf(failures: readonly VerificationFailure[], count: number): string {
  if (failures.length === 0) return '';
  const lines = [
    `The journal does not show what was expected (${count} ${count === 1 ? 'call' : 'calls'} in it).`,
  ];
  for (const { index, problem, nearest: near } of failures) {
    lines.push('', `${index + 1}. ${problem}`);
    if (near.length > 0)
      lines.push(near.some(({ mismatches }) => mismatches.length > 0) ? '   Nearest calls:' : '   Found:');
    for (const { entry, mismatches } of near) {
      lines.push(`   ${entryLine(entry)}`);
      for (const mismatch of mismatches) lines.push(`       ${mismatchLine(mismatch)}`);
    }
  }
  return lines.join('\n');
}

import type { Steps } from '../answers/steps.ts';
import { plainValue, shortText } from '../text/plain-value.ts';
import { type EntryContext, entryLine, type JournalEntry, shownEntry } from './entry.ts';
import { type Bounds, boundsOf, boundsText, type ExpectedCall, type Verification } from './expectation.ts';
import type { Recorded, RecordedCall } from './journal.ts';
import { type FieldMismatch, type Match, matchOf, mismatchesOf, mismatchLine, plainInputs } from './match.ts';

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

/**
 * Checks what was expected against what is in the journal. Each expectation is compared with each call, which takes
 * long where there are many of both: a step is one comparison.
 */
export function* verifying(
  entries: readonly Recorded[],
  verification: Verification,
  context: EntryContext,
): Steps<VerificationResult> {
  const { since = 0 } = verification;
  const calls = entries.filter((entry): entry is RecordedCall => entry.kind === 'call' && entry.id > since);
  const compared = new Comparisons(context);
  const fitting: RecordedCall[][] = [];
  const failures: VerificationFailure[] = [];
  for (const [index, expected] of verification.calls.entries()) {
    const { fits, nearest } = yield* compared.with(calls, expected);
    fitting.push(fits);
    const bounds = boundsOf(expected, verification);
    const found = fits.length;
    if (found >= bounds.least && found <= bounds.most) continue;
    const problem = `${expectedText(expected)}: expected ${boundsText(bounds)}, found ${found}.`;
    const near = found > bounds.most ? fits.slice(-mostFound) : nearest;
    failures.push({ index, problem, found, nearest: compared.shown(expected, near) });
  }
  if (verification.inOrder && failures.length === 0) {
    failures.push(...outOfOrder(verification, fitting, compared));
  }
  return {
    isVerified: failures.length === 0,
    found: fitting.map(({ length }) => length),
    failures,
    report: reportOf(failures, calls.length),
  };
}

/** Compares calls with expectations, and remembers what it made of each call for the next one. */
class Comparisons {
  private readonly inputOf = plainInputs();
  private readonly entries = new Map<RecordedCall, JournalEntry>();

  constructor(private readonly context: EntryContext) {}

  /** The calls that fit, and of the others those that come nearest. */
  *with(
    calls: readonly RecordedCall[],
    expected: ExpectedCall,
  ): Steps<{ readonly fits: RecordedCall[]; readonly nearest: readonly RecordedCall[] }> {
    const fits: RecordedCall[] = [];
    const others: Match[] = [];
    for (const call of calls) {
      const match = matchOf(expected, call, this.inputOf);
      if (match.missing === 0) fits.push(call);
      else if (match.fitting > 0) others.push(match);
      yield;
    }
    others.sort(byNearness);
    return { fits, nearest: others.slice(0, mostNearest).map(({ call }) => call) };
  }

  shown(expected: ExpectedCall, calls: readonly RecordedCall[]): NearCall[] {
    return calls.map((call) => ({
      entry: this.entryOf(call),
      mismatches: mismatchesOf(expected, call, this.inputOf),
    }));
  }

  private entryOf(call: RecordedCall): JournalEntry {
    const known = this.entries.get(call) ?? shownEntry(call, this.context);
    this.entries.set(call, known);
    return known;
  }
}

/** Those with the most fitting fields; of equal ones those with fewer differences, then the latest. */
function byNearness(a: Match, b: Match): number {
  return b.fitting - a.fitting || a.missing - b.missing || b.call.id - a.call.id;
}

/** Walks through the journal once, taking for each expectation the first calls that fit after those before. */
function outOfOrder(
  verification: Verification,
  fitting: readonly (readonly RecordedCall[])[],
  compared: Comparisons,
): VerificationFailure[] {
  let after = 0;
  let before = 'the beginning';
  for (const [index, expected] of verification.calls.entries()) {
    const { least }: Bounds = boundsOf(expected, verification);
    const all = fitting[index] ?? [];
    const taken = all.filter(({ id }) => id > after).slice(0, least);
    if (taken.length < least) {
      const early = all.filter(({ id }) => id <= after).slice(-mostFound);
      return [
        {
          index,
          problem: `${expectedText(expected)}: expected after ${before}, found ${taken.length === 0 ? 'only before it' : `${taken.length} of ${least} after it`}.`,
          found: taken.length,
          nearest: compared.shown(expected, early),
        },
      ];
    }
    const last = taken.at(-1);
    if (!last) continue;
    after = last.id;
    before = `#${after} ${last.call.name}`;
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

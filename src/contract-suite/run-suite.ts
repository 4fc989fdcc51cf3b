import {
  ApTestApiError,
  ApTestConnectionError,
  TestTrackApiError,
  TestTrackClient,
  TestTrackConnectionError,
} from '../client/index.ts';
import { apTestChecks, testTrackChecks } from './all-checks.ts';
import { ApTestBench, type ApTestTarget } from './aptest-bench.ts';
import { type Check, type CheckGroup, type CheckNeed, DifferenceError, SkippedError } from './check.ts';
import { Cleanup } from './cleanup.ts';
import { faultText } from './expectations.ts';
import type { ApiName, CheckOutcome, CheckReport, SuiteReport } from './report.ts';
import { TestTrackBench, type TestTrackTarget } from './testtrack-bench.ts';

/** What to look at, and what may be done there. */
export interface SuiteOptions {
  readonly testTrack?: TestTrackTarget;
  readonly apTest?: ApTestTarget;
  /** What of the needs is there; the reason for each that is not is said in the report. */
  readonly allowed: ReadonlySet<CheckNeed>;
  /** Only checks whose area or name holds this text, in any letter case. */
  readonly only?: string;
  readonly label: string;
  readonly startedAt: string;
  /** Milliseconds on a clock that only goes forward. */
  readonly stopwatch: () => number;
  /** Told of each check as it ends. */
  readonly onCheck?: (report: CheckReport) => void;
}

/** Why a check is passed over when something that it needs was not given. */
const missing: Readonly<Record<CheckNeed, string>> = {
  writes: 'it would write (--allow-writes)',
  'second user': 'it needs a second user (--second-user)',
  'clock control': 'it needs a clock that can be moved (--admin-url of a twin)',
};

/**
 * Looks at a server for everything that is known of it. Checks that only read come first, then those that write, and
 * last those that move the clock. Each cleans up after itself before the next one begins.
 *
 * @throws TestTrackLogonError, TestTrackConnectionError when not even a first session can be opened; ApTestApiError,
 *   ApTestConnectionError when not even the sets of the suite can be listed
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteReport> {
  const { testTrack, apTest, label, startedAt } = options;
  const checks: CheckReport[] = [];
  if (testTrack) checks.push(...(await lookAtTestTrack(testTrack, options)));
  if (apTest) {
    // Without this every single check would say that nothing listens, or that the token is wrong.
    await apTest.client.getSetList();
    const bench = async (cleanup: Cleanup) => new ApTestBench(apTest, cleanup);
    checks.push(...(await runChecks({ api: 'ApTest', groups: apTestChecks, benchFor: bench }, options)));
  }
  const targets = [
    ...(testTrack
      ? [
          {
            api: 'TestTrack' as const,
            url: testTrack.server.settings.endpoint,
            place: `project ${testTrack.credentials.project}`,
          },
        ]
      : []),
    ...(apTest ? [{ api: 'ApTest' as const, url: apTest.client.url, place: `suite ${apTest.suite}` }] : []),
  ];
  return { targets, label, startedAt, checks };
}

/** One session serves all checks; a new one is opened when a check cost it. */
async function lookAtTestTrack(target: TestTrackTarget, options: SuiteOptions): Promise<CheckReport[]> {
  const open = () => TestTrackClient.logOn({ server: target.server, ...target.credentials });
  let session = await open();
  try {
    return await runChecks(
      {
        api: 'TestTrack',
        groups: testTrackChecks,
        benchFor: async (cleanup) => {
          if (!(await isAlive(session))) session = await open();
          return new TestTrackBench(target, session, cleanup);
        },
      },
      options,
    );
  } finally {
    await session.logOff();
  }
}

async function isAlive(session: TestTrackClient): Promise<boolean> {
  try {
    await session.getFolderPathSeparator();
    return true;
  } catch (error) {
    if (error instanceof TestTrackApiError) return error.number !== 17;
    throw error;
  }
}

type Entry<Bench> = { readonly area: string; readonly check: Check<Bench> };

async function runChecks<Bench>(
  {
    api,
    groups,
    benchFor,
  }: {
    readonly api: ApiName;
    readonly groups: readonly CheckGroup<Bench>[];
    readonly benchFor: (cleanup: Cleanup) => Promise<Bench>;
  },
  options: SuiteOptions,
): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const { area, check } of ordered(groups, options.only)) {
    const { name, evidence, needs } = check;
    const began = options.stopwatch();
    const cleanup = new Cleanup();
    const lacking = needs.filter((need) => !options.allowed.has(need));
    const outcome: CheckOutcome =
      lacking.length > 0
        ? { kind: 'skipped', reason: lacking.map((need) => missing[need]).join(', ') }
        : await outcomeOf(async () => check.run(await benchFor(cleanup)));
    const leftBehind = await cleanup.run();
    const milliseconds = options.stopwatch() - began;
    const report = { api, area, name, evidence, needs, outcome, milliseconds, leftBehind };
    options.onCheck?.(report);
    reports.push(report);
  }
  return reports;
}

/** Reading before writing, and the clock last. */
function ordered<Bench>(groups: readonly CheckGroup<Bench>[], only = ''): Entry<Bench>[] {
  const wanted = only.toLowerCase();
  const all = groups
    .flatMap(({ area, checks }) => checks.map((check) => ({ area, check })))
    .filter(({ area, check }) => `${area}: ${check.name}`.toLowerCase().includes(wanted));
  const rank = ({ check: { needs } }: Entry<Bench>) =>
    needs.includes('clock control') ? 2 : needs.includes('writes') ? 1 : 0;
  return [0, 1, 2].flatMap((each) => all.filter((entry) => rank(entry) === each));
}

async function outcomeOf(run: () => Promise<void>): Promise<CheckOutcome> {
  try {
    await run();
    return { kind: 'agrees' };
  } catch (error) {
    return judged(innermost(error));
  }
}

/** When leaving an edit fails too, the first error is the one that tells something. */
function innermost(error: unknown): unknown {
  const { suppressed } = (error ?? {}) as { readonly suppressed?: unknown };
  return suppressed === undefined ? error : innermost(suppressed);
}

/** What gSOAP says of an operation that a generation of the interface does not have yet. */
function isUnknownOperation({ text, number }: TestTrackApiError): boolean {
  return number === undefined && /^Method '.*' not implemented: method name/.test(text);
}

function judged(error: unknown): CheckOutcome {
  if (error instanceof DifferenceError) {
    const { what, expected, got } = error;
    return { kind: 'differs', what, expected, got };
  }
  if (error instanceof SkippedError) return { kind: 'skipped', reason: error.message };
  if (error instanceof TestTrackApiError) {
    if (isUnknownOperation(error))
      return { kind: 'skipped', reason: `the server's interface has no ${error.operation}` };
    if (error.number === 5) return { kind: 'skipped', reason: `the user may not do it: ${error.message}` };
    return { kind: 'differs', what: error.operation, expected: 'an answer', got: faultText(error) };
  }
  if (error instanceof ApTestApiError) {
    return {
      kind: 'differs',
      what: error.command,
      expected: 'an answer',
      got: `the refusal "${error.text}"`,
    };
  }
  const isConnection = error instanceof TestTrackConnectionError || error instanceof ApTestConnectionError;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'broken', message: isConnection ? message : `a mistake in the check: ${message}` };
}

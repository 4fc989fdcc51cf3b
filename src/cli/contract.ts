import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CheckNeed } from '../contract-suite/check.ts';
import type { CheckReport, SuiteReport } from '../contract-suite/report.ts';
import type { SuiteOptions } from '../contract-suite/run-suite.ts';
import { clientContractCommands } from './client-contract.ts';
import {
  type CheckedOptions,
  type ContractOptions,
  checkedOptions,
  contractOptions,
} from './contract-options.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

/** How the program ends when the server is not like the twin. */
const somethingDiffers = 1;

const examples = `
Examples:
  twintrack contract --url http://tt.example.com --project Sandbox --user tester
      Reads only. The password comes from TESTTRACK_PASSWORD.
  twintrack contract --url http://tt.example.com --project Sandbox --user tester --allow-writes --markdown report.md
      Makes items of its own in the project as well, and deletes them again.
  twintrack contract --rpc-url http://atm.example.com/atm/run/rpc.mpl --suite Example --rpc-user lake --allow-writes
      The token comes from APTEST_TOKEN.
  twintrack contract --url http://127.0.0.1:8080 --project "Sample Project" --user administrator \\
      --second-user hooper --second-password grace --allow-writes --admin-url http://127.0.0.1:8080 --junit junit.xml
      Everything, against a twin that runs here: edit locks are waited for by moving its clock.

Each check is a sentence about the product. What a check needs and was not given (writes, a second user, a clock) is
passed over and listed with the reason. Groups of sets are not made, because rpc.mpl cannot delete them.

Exit codes: 0 the server does as the twin; 1 it differs, or something was left behind; 2 wrong options, or no logon.`;

/** `twintrack contract`: holds what is known of both products against a server, and tells where it differs. */
export function contractCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('contract').description(
    'look whether a server, a twin or a real one, behaves as documented, and report where it differs',
  );
  for (const option of contractOptions) command.addOption(option);
  for (const each of clientContractCommands(terminal, done)) command.addCommand(each);
  return command.addHelpText('after', examples).action(async (given: ContractOptions) => {
    const checked = checkedOptions(given, (name) => command.getOptionValueSource(name));
    done(await look(given, checked, terminal));
  });
}

/** After this time without a first check a waiting user is told what for. */
const WORTH_TELLING_MS = 1000;

async function look(given: ContractOptions, checked: CheckedOptions, terminal: Terminal): Promise<number> {
  // Only this command wants the SOAP library, which takes as long to load as a whole twin to start.
  const suite = await import('../contract-suite/index.ts');
  const options = await suiteOptions(given, checked);
  const urls = [checked.testTrack?.url, checked.apTest?.url].filter((url) => url !== undefined);
  const telling = setTimeout(() => {
    terminal.err(`Waiting for ${urls.join(' and ')}…\n`);
  }, WORTH_TELLING_MS);
  let report: SuiteReport;
  try {
    report = await suite.runSuite({
      ...options,
      onCheck: (check) => {
        clearTimeout(telling);
        terminal.out(progress(check));
      },
    });
  } catch (error) {
    if (error instanceof suite.TestTrackLogonError) {
      throw new UsageError(`The logon was refused: ${error.text}${hintOf(error.hint)}`);
    }
    if (error instanceof suite.ApTestApiError) {
      throw new UsageError(`rpc.mpl refuses the suite: ${error.text}${hintOf(error.hint)}`);
    }
    const isAway =
      error instanceof suite.TestTrackConnectionError || error instanceof suite.ApTestConnectionError;
    if (isAway) throw new UsageError(error.message);
    throw error;
  } finally {
    clearTimeout(telling);
  }
  if (given.junit !== undefined) writeFileSync(given.junit, suite.junitReport(report));
  if (given.markdown !== undefined) writeFileSync(given.markdown, suite.markdownReport(report));
  const counts = suite.countsOf(report);
  terminal.out(
    `\n${report.checks.length} checks: ${counts.agrees} agree, ${counts.differs} differ, ${counts.broken} broken, ${counts.skipped} passed over\n`,
  );
  return suite.isClean(report) ? exitCodes.ok : somethingDiffers;
}

async function suiteOptions(
  given: ContractOptions,
  { testTrack, apTest, timeoutMs }: CheckedOptions,
): Promise<SuiteOptions> {
  const { ApTestClient, ClockControl, TestTrackClient } = await import('../contract-suite/index.ts');
  const label = `twintrack-check-${randomBytes(4).toString('hex')}`;
  const { secondUser, secondPassword, adminUrl, adminToken, only } = given;
  const clock = adminUrl === undefined ? undefined : new ClockControl(adminUrl, adminToken);
  await clock?.probe().catch((error: Error) => {
    throw new UsageError(`--admin-url: ${adminUrl} gives no control over a clock: ${error.message}`);
  });
  const needs: (CheckNeed | false)[] = [
    given.allowWrites === true && 'writes',
    secondUser !== undefined && 'second user',
    clock !== undefined && 'clock control',
  ];
  return {
    label,
    startedAt: new Date().toISOString(),
    stopwatch: () => performance.now(),
    allowed: new Set(needs.filter((need) => need !== false)),
    ...(only === undefined ? {} : { only }),
    ...(testTrack && {
      testTrack: {
        server: await TestTrackClient.connect({ url: testTrack.url, timeoutMs }),
        credentials: { project: testTrack.project, username: testTrack.user, password: given.password },
        label,
        ...(secondUser === undefined
          ? {}
          : { secondUser: { username: secondUser, password: secondPassword } }),
        ...(clock && { clock }),
      },
    }),
    ...(apTest && {
      apTest: {
        client: new ApTestClient({ ...apTest, username: apTest.user, timeoutMs }),
        token: apTest.token,
        username: apTest.user,
        suite: apTest.suite,
        label,
        timeoutMs,
      },
    }),
  };
}

const marks = { agrees: 'ok     ', differs: 'DIFFERS', broken: 'BROKEN ', skipped: 'skipped' } as const;

/** One line for a check; more for one that a person has to look at. */
function progress({ api, area, name, outcome, leftBehind }: CheckReport): string {
  const lines = [`${marks[outcome.kind]}  ${api}, ${area}: ${name}`];
  if (outcome.kind === 'skipped') lines[0] += ` (${outcome.reason})`;
  if (outcome.kind === 'broken') lines.push(`         ${outcome.message}`);
  if (outcome.kind === 'differs') {
    lines.push(`         ${outcome.what}: expected ${outcome.expected}`, `         got ${outcome.got}`);
  }
  lines.push(...leftBehind.map((what) => `         left behind: ${what}`));
  return `${lines.join('\n')}\n`;
}

function hintOf(hint: string | undefined): string {
  return hint === undefined ? '' : ` (${hint})`;
}

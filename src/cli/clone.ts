import { Command, Option } from 'commander';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { CloneOptions } from '../real/clone/clone.ts';
import { type TableName, tableNames } from '../testtrack/rules/table-names.ts';
import { formatOf } from './export.ts';
import { explainedCalls } from './real-errors.ts';
import {
  addServerOptions,
  countFrom,
  credentialsOf,
  durationFrom,
  machineTime,
  type ServerOptions,
  secretFrom,
  seedFrom,
  trustFrom,
  wantedWith,
} from './real-options.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

interface CloneWords extends ServerOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly only?: readonly string[];
  readonly since?: string;
  readonly limit?: string;
  readonly attachments?: boolean;
  readonly mask?: readonly ('people' | 'texts')[];
  readonly seed: string;
  readonly parallel: string;
  readonly perSecond: string;
  readonly licenceWait: string;
  readonly wsdl?: string;
}

const examples = `
Examples:
  twintrack clone --url https://tt.example.com --project Sandbox --user tester --out sandbox.yaml
      Reads the project and writes a twin of it. The password comes from TESTTRACK_PASSWORD, or is asked for.
  twintrack clone --url https://tt.example.com --project Sandbox --user tester --out sandbox.yaml --mask people --mask texts
      The same with other names and texts in the place of the real ones.
  twintrack clone --rpc-url https://atm.example.com --suite Example --rpc-user lake --out example.yaml
      A suite of ApTest. The token comes from APTEST_TOKEN; the twin has the token "token".
  twintrack clone --url https://tt.example.com --project Sandbox --user tester --out new.json --since 2026-11-01 --only Defect
      Only defects that were changed since a day, besides people.

Nothing is changed on a server: no edit, no lock, only operations that read. What was read is kept in OUT.part until the
scenario is written, so that the same command goes on where one was broken off. What a server does not tell is listed,
with what the twin does instead; it stands at the end of a YAML file too.
Exit codes: 0 written, and it loads; 2 wrong options, no logon, no answer, or a file in the way.`;

/** `twintrack clone`: makes a scenario of a project and a suite of real servers. */
export function cloneCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('clone').description(
    'read a project of a real server, and only read it, and write a twin of it as a scenario',
  );
  addServerOptions(command);
  return command
    .requiredOption('-o, --out <file>', 'the scenario to write: .yaml, .yml or .json')
    .option('--force', 'write over a file that is there')
    .option('--only <table...>', 'only these tables, besides users, customers and test configurations')
    .option('--since <day>', 'only items that were changed on this day or later, such as 2026-11-01')
    .option('--limit <number>', 'at most so many records of each table, the newest')
    .option('--attachments', 'read the bytes of attachments too')
    .addOption(
      new Option('--mask <what...>', 'put other letters in the place of names, or of texts').choices([
        'people',
        'texts',
      ]),
    )
    .option('--seed <text>', 'the same seed masks alike', 'twintrack')
    .option('--per-second <number>', 'at most so many requests in a second', '20')
    .option('--parallel <number>', 'so many sessions read at a time, each with a licence of its own', '1')
    .option('--licence-wait <duration>', 'how long to wait for a free licence', '10m')
    .option('--wsdl <file>', 'the contract, where the server does not serve it at /ttsoapcgi.wsdl')
    .addHelpText('after', examples)
    .action(async (words: CloneWords) => {
      const options = await cloneOptions(words, terminal);
      const { cloned } = await import('../real/clone/clone.ts');
      const report = await explainedCalls(() => cloned(options));
      for (const { what, assumed } of report.notes) terminal.out(`not told: ${what}; the twin: ${assumed}\n`);
      terminal.out(
        `${words.out}: ${report.bytes} bytes; "twintrack serve --scenario ${words.out}" is a twin of it\n`,
      );
      done(exitCodes.ok);
    });
}

async function cloneOptions(words: CloneWords, terminal: Terminal): Promise<CloneOptions> {
  const { url, rpcUrl, out, since, limit } = words;
  if (url === undefined && rpcUrl === undefined) {
    throw new UsageError('Say what to clone: --url for TestTrack, --rpc-url for ApTest, or both.');
  }
  if (since !== undefined && !(/^\d{4}-\d\d-\d\d$/.test(since) && !Number.isNaN(Date.parse(since)))) {
    throw new UsageError(`--since: "${since}" is no day; write it as 2026-11-01.`);
  }
  const reach = { trust: trustFrom(words), timeoutMs: durationFrom('--timeout', words.timeout) };
  const choice = {
    only: words.only?.map(tableCalled),
    since,
    limit: limit === undefined ? undefined : countFrom('--limit', limit),
    withFiles: words.attachments === true,
  };
  const fixed = {
    out,
    format: formatOf(out),
    isForced: words.force === true,
    choice,
    mask: {
      people: words.mask?.includes('people') === true,
      texts: words.mask?.includes('texts') === true,
      seed: seedFrom(words.seed),
    },
    parallel: countFrom('--parallel', words.parallel),
    perSecond: countFrom('--per-second', words.perSecond),
    licenceWaitMs: durationFrom('--licence-wait', words.licenceWait),
    time: machineTime,
    now: Date.now(),
    tell: (sentence: string) => terminal.err(`${sentence}\n`),
  };
  return { ...fixed, ...(await servers(words, reach, terminal)) };
}

async function servers(
  words: CloneWords,
  reach: Pick<NonNullable<CloneOptions['testTrack']>, 'trust' | 'timeoutMs'>,
  terminal: Terminal,
): Promise<Pick<CloneOptions, 'testTrack' | 'apTest'>> {
  const { url, rpcUrl, wsdl } = words;
  const credentials = await explainedCalls(() => credentialsOf(words, terminal));
  const of: { -readonly [K in 'testTrack' | 'apTest']?: CloneOptions[K] } = {};
  if (url !== undefined) {
    const username = wantedWith('--user', '--url', words.user);
    of.testTrack = {
      ...reach,
      url,
      option: '--url',
      project: wantedWith('--project', '--url', words.project),
      username,
      password: await secretFrom(credentials.passwordOf(username), `The password of ${username}`, {
        terminal,
        variable: 'TESTTRACK_PASSWORD',
      }),
      wsdlFile: wsdl,
    };
  }
  if (rpcUrl !== undefined) {
    of.apTest = {
      ...reach,
      url: rpcUrl,
      option: '--rpc-url',
      suite: wantedWith('--suite', '--rpc-url', words.suite),
      username: wantedWith('--rpc-user', '--rpc-url', words.rpcUser),
      token: await secretFrom(credentials.token, 'The token of ApTest', {
        terminal,
        variable: 'APTEST_TOKEN',
      }),
    };
  }
  return of;
}

/** @throws UsageError for a table that there is none of */
function tableCalled(name: string): TableName {
  const found = tableNames.find((table) => table.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new UsageError(
    `--only: there is no table "${name}".${didYouMeanHint(name, tableNames)} Tables: ${tableNames.join(', ')}.`,
  );
}

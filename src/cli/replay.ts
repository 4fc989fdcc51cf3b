import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { explainedCalls } from './real-errors.ts';
import {
  addReachOptions,
  credentialsOf,
  durationFrom,
  type ServerOptions,
  tellCutOff,
  trustFrom,
} from './real-options.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

interface ReplayWords
  extends Pick<ServerOptions, 'url' | 'rpcUrl' | 'credentials' | 'ca' | 'cert' | 'key' | 'timeout'> {
  readonly allow?: string;
  readonly markdown?: string;
  readonly junit?: string;
  readonly wsdl?: string;
}

/** How the program ends when an answer is not the recorded one. */
const somethingDiffers = 1;

const examples = `
Examples:
  twintrack replay day.jsonl --url http://127.0.0.1:8080
      Sends what was recorded to a twin and says where its answers are others.
  twintrack replay day.jsonl --url https://tt.example.com --allow replay.yaml --junit replay.xml --markdown replay.md
      The same against the real server, in CI. Passwords come from TESTTRACK_PASSWORD, or --credentials for several users.

Cookies, record IDs, numbers and moments are translated as answers bring them. replay.yaml says what may differ, and why:
  replay: 1
  allow:
    - operation: getTTVersionInfo
      field: result.serverVersion
      reason: the twin says what it was cloned from
Against a real server this writes what the recorded client wrote: choose a project that may be written to.
Exit codes: 0 nothing differs but by nature or as allowed; 1 something differs; 2 wrong options, a file that cannot be read,
or no answer.`;

/** `twintrack replay`: sends recorded calls to a server and compares the answers. */
export function replayCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('replay')
    .description('send recorded calls to a server, and say where its answers are not the recorded ones')
    .argument('<recording...>', 'what "twintrack record" wrote')
    .addOption(new Option('--url <url>', 'TestTrack: the CGI, or its host').env('TESTTRACK_URL'))
    .addOption(new Option('--rpc-url <url>', 'ApTest: rpc.mpl, or its host').env('APTEST_URL'))
    .option('--allow <file>', 'YAML with the differences that are allowed, each with a reason')
    .option('--markdown <file>', 'write a report as Markdown')
    .option('--junit <file>', 'write a report as JUnit XML, for a build server')
    .option('--wsdl <file>', 'the contract, where the server does not serve it at /ttsoapcgi.wsdl');
  return addReachOptions(command)
    .addHelpText('after', examples)
    .action(async (files: string[], words: ReplayWords) => {
      done(await explainedCalls(() => replaying(files, words, terminal)));
    });
}

async function replaying(files: readonly string[], words: ReplayWords, terminal: Terminal): Promise<number> {
  const { url, rpcUrl } = words;
  if (url === undefined && rpcUrl === undefined) {
    throw new UsageError('Say where to send the calls: --url for TestTrack, --rpc-url for ApTest, or both.');
  }
  const replay = await import('../real/replay/index.ts');
  const recordings = files.map(replay.openRecording);
  tellCutOff(recordings, terminal);
  const secrets = await credentialsOf(words, terminal);
  const reach = { trust: trustFrom(words), timeoutMs: durationFrom('--timeout', words.timeout) };
  const tell = (sentence: string) => terminal.err(`${sentence}\n`);
  const soap =
    url === undefined
      ? undefined
      : await replay.soapCallerFor({ ...reach, url, option: '--url' }, { wsdlFile: words.wsdl, tell });
  const forms =
    rpcUrl === undefined
      ? undefined
      : new replay.FormCaller(
          await replay.targetOf({ ...reach, url: rpcUrl, option: '--rpc-url' }, replay.usualPaths.rpc),
          replay.limitsOf(reach.timeoutMs),
        );
  const startedAt = new Date().toISOString();
  try {
    const report = await replay.replayed(recordings, {
      soap,
      forms,
      secrets,
      allowances: words.allow === undefined ? new replay.Allowances([]) : replay.allowancesIn(words.allow),
      stopwatch: () => performance.now(),
      onExchange: (exchange) => {
        if (exchange.outcome === 'differs') terminal.out(replay.differenceText(exchange));
      },
    });
    const targets = [soap?.target.url.href, forms?.target.url.href].filter((each) => each !== undefined);
    if (words.markdown !== undefined) {
      writeFileSync(words.markdown, replay.replayMarkdown(report, { startedAt, targets }));
    }
    if (words.junit !== undefined) writeFileSync(words.junit, replay.replayJunit(report, { startedAt }));
    const counts = replay.outcomesOf(report);
    for (const { operation = 'any', field = 'any', reason } of report.unmet) {
      terminal.err(`allowed and not met: ${operation}, ${field} (${reason})\n`);
    }
    terminal.out(
      `${report.exchanges.length} calls: ${counts.same} same, ${counts['by nature']} differ by nature, ${counts.allowed} as allowed, ${counts.differs} differ; ${report.passedOver} exchanges passed over${report.notKept === 0 ? '' : `; ${report.notKept} too long for the recording and not compared`}\n`,
    );
    return counts.differs === 0 ? exitCodes.ok : somethingDiffers;
  } finally {
    soap?.target.close();
    forms?.target.close();
  }
}

import { Command } from 'commander';
import type { Target } from '../real/net/target.ts';
import type { RecordedApi } from '../real/recording/exchange.ts';
import { explainedCalls } from './real-errors.ts';
import { addReachOptions, durationFrom, type ServerOptions, trustFrom } from './real-options.ts';
import type { Stop } from './serve.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

/** Files of 40 MB in base64 fit; what is longer passes, and the recording says that it does not have it. */
const MOST_KEPT = 64 * 1024 * 1024;

interface RecordWords extends Pick<ServerOptions, 'ca' | 'cert' | 'key' | 'timeout'> {
  readonly target?: string;
  readonly rpcTarget?: string;
  readonly out: string;
  readonly har?: string;
  readonly force?: boolean;
  readonly port: string;
  readonly host: string;
  readonly wsdl?: string;
}

const examples = `
Examples:
  twintrack record --target https://tt.example.com --out day.jsonl
      A proxy on http://127.0.0.1:8089: point the client there instead of to the server. Ctrl+C ends it.
  twintrack record --target https://tt.example.com --rpc-target https://atm.example.com --out day.jsonl --har day.har
      Both products through one port, told apart by their paths; HAR 1.2 for the tools of browsers too.
  twintrack record --target https://tt.example.com --ca corp.pem --cert me.pem --key me.key --out day.jsonl

Bytes pass as they are, both ways; the address in a WSDL is the proxy's. Only the servers that are named are ever asked:
their names are resolved once, redirects are passed on and not followed. Passwords, cookies and tokens are replaced by
stand-ins before anything is written. Each exchange is written as it ends: ended at any moment, the file is whole.
Exit codes: 0 ended; 2 wrong options, or a file in the way.`;

/** `twintrack record`: writes down what a client and a real server say to each other. */
export function recordCommand(terminal: Terminal, stop: Stop, done: (exitCode: number) => void): Command {
  const command = new Command('record')
    .description('a proxy in front of a real server that writes down what goes through it, without secrets')
    .option('--target <url>', 'TestTrack: the CGI, or its host')
    .option('--rpc-target <url>', 'ApTest: rpc.mpl, or its host')
    .requiredOption('-o, --out <file>', 'the recording to write, a line of JSON for an exchange')
    .option('--har <file>', 'the same as HTTP Archive 1.2')
    .option('--force', 'write over files that are there')
    .option('-p, --port <number>', 'where clients come to; 0 for a free one', '8089')
    .option('--host <address>', 'the address to listen at', '127.0.0.1')
    .option('--wsdl <file>', 'the contract, where the server does not serve it at /ttsoapcgi.wsdl');
  return addReachOptions(command)
    .addHelpText('after', examples)
    .action(async (words: RecordWords) => {
      await explainedCalls(() => recording(words, terminal, stop));
      done(exitCodes.ok);
    });
}

async function recording(words: RecordWords, terminal: Terminal, stop: Stop): Promise<void> {
  const { target, rpcTarget, out, har, force = false } = words;
  if (target === undefined && rpcTarget === undefined) {
    throw new UsageError('Say what to record: --target for TestTrack, --rpc-target for ApTest, or both.');
  }
  const port = Number(words.port);
  if (!/^\d{1,5}$/.test(words.port) || port > 65_535) {
    throw new UsageError(`--port: "${words.port}" is no port; give a number from 0 to 65535.`);
  }
  const {
    Recorder,
    Redaction,
    StandIns,
    startProxy,
    soapCallerFor,
    soapMessages,
    sharedModel,
    targetOf,
    usualPaths,
  } = await import('../real/record/index.ts');
  const reach = { trust: trustFrom(words), timeoutMs: durationFrom('--timeout', words.timeout) };
  const tell = (sentence: string) => terminal.err(`${sentence}\n`);
  const caller =
    target === undefined
      ? undefined
      : await soapCallerFor({ ...reach, url: target, option: '--target' }, { wsdlFile: words.wsdl, tell });
  const apTest =
    rpcTarget === undefined
      ? undefined
      : await targetOf({ ...reach, url: rpcTarget, option: '--rpc-target' }, usualPaths.rpc);
  const messages = caller?.messages ?? soapMessages(sharedModel());
  const targets: [RecordedApi, Target | undefined][] = [
    ['TestTrack', caller?.target],
    ['ApTest', apTest],
  ];
  const head = {
    startedAt: new Date().toISOString(),
    targets: targets.flatMap(([api, each]) => (each ? [{ api, url: each.url.href }] : [])),
  };
  const recorder = new Recorder({ out, har, isForced: force }, new Redaction(messages, new StandIns()), head);
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const proxy = await startProxy({
    targets: { testTrack: caller?.target, apTest },
    host: words.host,
    port,
    mostKept: MOST_KEPT,
    now: () => Date.now(),
    stopwatch: () => performance.now(),
    onExchange: (exchange) => recorder.add(exchange),
    onFailure: fail,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `The proxy cannot listen at ${words.host}:${port} (${error.code}). Choose another --port.`,
    );
  });
  terminal.out(
    `${proxy.url} goes to ${head.targets.map(({ url }) => url).join(' and ')}; recorded in ${out}\n`,
  );
  try {
    await Promise.race([stop.requested, failed]);
  } finally {
    await proxy.close();
    await recorder.close();
    caller?.target.close();
    apTest?.close();
  }
  terminal.err(`${out}: ${recorder.count} exchanges\n`);
}

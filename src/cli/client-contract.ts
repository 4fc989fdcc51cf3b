import { existsSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { ClientContract } from '../real/client-contract/format.ts';
import type { Verified } from '../real/client-contract/verify.ts';
import { explainedCalls } from './real-errors.ts';
import {
  addReachOptions,
  credentialsOf,
  durationFrom,
  type ServerOptions,
  secretFrom,
  tellCutOff,
  trustFrom,
  wantedWith,
} from './real-options.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

/** How the program ends when a server lacks something, or a new client needs more. */
const somethingMissing = 1;

/** The subcommands of `twintrack contract` about what a client relies on. */
export function clientContractCommands(terminal: Terminal, done: (exitCode: number) => void): Command[] {
  return [deriveCommand(terminal, done), verifyCommand(terminal, done), diffCommand(terminal, done)];
}

interface DeriveWords {
  readonly journal?: string;
  readonly recording?: readonly string[];
  readonly out?: string;
  readonly force?: boolean;
}

function deriveCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  return new Command('derive')
    .description('write down what a client relies on, from the calls that it made')
    .option(
      '--journal <place>',
      'a running twin, such as http://127.0.0.1:8080, or a file with what its journal answered',
    )
    .option('--recording <file...>', 'what "twintrack record" wrote')
    .option('-o, --out <file>', 'where to write; by default on the output')
    .option('--force', 'write over a file that is there')
    .addHelpText(
      'after',
      `
Examples:
  twintrack contract derive --journal http://127.0.0.1:8080 --out client.json
      At the end of a test run: operations, parts that were sent, members and faults that were met. No secrets are in it.
  twintrack contract derive --recording day.jsonl --out client.json`,
    )
    .action(async ({ journal, recording = [], out, force }: DeriveWords) => {
      if (journal === undefined && recording.length === 0) {
        throw new UsageError('Say where the calls are: --journal, --recording, or both.');
      }
      if (out !== undefined && existsSync(out) && force !== true) {
        throw new UsageError(`${out} is there already; remove it, choose another name, or give --force.`);
      }
      const text = await explainedCalls(async () => {
        const contract = await import('../real/client-contract/index.ts');
        const entries = journal === undefined ? [] : await contract.journalAt(journal);
        const recordings = recording.map(contract.openRecording);
        tellCutOff(recordings, terminal);
        const calls = [
          ...contract.callsOfJournal(entries),
          ...recordings.flatMap((each) => [...contract.callsOfRecording(each)]),
        ];
        return `${JSON.stringify(contract.derivedContract(calls), null, 2)}\n`;
      });
      if (out === undefined) terminal.out(text);
      else writeFileSync(out, text);
      done(exitCodes.ok);
    });
}

interface VerifyWords extends ServerOptions {
  readonly allowWrites?: boolean;
  readonly wsdl?: string;
}

function verifyCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('verify')
    .description('hold what a client relies on against a server; nothing is written without leave')
    .argument('<file>', 'what "contract derive" wrote')
    .addOption(new Option('--url <url>', 'TestTrack: the CGI, or its host').env('TESTTRACK_URL'))
    .addOption(new Option('--project <name>', 'the project').env('TESTTRACK_PROJECT'))
    .addOption(new Option('--user <name>', 'who logs on').env('TESTTRACK_USER'))
    .addOption(new Option('--rpc-url <url>', 'ApTest: rpc.mpl, or its host').env('APTEST_URL'))
    .addOption(new Option('--suite <name>', 'the suite').env('APTEST_SUITE'))
    .addOption(new Option('--rpc-user <name>', 'who the commands are executed for').env('APTEST_USER'))
    .option('--allow-writes', 'send the examples of operations that write too')
    .option('--wsdl <file>', 'the contract, where the server does not serve it at /ttsoapcgi.wsdl');
  return addReachOptions(command).action(async (file: string) => {
    // Options that the suite has under the same name are read by the command around this one.
    const words: VerifyWords = command.optsWithGlobals();
    done(await explainedCalls(() => verifying(file, words, terminal)));
  });
}

async function verifying(file: string, words: VerifyWords, terminal: Terminal): Promise<number> {
  if (words.url === undefined && words.rpcUrl === undefined) {
    throw new UsageError(
      'Say which server to hold it against: --url for TestTrack, --rpc-url for ApTest, or both.',
    );
  }
  const { clientContractIn } = await import('../real/client-contract/index.ts');
  const contract = clientContractIn(file);
  const tellNotHeld = (api: string, option: string, count: number) => {
    if (count > 0) terminal.out(`not held  ${count} operations of ${api}: no ${option} is given\n`);
  };
  const [testTrack, apTest] = [
    await verifiedProject(contract, words, terminal),
    await verifiedSuite(contract, words, terminal),
  ];
  const counted = (api: string) => contract.operations.filter((each) => each.api === api).length;
  if (!testTrack) tellNotHeld('TestTrack', '--url', counted('TestTrack'));
  if (!apTest) tellNotHeld('ApTest', '--rpc-url', counted('ApTest'));
  const verified = [testTrack, apTest].filter((each) => each !== undefined);
  for (const { unmet, held } of verified) {
    for (const { operation, what } of unmet) terminal.out(`MISSING  ${operation}: ${what}\n`);
    for (const { operation, why } of held)
      if (why !== undefined) terminal.out(`not called  ${operation}: ${why}\n`);
  }
  const held = verified.flatMap((each) => each.held);
  const missing = verified.flatMap((each) => each.unmet).length;
  const as = (how: (typeof held)[number]['as']) => held.filter((each) => each.as === how).length;
  terminal.out(
    `${held.length} operations: ${as('called')} called, ${as('by its contract alone')} by the contract alone, ${as('not at all')} not at all, ${missing} things missing\n`,
  );
  return missing === 0 ? exitCodes.ok : somethingMissing;
}

async function verifiedProject(
  contract: ClientContract,
  words: VerifyWords,
  terminal: Terminal,
): Promise<Verified | undefined> {
  const { url, allowWrites: mayWrite = false } = words;
  if (url === undefined) return undefined;
  const dbname = wantedWith('--project', '--url', words.project);
  const username = wantedWith('--user', '--url', words.user);
  const real = await import('../real/client-contract/index.ts');
  const known = await credentialsOf(words, terminal);
  const question = `The password of ${username}`;
  const variable = 'TESTTRACK_PASSWORD';
  const password = await secretFrom(known.passwordOf(username), question, { terminal, variable });
  const reach = { trust: trustFrom(words), timeoutMs: durationFrom('--timeout', words.timeout) };
  const tell = (sentence: string) => terminal.err(`${sentence}\n`);
  const caller = await real.soapCallerFor({ ...reach, url, option: '--url' }, { wsdlFile: words.wsdl, tell });
  try {
    const cookie = await caller.call('DatabaseLogon', { dbname, username, password });
    const verified = await real.verifiedContract(contract, { caller, cookie, mayWrite });
    await caller.call('DatabaseLogoff', { cookie });
    return verified;
  } finally {
    caller.target.close();
  }
}

async function verifiedSuite(
  contract: ClientContract,
  words: VerifyWords,
  terminal: Terminal,
): Promise<Verified | undefined> {
  const { rpcUrl, allowWrites: mayWrite = false } = words;
  if (rpcUrl === undefined) return undefined;
  const suite = wantedWith('--suite', '--rpc-url', words.suite);
  const username = wantedWith('--rpc-user', '--rpc-url', words.rpcUser);
  const real = await import('../real/client-contract/index.ts');
  const known = await credentialsOf(words, terminal);
  const variable = 'APTEST_TOKEN';
  const token = await secretFrom(known.token, 'The token of ApTest', { terminal, variable });
  const timeoutMs = durationFrom('--timeout', words.timeout);
  const reach = { trust: trustFrom(words), timeoutMs, url: rpcUrl, option: '--rpc-url' };
  const target = await real.targetOf(reach, real.usualPaths.rpc);
  try {
    const forms = new real.FormCaller(target, real.limitsOf(timeoutMs));
    return await real.verifiedCommands(contract, { forms, token, username, suite }, mayWrite);
  } finally {
    target.close();
  }
}

function diffCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  return new Command('diff')
    .description('say what a new client needs more than an old one; exit code 1 when it does')
    .argument('<before>', 'what "contract derive" wrote for the old client')
    .argument('<after>', 'the same for the new one')
    .action(async (before: string, after: string) => {
      const changes = await explainedCalls(async () => {
        const { clientContractIn, contractChanges } = await import('../real/client-contract/index.ts');
        return contractChanges(clientContractIn(before), clientContractIn(after));
      });
      for (const { kind, what } of changes)
        terminal.out(`${kind === 'more' ? 'needs' : 'needs no longer'}  ${what}\n`);
      done(changes.some(({ kind }) => kind === 'more') ? somethingMissing : exitCodes.ok);
    });
}

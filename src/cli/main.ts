import { readFileSync } from 'node:fs';
import { run } from './program.ts';
import { endingSignals } from './signals.ts';
import { exitCodes, UsageError } from './terminal.ts';

/** What is still open this long after the end was asked for is cut off. */
const LAST_MOMENT_MS = 4800;

/** How often a twin that npm started looks whether npm is still there. */
const PARENT_CHECK_MS = 250;

const requested = new Promise<string>((resolve) => {
  for (const signal of endingSignals(process.platform)) {
    process.once(signal, () => {
      setTimeout(() => process.exit(exitCodes.ok), LAST_MOMENT_MS).unref();
      resolve(signal);
    });
  }
  // npm does not hand a signal on (seen with npm 10 and 11): the twin would go on, and nothing would end it.
  const { ppid: starter } = process;
  if (process.env.npm_execpath !== undefined) {
    setInterval(() => {
      if (process.ppid !== starter) resolve('the end of npm, which had started it');
    }, PARENT_CHECK_MS).unref();
  }
});

// A reader of the output that went away must not end the twin.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// State is only ever replaced as a whole, so a mistake in one answer leaves the rest sound: tell it and go on.
const told = (error: unknown) =>
  process.stderr.write(
    `A mistake in Twintrack itself: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
process.on('uncaughtException', told);
process.on('unhandledRejection', told);

async function askSecret(question: string): Promise<string> {
  const { Writable } = await import('node:stream');
  // Keeps back what readline shows of what is typed.
  const unseen = new Writable({ write: (_piece, _encoding, done) => done() });
  return ask(question, unseen).finally(() => process.stderr.write('\n'));
}

async function ask(question: string, output: NodeJS.WritableStream = process.stderr): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve, reject) => {
    // Ctrl+C and Ctrl+D close it without an answer.
    lines.once('close', () => reject(new UsageError('\nBroken off; nothing was written.')));
    // Asked when the terminal itself shows no letters any more: a script types at once.
    if (output !== process.stderr) process.stderr.write(question);
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}

const terminal = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  readIn: () => readFileSync(process.stdin.fd, 'utf8'),
  ask: process.stdin.isTTY ? (question: string) => ask(question) : undefined,
  askSecret: process.stdin.isTTY ? askSecret : undefined,
  env: process.env,
  isInteractive: process.stderr.isTTY,
  columns: process.stderr.columns,
};
run(process.argv.slice(2), terminal, { requested }).then((exitCode) => {
  process.exitCode = exitCode;
}, told);

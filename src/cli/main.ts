import { readFileSync } from 'node:fs';
import { run } from './program.ts';
import { exitCodes } from './terminal.ts';

/** What is still open this long after the end was asked for is cut off. */
const LAST_MOMENT_MS = 4800;

/** How often a twin that npm started looks whether npm is still there. */
const PARENT_CHECK_MS = 250;

const requested = new Promise<string>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(exitCodes.ok), LAST_MOMENT_MS).unref();
      resolve(signal);
    });
  }
  // npm does not hand a signal on (seen with npm 10 and 11): the twin would go on without anybody to end it.
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

const terminal = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  readIn: () => readFileSync(process.stdin.fd, 'utf8'),
  env: process.env,
  isInteractive: process.stderr.isTTY,
  columns: process.stderr.columns,
};
run(process.argv.slice(2), terminal, { requested }).then((exitCode) => {
  process.exitCode = exitCode;
}, told);

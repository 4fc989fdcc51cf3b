import { run } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

/** A run of the command line inside the test's process. */
export interface Run {
  /** Settles with the exit code. */
  readonly ended: Promise<number>;
  /** What was printed so far. */
  readonly printed: { out: string; err: string };
  /** Tells the program to end, as a signal would. */
  stop(reason?: string): void;
  /** Waits until the output holds this. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

/** What a terminal may have beside its texts. */
type TerminalParts = Pick<Terminal, 'ask' | 'columns'>;

/** Starts the command line with these words. */
export function startRun(
  words: readonly string[],
  env: Record<string, string> = {},
  more: TerminalParts = {},
): Run {
  const printed = { out: '', err: '' };
  let wake = () => {};
  let stop: (reason: string) => void = () => {};
  const requested = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const add = (to: 'out' | 'err') => (text: string) => {
    printed[to] += text;
    wake();
  };
  const ended = run(
    words,
    { out: add('out'), err: add('err'), env, isInteractive: true, ...more },
    { requested },
  );
  return {
    ended,
    printed,
    stop: (reason = 'SIGTERM') => stop(reason),
    until: async (pattern) => {
      for (;;) {
        const found = pattern.exec(printed.out);
        if (found) return found;
        const changed = new Promise<'changed'>((resolve) => {
          wake = () => resolve('changed');
        });
        if ((await Promise.race([changed, ended])) !== 'changed')
          throw new Error(`ended early: ${printed.err}`);
      }
    },
  };
}

/** Runs words that end by themselves. */
export async function runWords(
  words: readonly string[],
  env: Record<string, string> = { NO_COLOR: '1' },
  more: TerminalParts = {},
): Promise<{ exitCode: number; out: string; err: string }> {
  const started = startRun(words, env, more);
  return { exitCode: await started.ended, ...started.printed };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const builtMain = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The program as a process of its own. */
export interface SpawnedProgram {
  readonly child: ChildProcess;
  /** Where it answers. */
  readonly url: string;
  readonly port: number;
  /** What it printed so far, on both outputs. */
  printed(): string;
  /** Settles with its exit code and the signal that ended it, also when it ended before this was asked. */
  readonly exit: Promise<[code: number | null, signal: string | null]>;
}

/** Longer than any start takes, shorter than vitest waits for a hook. */
const START_LIMIT_MS = 25_000;

interface SpawnOptions {
  readonly openFiles?: number;
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly isBuilt?: boolean;
}

/**
 * Starts the program as a user does, and waits until it says where it answers.
 *
 * @param words of the command line, such as `serve --port 0`
 * @param openFiles how many files it may have open; as many as this process without it
 * @param nodeOptions what node is told, such as `--max-old-space-size=128`
 * @param env further variables
 * @param isBuilt takes what the build made, which users get and which starts sooner; it has to be there
 * @throws Error it ended before that; the message has what it printed
 */
export async function spawnProgram(
  words: readonly string[],
  { openFiles, nodeOptions = [], env = {}, isBuilt = false }: SpawnOptions = {},
): Promise<SpawnedProgram> {
  const program = isBuilt ? [builtMain] : ['--import', 'tsx', main];
  const command = [process.execPath, ...nodeOptions, ...program, ...words];
  const [file = '', ...args] =
    openFiles === undefined ? command : ['sh', '-c', `ulimit -n ${openFiles} && exec "$@"`, 'sh', ...command];
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // The twin refuses variables that it does not know, such as one that a test reads.
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TWINTRACK_'))),
      ...env,
    },
  });
  const exit = once(child, 'exit') as SpawnedProgram['exit'];
  let text = '';
  // One that never answers would outlive the test that waits for it.
  const late = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += chunk;
        const found = /answers on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(text)?.[1];
        if (found) resolve(found);
      });
    }
    void exit.then(([code]) => reject(new Error(`ended with ${code}: ${text}`)), reject);
  }).finally(() => clearTimeout(late));
  return { child, url, port: Number(new URL(url).port), printed: () => text, exit };
}

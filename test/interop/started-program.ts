import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Longer than an install and a build take on a busy machine. */
const LIMIT_MS = 300_000;

/** A shell line that goes on until it is told to end. */
export interface StartedLine {
  /** Everything it printed so far. */
  printed(): string;
  /** Waits until it printed this. @throws Error it ended before, or took five minutes; with what it printed */
  until(text: RegExp): Promise<void>;
  /** Ctrl+C, as a terminal sends it: to every process of the line. @returns its exit code */
  interrupt(): Promise<number | null>;
  /** Ends it if it still runs. */
  kill(): void;
}

/** Starts a line of shell in a process group of its own, as a terminal does. */
export function startLine(line: string, cwd: string, env: NodeJS.ProcessEnv): StartedLine {
  const child = spawn('bash', ['-c', line], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  let text = '';
  const changed: (() => void)[] = [];
  const wake = () => {
    for (const each of changed.splice(0)) each();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk;
      wake();
    });
  }
  void exit.then(wake);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals) => {
    if (!hasEnded() && child.pid !== undefined) process.kill(-child.pid, name);
  };
  const late = setTimeout(() => signal('SIGKILL'), LIMIT_MS);
  void exit.then(() => clearTimeout(late));
  return {
    printed: () => text,
    until: async (wanted) => {
      while (!wanted.test(text)) {
        if (hasEnded()) throw new Error(`"${line}" ended with ${child.exitCode} before ${wanted}:\n${text}`);
        await new Promise<void>((resolve) => void changed.push(resolve));
      }
    },
    interrupt: async () => {
      signal('SIGINT');
      const [code] = await exit;
      return code;
    },
    kill: () => signal('SIGKILL'),
  };
}

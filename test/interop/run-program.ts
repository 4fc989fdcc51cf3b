import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program and its arguments, without a shell. */
export type Command = readonly [program: string, ...args: string[]];

/** Where the programs of this suite are. */
export const programPath = (name: string) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

const LIMIT_MS = 120_000;

/** A program that ended with an error. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';

  constructor(
    message: string,
    /** What it wrote to its standard output until then. */
    readonly output: string,
  ) {
    super(message);
  }
}

interface ProgramOptions {
  /** What it reads on its standard input. */
  readonly input?: string;
  readonly cwd?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Two minutes without it. */
  readonly limitMs?: number;
}

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to its standard output
 * @throws ProgramError with what it wrote to both outputs, when it fails or takes too long
 */
export function runProgram(
  [program, ...args]: Command,
  { input = '', cwd, env = {}, limitMs = LIMIT_MS }: ProgramOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      timeout: limitMs,
      env: { ...process.env, TZ: 'Etc/UTC', LC_ALL: 'C.UTF-8', ...env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {}); // a program may end without reading
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const text = Buffer.concat(out).toString('utf8');
      if (code === 0) return resolve(text);
      const ending = signal ?? `code ${code}`;
      const problems = Buffer.concat(err).toString('utf8');
      reject(new ProgramError(`${program} ended with ${ending}:\n${shortened(problems || text)}`, text));
    });
    child.stdin.end(input);
  });
}

/** The first lines say what went wrong, the last ones where. */
function shortened(text: string): string {
  return text.length < 4000 ? text : `${text.slice(0, 2500)}\n…\n${text.slice(-1000)}`;
}

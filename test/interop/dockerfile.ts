import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.ts';

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** A step installs every package. */
const STEP_LIMIT_MS = 300_000;

/** A folder of a stage, as its last image would have it. */
interface Stage {
  readonly folder: string;
  readonly env: Record<string, string>;
}

/** What a Dockerfile makes of a context, without an engine. */
export interface BuiltImage {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entryPoint: readonly string[];
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  /** Steps that change the machine itself and not the working folder: they were read, and not run. */
  readonly notRun: readonly string[];
}

/**
 * Carries out the steps of a Dockerfile with the Node of this machine: COPY by `.dockerignore`, RUN in the working
 * folder of its stage, ENV. No image is pulled, nothing is isolated, and the user stays the same.
 *
 * @param context the folder of the Dockerfile
 * @param target where each stage gets a folder of its own
 */
export async function carryOut(context: string, target: string): Promise<BuiltImage> {
  const all = instructions(readFileSync(path.join(context, 'Dockerfile'), 'utf8'));
  const allowed = allowedNames(readFileSync(path.join(context, '.dockerignore'), 'utf8'));
  const stages = new Map<string, Stage>();
  const notRun: string[] = [];
  let stage: Stage = { folder: target, env: {} };
  const step = async ({ name, rest }: Instruction) => {
    if (name === 'ENV') Object.assign(stage.env, variables(rest));
    if (name === 'COPY') copy(rest, { context, allowed, stages, into: stage.folder });
    if (name !== 'RUN') return;
    // What names a folder from the root is for the image and not for this machine.
    if (/(?:^|\s)\/\w/.test(rest)) notRun.push(rest);
    else
      await runProgram(['bash', '-c', rest], { cwd: stage.folder, env: stage.env, limitMs: STEP_LIMIT_MS });
  };
  for (const instruction of all) {
    if (instruction.name === 'FROM') {
      const called = / AS (\S+)$/i.exec(instruction.rest)?.[1] ?? 'last';
      stage = { folder: path.join(target, called), env: {} };
      mkdirSync(stage.folder, { recursive: true });
      stages.set(called, stage);
    } else await step(instruction);
  }
  const last = (name: string) => all.filter((each) => each.name === name).at(-1)?.rest ?? '[]';
  const words = (text: string) => JSON.parse(text.slice(text.indexOf('['))) as string[];
  return {
    folder: stage.folder,
    env: stage.env,
    entryPoint: words(last('ENTRYPOINT')),
    command: words(last('CMD')),
    healthCheck: words(last('HEALTHCHECK')),
    notRun,
  };
}

function instructions(text: string): Instruction[] {
  return text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = ''] = line.split(' ', 1);
      return { name, rest: line.slice(name.length).trim() };
    });
}

/** The exceptions of a `.dockerignore` that leaves everything else out. */
function allowedNames(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') throw new Error('The .dockerignore does not begin by leaving everything out');
  return lines.slice(1).map((line) => line.replace(/^!/, ''));
}

function variables(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function copy(
  rest: string,
  {
    context,
    allowed,
    stages,
    into,
  }: { context: string; allowed: string[]; stages: ReadonlyMap<string, Stage>; into: string },
): void {
  const [, from, paths = rest] = /^--from=(\S+) (.*)$/.exec(rest) ?? [];
  const words = paths.split(' ');
  const target = words.pop() ?? '';
  for (const word of words) {
    const source = from
      ? path.join(stages.get(from)?.folder ?? '', word.replace('/app/', ''))
      : path.join(context, word);
    if (!existsSync(source)) throw new Error(`COPY ${rest}: there is no ${source}`);
    if (!from && !allowed.some((name) => word === name || word.startsWith(`${name}/`)))
      throw new Error(`COPY ${rest}: .dockerignore leaves ${word} out`);
    // A folder gives what is in it, a file itself.
    const isFolder = statSync(source).isDirectory();
    cpSync(source, isFolder ? path.join(into, target) : path.join(into, target, path.basename(word)), {
      recursive: true,
    });
  }
}

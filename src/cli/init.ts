import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { isPacked, packageRoot } from '../package/package-root.ts';
import { type FirstNames, firstScenario, firstTest } from './first-files.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

const examples = `
Examples:
  twintrack init
      Asks for the names, then writes twintrack.yaml and twintrack.test.mjs here.
  twintrack init --yes scenarios/mine.yaml
      Asks nothing; a test stands beside the scenario.

The executable without Node writes the JSON Schema of scenarios beside it, for editors, and no test.
A file that is there already is left as it is. Exit codes: 0 they were written; 2 one of them is there, or cannot be.`;

const schema = path.join(packageRoot, 'scenarios', 'scenario.schema.json');

const usual: FirstNames = { project: 'Project', user: 'username', suite: 'Example' };
const questions: Readonly<Record<keyof FirstNames, string>> = {
  project: 'Name of the TestTrack project',
  user: 'Login of its first user',
  suite: 'Name of the ApTest suite',
};

/** `twintrack init`: writes a first scenario with comments, and a test that uses it. */
export function initCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  return new Command('init')
    .description('write a first scenario of your own, and a test beside it')
    .argument('[file]', 'the scenario to write', 'twintrack.yaml')
    .option('-y, --yes', 'ask nothing')
    .addHelpText('after', examples)
    .action(async (file: string, { yes }: { yes?: boolean }) => {
      if (!/\.ya?ml$/.test(file))
        throw new UsageError(`"${file}" is no name for it: a scenario with comments ends in .yaml.`);
      const test = file.replace(/\.ya?ml$/, '.test.mjs');
      // An editor cannot look into the executable, and who has that need not have Node.
      const other = isPacked ? path.join(path.dirname(file), path.basename(schema)) : test;
      refuseExisting(file, other);
      const names = yes || !terminal.ask ? usual : await asked(terminal.ask);
      write(file, firstScenario(names, addressFrom(file, isPacked ? other : schema)));
      write(other, isPacked ? readFileSync(schema, 'utf8') : firstTest(names, path.basename(file)));
      const next = isPacked ? '' : `  npx vitest run ${test}\n`;
      terminal.out(`Written: ${file}, ${other}\n\nNext:\n  twintrack serve ${file}\n${next}`);
      done(exitCodes.ok);
    });
}

/** @throws UsageError */
function refuseExisting(...files: readonly string[]): void {
  const there = files.find((each) => existsSync(each));
  if (there !== undefined)
    throw new UsageError(`${there} is there already and stays as it is; name another file.`);
}

/** @returns the address of a file, relative to another one; whole where it is on another of Windows' drives */
export function addressFrom(from: string, file: string, kind: path.PlatformPath = path): string {
  const way = kind.relative(kind.dirname(kind.resolve(from)), kind.resolve(file));
  return kind.isAbsolute(way)
    ? pathToFileURL(way, { windows: kind === path.win32 }).href
    : way.split(kind.sep).join('/');
}

async function asked(ask: NonNullable<Terminal['ask']>): Promise<FirstNames> {
  const names: Record<keyof FirstNames, string> = { ...usual };
  for (const name of Object.keys(questions) as (keyof FirstNames)[]) {
    names[name] = (await ask(`${questions[name]} (${usual[name]}): `)).trim() || usual[name];
  }
  return names;
}

/** @throws UsageError the file came into being meanwhile, or cannot be written */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}

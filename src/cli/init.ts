import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { type FirstNames, firstScenario, firstTest } from './first-files.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

const examples = `
Examples:
  twintrack init
      Asks for the names, then writes twintrack.yaml and twintrack.test.mjs here.
  twintrack init --yes scenarios/mine.yaml
      Asks nothing; a test stands beside the scenario.

A file that is there already is left as it is. Exit codes: 0 both were written; 2 one of them is there, or cannot be.`;

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
      for (const each of [file, test]) {
        if (existsSync(each))
          throw new UsageError(`${each} is there already and stays as it is; name another file.`);
      }
      const names = yes || !terminal.ask ? usual : await asked(terminal.ask);
      write(file, firstScenario(names, path.dirname(path.resolve(file))));
      write(test, firstTest(names, path.basename(file)));
      terminal.out(
        `Written: ${file}, ${test}\n\nNext:\n  twintrack serve ${file}\n  npx vitest run ${test}\n`,
      );
      done(exitCodes.ok);
    });
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

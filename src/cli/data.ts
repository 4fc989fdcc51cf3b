import { Command } from 'commander';
import { tables } from '../worlds/tables.ts';
import { unreachable } from '../worlds/unreachable.ts';
import { exitCodes, type Terminal } from './terminal.ts';

const examples = `
Examples:
  twintrack data check ./state
      Says "whole", or what is damaged: each file, the byte, and what it means.
  twintrack data repair ./state --to ./mended
      Takes out everything that can be read and lists what is missing. ./state stays as it is.

The twin that uses the folder has to be ended first.
Exit codes: 0 whole, nothing is missing; 1 a mistake in Twintrack; 2 something is damaged, or a wrong option.`;

/** `twintrack data`: looks after the folder that `serve --data` keeps. */
export function dataCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('data').description(
    'check a data folder, or take what is whole out of a damaged one',
  );
  command
    .command('check')
    .description('say what in a data folder is damaged')
    .argument('<folder>', 'the folder that was given to serve --data')
    .action(async (folder: string) => done(await checked(folder, undefined, terminal)));
  command
    .command('repair')
    .description('take everything out of a data folder that can be read, and list what is missing')
    .argument('<folder>', 'the folder that was given to serve --data; it is not changed')
    .requiredOption('--to <folder>', 'where to put it: a folder that is empty or not there yet')
    .action(async (folder: string, { to }: { readonly to: string }) =>
      done(await checked(folder, to, terminal)),
    );
  return command.addHelpText('after', examples);
}

async function checked(folder: string, to: string | undefined, terminal: Terminal): Promise<number> {
  const { salvaged, writeSalvaged } = await import('../world/store/salvage.ts');
  const found = await salvaged(folder, { tables, unreachable });
  for (const problem of found.problems) terminal.out(`${problem}\n`);
  const count = found.worlds.length === 1 ? 'one world' : `${found.worlds.length} worlds`;
  if (to !== undefined) {
    await writeSalvaged(found, to, { tables });
    terminal.out(`${to}: ${count} written; "twintrack serve --data ${to}" goes on with it\n`);
  }
  if (found.problems.length === 0) {
    terminal.out(`${folder}: whole, ${count}\n`);
    return exitCodes.ok;
  }
  if (to === undefined)
    terminal.out(`"twintrack data repair ${folder} --to NEW" takes out what can be read\n`);
  return exitCodes.wrongInput;
}

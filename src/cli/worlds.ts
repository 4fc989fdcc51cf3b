import { Command, Option } from 'commander';
import type { MoveReport } from '../moves/departures.ts';
import type { ShownMove } from '../moves/moves.ts';
import { sizeText } from '../text/size-text.ts';
import { variableOf } from './environment.ts';
import {
  type MovedWorlds,
  misplaced,
  movedText,
  moveUntilNone,
  tableFrom,
  telling,
  twinsOf,
  worldsOfTwin,
  worldsText,
} from './several-twins.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';
import { TwinControl, twinUrl } from './twin-control.ts';
import { worldsInSeveral, worldsTable } from './worlds-table.ts';

interface TwinsOptions {
  readonly url: readonly string[];
  readonly adminToken?: string;
}
interface MoveOptions {
  readonly from: string;
  readonly to: string;
  readonly undo?: boolean;
  readonly adminToken?: string;
}

const examples = `
Examples:
  twintrack worlds list --url http://10.0.0.1:8080,http://10.0.0.2:8080
      Every world of both twins, how large and how busy it is, and which are on their way.
  twintrack worlds move checkout --from http://10.0.0.1:8080 --to http://10.0.0.2:8080
      One world, whole, while its clients go on. The same again finishes a move that was broken off; --undo takes it back.
  twintrack worlds rebalance --url http://10.0.0.1:8080,http://10.0.0.2:8080,http://10.0.0.3:8080
      Puts each world where haproxy looks for it with this table, after a twin was added. --dry-run only says how many.
  twintrack worlds drain http://10.0.0.3:8080 --url http://10.0.0.1:8080,http://10.0.0.2:8080,http://10.0.0.3:8080
      Empties the third twin before it ends: its worlds go where haproxy looks for them without it, new ones too.
  twintrack worlds forget --url http://10.0.0.1:8080,http://10.0.0.2:8080
      Lets the twins pass no more calls on, once the balancer has the new table.

--url names the twins in the order of the balancer's table; "-" stands for a place that has none any more. The twins were
started with --peers, with these addresses. The token is best given as ${variableOf('--admin-token')}.
docs/scale.md shows step by step how to grow and shrink.
Exit codes: 0 done; 1 a mistake in Twintrack; 2 wrong options, a twin that does not answer, or a world that was not moved.`;

/** `twintrack worlds`: what worlds several twins have, and moving them. */
export function worldsCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('worlds').description('list the worlds of several twins, and move them');
  const at = (sub: Command) => withTable(sub).addOption(tokenOption());
  at(command.command('list'))
    .description('list worlds with their twins, size, calls, last use and moves')
    .option('--json', 'as JSON, for programs')
    .action(async (options: TwinsOptions & { readonly json?: boolean }) =>
      done(await list(options, terminal)),
    );
  command
    .command('move')
    .description('move a world to another twin, or finish or take back a move that was broken off')
    .argument('<name>', 'the world')
    .requiredOption('--from <url>', 'the twin that has it')
    .requiredOption('--to <url>', 'the twin that it goes to')
    .option('--undo', 'take a move back that is not over: the world stays')
    .addOption(tokenOption())
    .action(async (name: string, options: MoveOptions) => done(await move(name, options, terminal)));
  at(command.command('drain'))
    .description('move all worlds of a twin to the others, and let new ones begin there')
    .argument('<twin>', 'its address, one of --url')
    .option('--dry-run', 'only say how many worlds that are')
    .option('--undo', 'let new worlds begin there again; those that went stay where they are')
    .action(async (twin: string, options: TwinsOptions & { dryRun?: boolean; undo?: boolean }) =>
      done(await drain(twin, options, terminal)),
    );
  at(command.command('rebalance'))
    .description('move each world to where the balancer looks for it')
    .option('--dry-run', 'only say how many worlds that are')
    .action(async (options: TwinsOptions & { dryRun?: boolean }) => done(await rebalance(options, terminal)));
  at(command.command('forget'))
    .description('let twins pass no more calls on to where worlds were moved')
    .action(async (options: TwinsOptions) => done(await forget(options, terminal)));
  return command.addHelpText('after', examples);
}

const tokenOption = () =>
  new Option('--admin-token <token>', 'the token that the twins were started with').env(
    variableOf('--admin-token'),
  );

const withTable = (command: Command): Command =>
  command.addOption(
    new Option(
      '-u, --url <urls>',
      'the twins in the order of the balancer’s table, parted by commas; "-" for a place without one',
    )
      .default(['http://127.0.0.1:8080'], 'http://127.0.0.1:8080')
      .argParser((urls: string) => urls.split(',')),
  );

async function list(
  { url, adminToken, json }: TwinsOptions & { readonly json?: boolean },
  terminal: Terminal,
): Promise<number> {
  const control = new TwinControl(adminToken);
  const asked = await Promise.allSettled(twinsOf(tableFrom(url)).map((twin) => worldsOfTwin(control, twin)));
  const twins = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  for (const each of asked) if (each.status === 'rejected') terminal.err(`${messageOf(each.reason)}\n`);
  terminal.out(json ? `${JSON.stringify(twins, null, 2)}\n` : worldsTable(twins));
  terminal.err(worldsInSeveral(twins));
  if (!json && twins.some(({ moves }) => moves.some((each) => each.phase !== 'moved' && !each.isRunning)))
    terminal.err(
      'A move that was broken off is finished by the same "twintrack worlds move", or taken back with --undo.\n',
    );
  return twins.length === asked.length ? exitCodes.ok : exitCodes.wrongInput;
}

/** @throws what is no mistake of who called */
function messageOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  throw error;
}

async function move(name: string, options: MoveOptions, terminal: Terminal): Promise<number> {
  const control = new TwinControl(options.adminToken);
  const from = twinUrl('--from', options.from);
  const to = twinUrl('--to', options.to);
  if (options.undo) {
    await control.ask(from, `POST /moves/${encodeURIComponent(name)}/undo`);
    terminal.out(`The move of "${name}" was taken back: it is open at ${from}\n`);
    return exitCodes.ok;
  }
  const state = async () => {
    const { moves } = await control.ask<{ moves: ShownMove[] }>(from, 'GET /moves');
    const records = moves.find(({ world }) => world === name)?.records ?? 0;
    return `${name}: ${records} records sent`;
  };
  const work = () => control.ask<MoveReport>(from, 'POST /moves', { world: name, from, to });
  const { records, bytes, heldMs, tookMs } = await telling(terminal, state, work);
  terminal.out(
    bytes === 0
      ? `"${name}" is at ${to} already\n`
      : `"${name}" is at ${to}: ${records} records, ${sizeText(bytes)}, in ${Math.round(tookMs)} ms; its calls waited ${Math.round(heldMs)} ms\n`,
  );
  return exitCodes.ok;
}

async function rebalance(
  { url, adminToken, dryRun }: TwinsOptions & { readonly dryRun?: boolean },
  terminal: Terminal,
): Promise<number> {
  const table = tableFrom(url);
  const control = new TwinControl(adminToken);
  const find = async () =>
    misplaced(await Promise.all(twinsOf(table).map((twin) => worldsOfTwin(control, twin))), table);
  if (!dryRun) return told(await moveUntilNone(find, control, terminal), terminal);
  terminal.out(`${worldsText((await find()).length)} would move\n`);
  return exitCodes.ok;
}

async function drain(
  given: string,
  { url, adminToken, dryRun, undo }: TwinsOptions & { readonly dryRun?: boolean; readonly undo?: boolean },
  terminal: Terminal,
): Promise<number> {
  const table = tableFrom(url);
  const control = new TwinControl(adminToken);
  const twin = twinUrl('<twin>', given);
  if (undo) {
    await control.ask(twin, 'DELETE /drain');
    terminal.out(`${twin} takes new worlds again\n`);
    return exitCodes.ok;
  }
  if (!table.includes(twin) || twinsOf(table).length < 2)
    throw new UsageError(
      `--url has to name ${twin} and at least one other twin, in the order of the balancer's table.`,
    );
  const others = table.map((each) => (each === twin ? undefined : each));
  const find = async () => misplaced([await worldsOfTwin(control, twin)], others);
  if (dryRun) {
    terminal.out(`${worldsText((await find()).length)} would move\n`);
    return exitCodes.ok;
  }
  await control.ask(twin, 'PUT /drain', { table: others.map((each) => each ?? null) });
  const code = told(await moveUntilNone(find, control, terminal), terminal);
  const { worlds } = await worldsOfTwin(control, twin);
  const main = worlds.find(({ name }) => name === 'main');
  if (main && main.calls > 0)
    terminal.err(
      `The main world of ${twin} took ${main.calls} calls and stays there: each twin has one of its own.\n`,
    );
  return code;
}

function told(moved: MovedWorlds, terminal: Terminal): number {
  for (const refusal of moved.refusals) terminal.err(`${refusal}\n`);
  terminal.out(movedText(moved));
  return moved.refusals.length === 0 ? exitCodes.ok : exitCodes.wrongInput;
}

async function forget({ url, adminToken }: TwinsOptions, terminal: Terminal): Promise<number> {
  const control = new TwinControl(adminToken);
  let forgotten = 0;
  for (const twin of twinsOf(tableFrom(url))) {
    const { moves } = await control.ask<{ moves: ShownMove[] }>(twin, 'GET /moves');
    for (const { world, phase } of moves) {
      if (phase !== 'moved') continue;
      await control.ask(twin, `DELETE /moves/${encodeURIComponent(world)}`);
      forgotten += 1;
    }
  }
  terminal.out(`Calls of ${worldsText(forgotten)} are not passed on any more\n`);
  return exitCodes.ok;
}

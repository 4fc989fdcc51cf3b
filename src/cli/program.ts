import { Command, CommanderError } from 'commander';
import { ListenError } from '../http/open-port.ts';
import { SettingsError } from '../http/settings.ts';
import { version } from '../package/version.ts';
import { ScenarioError } from '../scenario/reading/problem.ts';
import { framedReport } from '../scenario/reading/report.ts';
import { StoreError } from '../world/store/store-error.ts';
import { cloneCommand } from './clone.ts';
import { completionCommand } from './completion.ts';
import { contractCommand } from './contract.ts';
import { dataCommand } from './data.ts';
import { readFlags } from './environment.ts';
import { exportCommand } from './export.ts';
import { initCommand } from './init.ts';
import { lintCommand } from './lint.ts';
import { recordCommand } from './record.ts';
import { replayCommand } from './replay.ts';
import { scenarioCommand } from './scenario.ts';
import { type Stop, serveCommand } from './serve.ts';
import { exitCodes, reportStyle, type Terminal, UsageError } from './terminal.ts';
import { worldsCommand } from './worlds.ts';

const examples = `
Examples:
  twintrack init
      A first scenario of your own, with comments, and a test beside it.
  twintrack serve
      Both APIs on http://127.0.0.1:8080 with the demo scenario; Ctrl+C ends it.
  twintrack lint my-tests.yaml
      Is the scenario right? "twintrack serve --scenario my-tests.yaml" starts with it.
  twintrack export --out now.yaml
      What the twin on port 8080 holds now, as a scenario.
  twintrack data check ./state
      Is everything in a data folder what was written there?
  twintrack worlds --help
      The worlds of several twins behind a balancer: listed, moved, spread anew.
  twintrack clone --help
      A project of a real server as a scenario: a twin of your own project.
  twintrack contract --help
      The documented behaviour, held against a real server or a twin.

Each command has a --help with examples.
Exit codes: 0 all is well; 1 a mistake in Twintrack (contract, replay: the server differs); 2 wrong options or input;
3 the data folder was lost while a twin was running.`;

/**
 * Runs the command line.
 *
 * @param words what stands after the program's name
 * @returns the exit code
 */
export async function run(words: readonly string[], terminal: Terminal, stop: Stop): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const done = (code: number) => {
    exitCode = code;
  };
  const program = new Command('twintrack')
    .description("A stateful test double of the TestTrack SOAP SDK and of ApTest Manager's rpc.mpl.")
    .version(version, '-v, --version')
    .addHelpText('after', examples);
  const commands = [
    serveCommand(terminal, stop, done),
    lintCommand(terminal, done),
    exportCommand(terminal, done),
    contractCommand(terminal, done),
    cloneCommand(terminal, done),
    recordCommand(terminal, stop, done),
    replayCommand(terminal, done),
    scenarioCommand(terminal, done),
    dataCommand(terminal, done),
    worldsCommand(terminal, done),
    initCommand(terminal, done),
    new Command('version').description('show the version').action(() => terminal.out(`${version}\n`)),
    completionCommand(terminal, () => program),
  ];
  for (const command of commands) program.addCommand(command);
  program.hook('preAction', (_, command) => readFlags(command, terminal.env));
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
    command
      .showHelpAfterError(
        `"${['twintrack', command === program ? '' : command.name()].join(' ').trim()} --help" has all options, with examples.`,
      )
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  }
  try {
    // The letter that it was before.
    const [first, ...rest] = words;
    await program.parseAsync(first === '-V' ? ['--version', ...rest] : words, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explained(error, terminal);
  }
}

/** What a person has to mend; the message says how. */
const forPeople = [UsageError, SettingsError, ListenError, StoreError];

/** Says what went wrong in one message. What a person can mend is told without a stack. */
function explained(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    // Commander has said it already; its own code for help and version is 0.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongInput;
  }
  if (error instanceof ScenarioError) {
    terminal.err(`${framedReport(error.report, reportStyle(terminal))}\n`);
    return exitCodes.wrongInput;
  }
  if (forPeople.some((kind) => error instanceof kind)) {
    terminal.err(`${(error as Error).message}\n`);
    return exitCodes.wrongInput;
  }
  terminal.err(`A mistake in Twintrack itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.ourMistake;
}

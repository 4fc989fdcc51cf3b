import { Command, CommanderError } from 'commander';
import { ListenProblem } from '../http/listener.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { version } from '../version.ts';
import { lintCommand } from './lint.ts';
import { type Stop, serveCommand } from './serve.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

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
    .version(version, '-V, --version')
    .addHelpText('after', '\nBegin with:\n  twintrack serve\n  twintrack serve --help');
  for (const command of [serveCommand(terminal, stop, done), lintCommand(terminal, done)])
    program.addCommand(command);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explained(error, terminal);
  }
}

/** Says what went wrong in one message. What a person can mend is told without a stack. */
function explained(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    // Commander has said it already; its own code for help and version is 0.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongInput;
  }
  if (error instanceof UsageError || error instanceof ScenarioError || error instanceof ListenProblem) {
    terminal.err(`${error.message}\n`);
    return exitCodes.wrongInput;
  }
  terminal.err(`A mistake in Twintrack itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.ourMistake;
}

import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { formatOf } from './export.ts';
import { explainedCalls } from './real-errors.ts';
import { seedFrom, tellCutOff } from './real-options.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

interface FromWords {
  readonly out: string;
  readonly force?: boolean;
  readonly project?: string;
  readonly seed: string;
}

/** `twintrack scenario`: makes scenarios of what is known of a server. */
export function scenarioCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  const command = new Command('scenario').description(
    'make a scenario of what recordings of a real server show',
  );
  command
    .command('from')
    .description(
      'what recordings show of a project and of suites, as they were before the recorded client changed them',
    )
    .argument('<recording...>', 'what "twintrack record" wrote; several are put together')
    .requiredOption('-o, --out <file>', 'the scenario to write: .yaml, .yml or .json')
    .option('--force', 'write over a file that is there')
    .option('--project <name>', 'the project; by default the one that is logged on to first')
    .option('--seed <text>', 'the seed of the scenario', 'twintrack')
    .action(async (files: string[], { out, force, project, seed }: FromWords) => {
      if (existsSync(out) && force !== true) {
        throw new UsageError(`${out} is there already; remove it, choose another name, or give --force.`);
      }
      seedFrom(seed);
      const format = formatOf(out);
      const report = await explainedCalls(async () => {
        const { learnedScenario } = await import('../real/recording/learned-scenario.ts');
        const { openRecording } = await import('../real/recording/recording-file.ts');
        const recordings = files.map(openRecording);
        tellCutOff(recordings, terminal);
        return learnedScenario(recordings, { out, format, seed, project, now: Date.now() });
      });
      for (const { what, assumed } of report.notes)
        terminal.out(`not shown: ${what}; the twin: ${assumed}\n`);
      const { records, suites, sessions, bytes } = report;
      const ofSuites = suites === 0 ? '' : `, ${suites} suites of ApTest with ${sessions} sessions`;
      terminal.out(`${out}: ${records} records${ofSuites}, ${bytes} bytes\n`);
      done(exitCodes.ok);
    });
  return command.addHelpText(
    'after',
    `
Examples:
  twintrack scenario from day.jsonl --out day.yaml
      Enough for "twintrack replay day.jsonl" on a twin of it, as far as the recording shows what it needs.
  twintrack scenario from monday.jsonl tuesday.jsonl --out week.yaml
      Several put together. Where they contradict one another, the first counts, and it is told.`,
  );
}

import { Command } from 'commander';
import { loadScenario } from '../scenario/load.ts';
import { ScenarioError } from '../scenario/reading/problem.ts';
import { framedReport } from '../scenario/reading/report.ts';
import { productSections } from '../scenario/sections.ts';
import { exitCodes, reportStyle, type Terminal } from './terminal.ts';

const examples = `
Examples:
  twintrack lint my-tests.yaml
      Says "sound", or each mistake with file, line, column and what was probably meant.
  twintrack lint scenarios/*.yaml
      One line for each file. Fault rules that can never act are warned about.
  cat my-tests.yaml | twintrack lint -
      The same of what comes in on the standard input, as an editor gives it.
  twintrack lint --strict scenarios/*.yaml
      For CI: what is warned about is a mistake.

Exit codes: 0 all files are sound, perhaps with warnings, without --strict; 1 a mistake in Twintrack; 2 a file is wrong, or an option.`;

/** `twintrack lint`: checks scenario files wholly, as far as making the records, and starts nothing. */
export function lintCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  return new Command('lint')
    .description('check scenario files and say where they are wrong')
    .argument('<file...>', 'YAML or JSON scenario files; - reads the standard input')
    .addHelpText('after', examples)
    .option('--strict', 'take warnings for mistakes')
    .action((files: string[], { strict = false }: { strict?: boolean }) => {
      const results = files.map((file) => isSound(file, { terminal, isStrict: strict }));
      done(results.every(Boolean) ? exitCodes.ok : exitCodes.wrongInput);
    });
}

interface LintOptions {
  readonly terminal: Terminal;
  /** Whether a warning makes a file unsound. */
  readonly isStrict: boolean;
}

function isSound(file: string, { terminal, isStrict }: LintOptions): boolean {
  try {
    const tell = (sentence: string) => terminal.err(`${sentence}\n`);
    const { warnings } = loadScenario(file === '-' ? 'standard input' : file, {
      now: Date.now(),
      sections: productSections,
      tell,
      text: file === '-' ? (terminal.readIn?.() ?? '') : undefined,
    });
    const lines = warnings.map(({ rule, message, ...place }) => ({
      ...place,
      message: `${isStrict ? 'error' : 'warning'}: rule "${rule}": ${message}`,
    }));
    if (warnings.length > 0)
      terminal.err(`${framedReport({ lines, count: lines.length }, reportStyle(terminal))}\n`);
    if (isStrict && warnings.length > 0) return false;
    terminal.out(`${file}: sound${countOf(warnings)}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    terminal.err(`${framedReport(error.report, reportStyle(terminal))}\n`);
    return false;
  }
}

function countOf({ length }: readonly unknown[]): string {
  return length === 0 ? '' : `, with ${length} ${length === 1 ? 'warning' : 'warnings'}`;
}

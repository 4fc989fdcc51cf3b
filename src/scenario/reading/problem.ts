import type { TwinErrorCode } from '../../errors/own-errors.ts';
import { didYouMeanHint } from '../../input/did-you-mean.ts';
import type { PathStep } from '../../input/path.ts';
import { mostShown, plainReport, type Report, type ReportLine } from './report.ts';

/**
 * Something in a scenario that is well written but makes no sense, such as a user that is not declared. The code that
 * finds it knows the path; file, line and column are found from that.
 */
export class ScenarioProblem extends Error {
  override readonly name = 'ScenarioProblem';
  readonly code: TwinErrorCode = 'TWIN_SCENARIO_INVALID';

  /**
   * @param path where in the whole scenario
   * @param message what was found and what was expected, without a full stop
   * @param remedy how to mend it, as a whole sentence; may be empty
   */
  constructor(
    readonly path: readonly PathStep[],
    message: string,
    readonly remedy: string = '',
  ) {
    super(message);
  }
}

/** A name that nothing has, and what could have been meant. */
export interface Missing {
  readonly name: string;
  readonly known: Iterable<string>;
  /** What the known names are, when all of them are to be listed: `Fields`. */
  readonly listed?: string;
  /** What else mends it, as a whole sentence. */
  readonly remedy?: string;
}

/** Of what could have been meant, so many are listed. */
const LISTED = 100;

/** The problem of a name that nothing has. @param what says so, without a full stop */
export function missing(
  at: readonly PathStep[],
  what: string,
  { name, known, listed, remedy }: Missing,
): ScenarioProblem {
  const names = [...known];
  const more = names.length > LISTED ? ` … and ${names.length - LISTED} more` : '';
  const list = listed && `${listed}: ${names.slice(0, LISTED).join(', ') || 'none'}${more}.`;
  const near = didYouMeanHint(name, names).trim();
  return new ScenarioProblem(at, what, [list, near, remedy].filter(Boolean).join(' '));
}

/** A scenario cannot be used. Its message is the whole report, a line for each problem. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code: TwinErrorCode = 'TWIN_SCENARIO_INVALID';

  constructor(readonly report: Report) {
    super(plainReport(report));
  }
}

/** Makes the error that tells a person everything that is wrong, with place, reason and remedy. */
export function scenarioError(lines: readonly ReportLine[]): ScenarioError {
  return new ScenarioError({ lines: lines.slice(0, mostShown), count: lines.length });
}

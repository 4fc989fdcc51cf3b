import { realpathSync, statSync } from 'node:fs';
import { atOnce, inTurns, type Steps } from '../answers/steps.ts';
import type { Log } from '../log/log.ts';
import { ScenarioError } from '../scenario/reading/problem.ts';
import { framedReport } from '../scenario/reading/report.ts';
import type { ClockState } from '../world/clock.ts';
import type { HostedWorld, WorldStart } from '../worlds/hosted-world.ts';
import { WorldError } from '../worlds/world-error.ts';

/** Makes a world begin from a scenario, in steps. @param reads told of each file that is read or looked for */
export type StartOf = (scenario: string | object, reads?: (file: string) => void) => Steps<WorldStart>;

/** The scenario that a twin serves, and the files that it hangs on. */
export class ServedScenario {
  private marks: ReadonlyMap<string, string> = new Map();
  /** One after another, so that what was read last counts. */
  private coming: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly scenario: string | object,
    private readonly startOf: StartOf,
  ) {}

  /** The files that it was last read from, or was to be read from, by their absolute paths. */
  get files(): ReadonlySet<string> {
    return new Set(this.marks.keys());
  }

  /** Whether one of its files is another than when it was last read: changed, gone, come, or behind another link. */
  hasChanged(): boolean {
    return [...this.marks].some(([file, mark]) => markOf(file) !== mark);
  }

  /** Reads it, while everybody waits. @throws ScenarioError */
  start(): WorldStart {
    return atOnce(this.starting());
  }

  /** Reads it while others are served. @throws ScenarioError */
  startInTurns(): Promise<WorldStart> {
    const start = this.coming.then(() => inTurns(this.starting()));
    this.coming = start.catch(() => {});
    return start;
  }

  private *starting(): Steps<WorldStart> {
    const marks = new Map<string, string>();
    try {
      // Marked before it is read, so that a change meanwhile is seen afterwards.
      return yield* this.startOf(this.scenario, (file) => void marks.set(file, markOf(file)));
    } catch (error) {
      // A wrong file may not say any more what it extends, and that is watched too until it is mended.
      for (const file of this.marks.keys()) if (!marks.has(file)) marks.set(file, markOf(file));
      throw error;
    } finally {
      this.marks = marks;
    }
  }
}

/** What is different when a file is. */
function markOf(file: string): string {
  try {
    const { ino, size, mtimeNs, mode } = statSync(file, { bigint: true });
    return [realpathSync(file), ino, size, mtimeNs, mode].join(' ');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

export interface Reloading {
  readonly served: ServedScenario;
  /** The world that began from the scenario. */
  readonly main: HostedWorld;
  /** Whether a data folder keeps it. */
  readonly isKept: boolean;
  readonly log: Log;
}

/**
 * Reads the served scenario again, while others are served, and lets its world begin from it: the seed, the state with its
 * fault rules, and the clock. Journal and snapshots stay, as with a reset; other worlds are left alone.
 *
 * @returns the clock as it runs now
 * @throws ScenarioError it is wrong; nothing was changed
 * @throws WorldError the world is kept in a data folder
 */
export async function reload(reloading: Reloading): Promise<ClockState> {
  refuseKept(reloading);
  const begun = performance.now();
  return begin(reloading, await reloading.served.startInTurns(), begun);
}

/** The same while everybody waits, for code in the same process; a wrong scenario is in the log too. */
export function reloadAtOnce(reloading: Reloading): ClockState {
  refuseKept(reloading);
  const begun = performance.now();
  try {
    return begin(reloading, reloading.served.start(), begun);
  } catch (error) {
    throw told(reloading, error);
  }
}

function begin({ main, log }: Reloading, { world, clock }: WorldStart, begun: number): ClockState {
  main.runner.startOver(world, clock);
  log.info(`The scenario was read again in ${Math.round(performance.now() - begun)} ms`);
  return main.runner.clock.state();
}

/** @throws WorldError */
function refuseKept({ isKept }: Reloading): void {
  if (!isKept) return;
  throw new WorldError(
    'refused',
    'The state is kept in a data folder and goes on; the scenario was for its first start. Begin with the scenario again by a start with --fresh.',
  );
}

/** Tells a person why the scenario was not taken. */
export function tellWrong(log: Log, { report }: ScenarioError): void {
  const hint = framedReport(report, { columns: log.columns });
  log.error('The scenario is wrong, so the state stays as it was', { hint });
}

/** The same as `reload`, and a wrong scenario is in the log too, where its values may stand. */
export async function reloadTold(reloading: Reloading): Promise<ClockState> {
  try {
    return await reload(reloading);
  } catch (error) {
    throw told(reloading, error);
  }
}

function told({ log }: Reloading, error: unknown): unknown {
  if (error instanceof ScenarioError) tellWrong(log, error);
  return error;
}

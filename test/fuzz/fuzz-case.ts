import { packageRoot } from '../../src/package/package-root.ts';
import type { Chance } from '../../src/scenario/generate/chance.ts';
import { serverScope, sessionUses } from '../../src/testtrack/model/tables.ts';
import type { World } from '../../src/world/world.ts';
import type { HostedWorld } from '../../src/worlds/hosted-world.ts';
import type { Worlds } from '../../src/worlds/worlds.ts';
import { type Beginning, placeFrom } from './place.ts';

/** Answers wait for each other, so none may take longer than this, in milliseconds. */
const longestAnswer = 250;

/**
 * What this process has computed so far, in milliseconds. Others wait because of us for as long as we compute; on a
 * busy machine the time of a wall clock says less. Asking costs, so that it is asked only of what was slow.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How often something was sent, and how often it was done. */
export type Tally = Map<string, { sent: number; done: number }>;

/** One case: a few requests from the beginning on, and what was found wrong with their answers. */
export class FuzzCase {
  readonly worlds: Worlds;
  readonly main: HostedWorld;
  readonly findings: string[] = [];
  /** What is still being made for answers that were given. */
  readonly later: Promise<void>[] = [];
  /** Time that went by ends sessions and locks; a refused call shows that too. */
  isClockMoved = false;
  /** Something took long by a clock on the wall. */
  isSlow = false;

  constructor(
    readonly beginning: Beginning,
    readonly chance: Chance,
    readonly tally: Tally,
    /** The clock by which answers may be slow; without one they are only noted as slow, by a clock on the wall. */
    private readonly clock?: () => number,
  ) {
    const { worlds, main } = placeFrom(beginning);
    this.worlds = worlds;
    this.main = main;
  }

  get world(): World {
    return this.main.runner.world;
  }

  found(what: string): void {
    this.findings.push(what);
  }

  /** Counts a request by its name, and whether it was done. */
  count(name: string, isDone: boolean): void {
    const so = this.tally.get(name) ?? { sent: 0, done: 0 };
    this.tally.set(name, { sent: so.sent + 1, done: so.done + (isDone ? 1 : 0) });
  }

  /** Does something and notes when it held the others up. */
  timed<T>(name: string, work: () => T): T {
    const { clock = performance.now.bind(performance) } = this;
    const begun = clock();
    try {
      return work();
    } finally {
      this.took(name, clock() - begun);
    }
  }

  private took(name: string, milliseconds: number): void {
    if (milliseconds <= longestAnswer) return;
    if (this.clock) this.found(`${name} took ${Math.round(milliseconds)} ms`);
    else this.isSlow = true;
  }

  /** A refused request leaves the state as it was; when sessions were last used is no part of that. */
  mustBeUnchanged(name: string, before: World): void {
    const after = this.world;
    if (before === after || this.isClockMoved) return;
    const uses = `${serverScope}/${sessionUses.name}`;
    const paths = new Set([...before.collections.keys(), ...after.collections.keys()]);
    const changed: string[] = [...paths].filter(
      (path) => path !== uses && before.collections.get(path) !== after.collections.get(path),
    );
    if (before.counters !== after.counters) changed.push('counters');
    if (changed.length > 0) this.found(`${name} was refused and changed ${changed.join(', ')}`);
  }

  /** No answer shows where the program stands or what of it was running. */
  mustTellNothing(name: string, text: string): void {
    if (
      /\n\s*at .{1,200}:\d+:\d+\)?/.test(text) ||
      text.includes('node:internal') ||
      text.includes(packageRoot)
    )
      this.found(`${name} shows a stack or a path: ${text.slice(0, 500)}`);
  }

  /** Something was thrown that is no refusal. */
  mistake(name: string, error: unknown): void {
    this.found(`${name}: a mistake of ours: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

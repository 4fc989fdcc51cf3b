import type { z } from 'zod';
import type { worldSchema } from '../control/answer-schemas.ts';
import type { MoveReport } from '../moves/departures.ts';
import { type TwinTable, twinOfWorld } from '../moves/haproxy-hash.ts';
import type { ShownMove } from '../moves/moves.ts';
import { type Terminal, UsageError } from './terminal.ts';
import { type TwinControl, twinUrl } from './twin-control.ts';

/** What one twin says of its worlds. */
export interface TwinWorlds {
  readonly url: string;
  readonly isDraining: boolean;
  readonly worlds: readonly z.output<typeof worldSchema>[];
  readonly moves: readonly ShownMove[];
}

/** The world that each twin has of its own. */
const ownWorld = 'main';

/** A world that is to go to another twin. */
export interface Wanted {
  readonly world: string;
  readonly from: string;
  readonly to: string;
}

/** So many worlds move at the same time. With more of them their calls wait longer. */
const AT_ONCE = 2;

/** What takes longer is told, and how it fares as often as this. */
const TELL_EVERY_MS = 1000;

/**
 * The twins of `--url` in the order of the balancer's table; `-` stands for a place that has none any more.
 *
 * @throws UsageError
 */
export function tableFrom(urls: readonly string[]): TwinTable {
  const table = urls
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => (each === '-' ? undefined : twinUrl('--url', each)));
  const twins = table.filter((each) => each !== undefined);
  if (twins.length === 0)
    throw new UsageError('--url: name at least one twin, such as http://10.0.0.1:8080.');
  const twice = twins.find((each, at) => twins.indexOf(each) !== at);
  if (twice !== undefined) throw new UsageError(`--url: ${twice} is named twice.`);
  return table;
}

export const twinsOf = (table: TwinTable): string[] =>
  table.flatMap((url) => (url === undefined ? [] : [url]));

/** What a twin has. @throws UsageError */
export async function worldsOfTwin(control: TwinControl, url: string): Promise<TwinWorlds> {
  const [worlds, { isDraining, moves }] = await Promise.all([
    control.ask<TwinWorlds['worlds']>(url, 'GET /worlds'),
    control.ask<Pick<TwinWorlds, 'isDraining' | 'moves'>>(url, 'GET /moves'),
  ]);
  return { url, isDraining, worlds, moves };
}

/**
 * The worlds that are not where the balancer looks for them, and those whose move was broken off, which comes first.
 *
 * @param table where it looks
 */
export function misplaced(twins: readonly TwinWorlds[], table: TwinTable): Wanted[] {
  const broken = twins.flatMap(({ url: from, moves }) =>
    moves.filter(isBrokenOff).map(({ world, peer: to }) => ({ world, from, to })),
  );
  const started = new Set(broken.map(({ world, from }) => `${from} ${world}`));
  const others = twins.flatMap(({ url: from, worlds }) =>
    worlds.flatMap(({ name: world }): Wanted[] => {
      const to = twinOfWorld(table, world);
      const isRight = world === ownWorld || to === undefined || to === from;
      return isRight || started.has(`${from} ${world}`) ? [] : [{ world, from, to }];
    }),
  );
  return [...broken, ...others];
}

const isBrokenOff = ({ phase, isRunning }: ShownMove): boolean =>
  !isRunning && (phase === 'leaving' || phase === 'in doubt');

/** How many were moved, and why others were not. */
export interface MovedWorlds {
  readonly reports: readonly MoveReport[];
  readonly refusals: readonly string[];
}

/** Moves worlds, a few at a time, and tells how that fares. */
async function moveAll(
  wanted: readonly Wanted[],
  control: TwinControl,
  terminal: Terminal,
): Promise<MovedWorlds> {
  const reports: MoveReport[] = [];
  const refusals: string[] = [];
  const left = [...wanted];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      try {
        reports.push(await control.ask<MoveReport>(next.from, 'POST /moves', next));
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        refusals.push(`${next.world}: ${error.message}`);
      }
    }
  };
  const done = () => `${reports.length + refusals.length} of ${wanted.length} worlds`;
  await telling(terminal, done, () => Promise.all(Array.from({ length: AT_ONCE }, lane)));
  return { reports, refusals };
}

/** Worlds come and go meanwhile, and one whose move was broken off may have to go on from there. */
const MOST_ROUNDS = 3;

/** Moves worlds until none is found any more that has to be, or one was refused. */
export async function moveUntilNone(
  find: () => Promise<readonly Wanted[]>,
  control: TwinControl,
  terminal: Terminal,
): Promise<MovedWorlds> {
  const reports: MoveReport[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = await find();
    if (wanted.length === 0) break;
    const moved = await moveAll(wanted, control, terminal);
    reports.push(...moved.reports);
    if (moved.refusals.length > 0) return { reports, refusals: moved.refusals };
  }
  return { reports, refusals: [] };
}

/** Does something, and says every second how it fares if it takes longer. */
export async function telling<T>(
  terminal: Terminal,
  state: () => string | Promise<string>,
  work: () => Promise<T>,
): Promise<T> {
  const tell = async () => terminal.err(`${await state()}…\n`);
  const timer = setInterval(() => void tell().catch(() => {}), TELL_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** What moved and what did not, for people. */
export function movedText({ reports, refusals }: MovedWorlds): string {
  const waits = reports.map(({ heldMs }) => heldMs).sort((a, b) => a - b);
  const wait = (at: number) => `${Math.round(waits[at] ?? 0)} ms`;
  const waited =
    waits.length === 0
      ? ''
      : `; their calls waited ${wait(Math.floor(waits.length / 2))} in the middle, ${wait(waits.length - 1)} at most`;
  const refused = refusals.length === 0 ? '' : `, ${refusals.length} not`;
  return `${worldsText(reports.length)} moved${refused}${waited}\n`;
}

export const worldsText = (count: number): string => (count === 1 ? '1 world' : `${count} worlds`);

import { createHash } from 'node:crypto';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import type { World } from '../../src/world/world.ts';
import type { HostedWorld, WorldStart } from '../../src/worlds/hosted-world.ts';
import { Worlds } from '../../src/worlds/worlds.ts';
import { demoSection } from '../support/aptest.ts';
import { everyKind, everyKindGlobals } from '../support/session-calls.ts';

/** When every case begins; only a case that moves the clock sees another time. */
const startOfCase = Date.parse('2026-03-02T15:00:00Z');

/** A record of every kind in TestTrack, and the demo of ApTest. */
export const fuzzScenario = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: { globalUsers: everyKindGlobals, projects: [{ name: 'Project', ...everyKind }] },
  aptest: demoSection(),
};

/** What every case begins from: the scenario after two people logged on. */
export interface Beginning {
  readonly start: WorldStart;
  /** Of somebody who may do everything. */
  readonly cookie: number;
  /** Of somebody who may do nothing. */
  readonly powerless: number;
}

const hostNow = () => startOfCase;
const worldsFrom = (start: WorldStart) =>
  new Worlds(start, { host: { now: hostNow }, idleMs: 3_600_000, most: 20 });

/** Loads the scenario and logs two people on. */
export function beginning(): Beginning {
  const { world, clock } = loadScenario(fuzzScenario, { now: startOfCase, sections: productSections });
  const { testTrack, runner } = worldsFrom({ world, clock }).main;
  const logOn = (username: string, password: string) =>
    Number(testTrack.call('DatabaseLogon', { dbname: 'Project', username, password }));
  const cookie = logOn('admin', 'secret');
  const powerless = logOn('nobody', 'nobody');
  return { start: { world: runner.world, clock }, cookie, powerless };
}

/** The worlds of one case: they share the beginning, and nothing with another case. */
export function placeFrom({ start }: Beginning): { readonly worlds: Worlds; readonly main: HostedWorld } {
  const worlds = worldsFrom(start);
  return { worlds, main: worlds.main };
}

/** A text that is another one when anything in a world is, even what was written over in its place. */
export function digestOf(world: World): string {
  const hash = createHash('sha256');
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  for (const [path, collection] of world.collections) hash.update(JSON.stringify([path, collection], plain));
  return hash.update(JSON.stringify([world.counters], plain)).digest('hex');
}

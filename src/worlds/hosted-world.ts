import { type ApTest, createApTest } from '../aptest/service.ts';
import { type InvariantCheck, Runner } from '../runner/runner.ts';
import { createTestTrack, type TestTrack } from '../testtrack/service.ts';
import { Clock, type ClockChoice } from '../world/clock.ts';
import type { Instant } from '../world/instant.ts';
import type { World } from '../world/world.ts';

/** A world that answers: a state, a clock and both products on it. */
export interface HostedWorld {
  readonly name: string;
  readonly runner: Runner;
  readonly testTrack: TestTrack;
  readonly apTest: ApTest;
  /** By the host's clock; milliseconds since the epoch. */
  readonly madeAt: Instant;
}

/** What a hosted world begins from. */
export interface WorldStart {
  readonly world: World;
  /** How its clock runs at first, and again after a reset. */
  readonly clock: ClockChoice;
}

/** What every world of a twin shares. */
export interface Host {
  /** The host's time in milliseconds since the epoch. */
  readonly now: () => number;
  /** What has to hold after every change; for tests, because it looks at everything. */
  readonly checks?: readonly InvariantCheck[];
}

/** Makes a world answer. It is cheap: the state is a reference, and the products keep none of their own. */
export function hostWorld(name: string, start: WorldStart, { now: hostNow, checks = [] }: Host): HostedWorld {
  const runner = new Runner(start.world, new Clock(hostNow, start.clock), start.world, checks);
  return {
    name,
    runner,
    testTrack: createTestTrack(runner),
    apTest: createApTest(runner),
    madeAt: hostNow(),
  };
}

/**
 * What a fork of a running world begins from: the state and the clock as they are now. The two share everything
 * until one of them changes it, and neither sees what the other does. A reset of the fork comes back to this point.
 */
export function forkOf({ runner }: HostedWorld): WorldStart {
  const { mode, now, rate } = runner.clock.state();
  return {
    world: runner.world,
    clock: runner.clock.isHostTime ? { mode } : { mode, now, ...(mode === 'scaled' ? { rate } : {}) },
  };
}

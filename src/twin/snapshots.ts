import { type DifferenceReport, differenceReport } from '../snapshots/report.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { stateNamed } from './states.ts';

/** A restore point, for code in the same process. */
export interface TwinSnapshot {
  readonly name: string;
  /** Brings state and clock back. @throws SnapshotError when it was dropped */
  restore(): void;
  /** Forgets it. It can be neither restored nor compared then. */
  drop(): void;
}

/** The restore points of a world, and what is different between its states. */
export interface TwinStates {
  /**
   * Remembers state and clock as they are now.
   *
   * @throws SnapshotError for a name that is taken or cannot be one
   */
  snapshot(name?: string): TwinSnapshot;
  /**
   * Says what is different between two states: `seed`, `now`, a snapshot or another world.
   *
   * @throws SnapshotError for a state that is not there
   */
  diff(from?: string, to?: string): DifferenceReport;
}

/** The restore points of a world, for code in the same process. */
export function twinStates(world: HostedWorld, worlds: Worlds): TwinStates {
  const { snapshots } = world;
  return {
    snapshot: (wanted) => {
      const { name } = snapshots.take(wanted);
      return { name, restore: () => void snapshots.restore(name), drop: () => snapshots.drop(name) };
    },
    diff: (from = 'seed', to = 'now') =>
      differenceReport(stateNamed(from, world, worlds), stateNamed(to, world, worlds)),
  };
}

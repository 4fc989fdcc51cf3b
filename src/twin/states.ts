import { didYouMeanHint } from '../input/did-you-mean.ts';
import { namedStates, SnapshotError } from '../snapshots/snapshots.ts';
import type { ClockChoice } from '../world/clock.ts';
import type { World } from '../world/world.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';

/** A state that has a name, and how the clock ran then; a world can begin from it. */
export interface NamedStart {
  readonly name: string;
  readonly world: World;
  readonly clock: ClockChoice;
  /** The world that it is, or was, a state of. */
  readonly from: string;
}

/**
 * The state that a name stands for: `seed`, `now`, a snapshot of this world, or another world as it is now.
 *
 * @throws SnapshotError when it stands for none
 */
export function stateNamed(name: string, world: HostedWorld, worlds: Worlds): NamedStart {
  const { runner, snapshots } = world;
  if (name === 'now') return stateNow(name, world);
  if (name === 'seed') return { name, world: runner.seed, clock: runner.clock.beginning, from: world.name };
  const snapshot = snapshots.get(name);
  if (snapshot) return { name, world: snapshot.world, clock: snapshot.clock, from: world.name };
  const others = worlds.list();
  if (others.some((each) => each.name === name)) return stateNow(name, worlds.require(name));
  const known = [...namedStates, ...snapshots.list(), ...others].map((each) =>
    typeof each === 'string' ? each : each.name,
  );
  throw new SnapshotError(
    'unknown',
    `There is no state "${name.slice(0, 64)}".${didYouMeanHint(name, known)} Known are ${known.slice(0, 20).join(', ')}.`,
  );
}

function stateNow(name: string, { name: from, runner }: HostedWorld): NamedStart {
  return { name, world: runner.world, clock: runner.clock.choice(), from };
}

import { didYouMeanHint } from '../input/did-you-mean.ts';
import type { NamedState } from '../snapshots/report.ts';
import { namedStates, SnapshotError } from '../snapshots/snapshots.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';

/**
 * The state that a name stands for: `seed`, `now`, a snapshot of this world, or another world as it is now.
 *
 * @throws SnapshotError when it stands for none
 */
export function stateNamed(name: string, world: HostedWorld, worlds: Worlds): NamedState {
  if (name === 'now') return { name, world: world.runner.world };
  if (name === 'seed') return { name, world: world.runner.seed };
  const snapshot = world.snapshots.get(name);
  if (snapshot) return { name, world: snapshot.world };
  const others = worlds.list();
  const other = others.find((each) => each.name === name);
  if (other) return { name, world: other.runner.world };
  const known = [...namedStates, ...world.snapshots.list(), ...others].map((each) =>
    typeof each === 'string' ? each : each.name,
  );
  throw new SnapshotError(
    'unknown',
    `There is no state "${name.slice(0, 64)}".${didYouMeanHint(name, known)} Known are ${known.slice(0, 20).join(', ')}.`,
  );
}

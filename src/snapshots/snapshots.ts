import { atOnce, type Steps } from '../answers/steps.ts';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { TwinError } from '../input/twin-error.ts';
import type { Runner } from '../runner/runner.ts';
import type { ClockChoice } from '../world/clock.ts';
import type { Instant } from '../world/instant.ts';
import type { StateBudget } from '../world/state-budget.ts';
import type { Ground } from '../world/state-ground.ts';
import type { World } from '../world/world.ts';

/** What cannot be done with snapshots, with a message for the caller. */
export class SnapshotError extends TwinError {
  override readonly name = 'SnapshotError';
  protected readonly about = 'SNAPSHOT';
}

/** A named restore point: a reference to the state, and how the clock ran. */
export interface Snapshot {
  readonly name: string;
  readonly world: World;
  readonly clock: ClockChoice;
  /** When it was taken, in the time of the world. */
  readonly at: Instant;
}

/** A snapshot, and what counts its state. */
interface Held extends Snapshot {
  readonly ground: Ground | undefined;
}

/** States that have a name anyway. */
export const namedStates = ['seed', 'now'] as const;

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The restore points of a world. Each costs one reference, and what the state has changed since. */
export class Snapshots {
  private readonly taken = new Map<string, Held>();
  private made = 0;

  /**
   * @param most more snapshots than these are refused
   * @param budget counts what they hold
   */
  constructor(
    private readonly runner: Runner,
    private readonly most: number,
    private readonly budget?: StateBudget,
  ) {}

  /** In the order they were taken. */
  list(): Snapshot[] {
    return [...this.taken.values()];
  }

  /**
   * Remembers the state and the clock as they are now.
   *
   * @param name given when the caller has none in mind
   * @throws SnapshotError for a name that is taken or cannot be one, or when there are too many
   */
  take(name: string = this.freeName()): Snapshot {
    if (!namePattern.test(name) || (namedStates as readonly string[]).includes(name)) {
      throw new SnapshotError(
        'refused',
        `"${name.slice(0, 64)}" cannot be the name of a snapshot: letters, digits, ".", "_" and "-", at most 64, beginning with a letter or digit; "seed" and "now" have a meaning of their own.`,
      );
    }
    if (this.taken.has(name)) {
      throw new SnapshotError(
        'taken',
        `There is a snapshot "${name}" already; drop it first or take another name.`,
      );
    }
    if (this.taken.size >= this.most) {
      throw new SnapshotError(
        'refused',
        `There are ${this.most} snapshots already; drop some first (setting maxSnapshots).`,
      );
    }
    const { world, clock } = this.runner;
    return this.hold({ name, world, clock: clock.choice(), at: clock.now() });
  }

  /** Has snapshots that the same world took in another twin, in the order in which they were taken. */
  goOn(snapshots: readonly Snapshot[]): void {
    for (const snapshot of snapshots) this.hold(snapshot);
  }

  get(name: string): Snapshot | undefined {
    return this.taken.get(name);
  }

  /** @throws SnapshotError when there is none of this name */
  require(name: string): Snapshot {
    const found = this.taken.get(name);
    if (found) return found;
    const remedy =
      this.taken.size === 0
        ? ' There are none; take one with POST /__admin/snapshots.'
        : didYouMeanHint(name, this.taken.keys());
    throw new SnapshotError('unknown', `There is no snapshot "${name.slice(0, 64)}".${remedy}`);
  }

  /** Brings state and clock back to what they were; later snapshots stay. @throws SnapshotError */
  restore(name: string): Snapshot {
    return atOnce(this.restoring(name));
  }

  /** The same in steps; until the last one the world goes on as it is. @throws SnapshotError */
  *restoring(name: string): Steps<Snapshot> {
    const snapshot = this.require(name);
    yield* this.runner.restoring(snapshot.world);
    this.runner.clock.set(snapshot.clock);
    return snapshot;
  }

  /** @throws SnapshotError */
  drop(name: string): void {
    this.require(name);
    this.taken.get(name)?.ground?.release();
    this.taken.delete(name);
  }

  /** Drops all of them. */
  clear(): void {
    for (const { ground } of this.taken.values()) ground?.release();
    this.taken.clear();
  }

  private hold(snapshot: Snapshot): Snapshot {
    const ground = this.budget?.ground(snapshot.world);
    ground?.hold();
    this.taken.set(snapshot.name, { ...snapshot, ground });
    return snapshot;
  }

  private freeName(): string {
    do this.made += 1;
    while (this.taken.has(`snapshot-${this.made}`));
    return `snapshot-${this.made}`;
  }
}

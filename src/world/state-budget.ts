import type { TwinErrorCode } from '../errors/own-errors.ts';
import { Ground, StateShare, weightOver } from './state-ground.ts';
import { World } from './world.ts';

/** There is no room for what a change adds, so it does not happen. The message is for log and hint. */
export class StateFullError extends Error {
  override readonly name = 'StateFullError';
  readonly code: TwinErrorCode = 'TWIN_STATE_FULL';
}

/** What is on its way: it takes room until it has become a state, or nothing. */
export interface Arrival {
  /** @throws StateFullError */
  take(bytes: number): void;
  end(): void;
}

/** What a world costs beside its state: its services, journal and rules. */
const worldBytes = 16 * 1024;

/** A change up to this size may use the last part of the room, so that a client can log on and delete something. */
const smallChange = 16 * 1024;
/** The last part: a twentieth, but not more than this. */
const mostForSmall = 1024 * 1024;

/** The seed is weighed when everything else takes this part of the room. */
const seedMatters = 16;

/** All journals together may take this part of what the states may take, beside them. */
const journalPart = 4;

/**
 * How much memory the worlds of a twin take, and how much they may: states, seeds, snapshots, and what of uploads is on
 * its way. It is kept up with each change, by what the change is, and never measured: the same calls always come to the
 * same end.
 */
export class StateBudget {
  private counted = 0;
  private journals = 0;
  /** The seed of the main world. It is weighed when there is something that counts beside it. */
  private root: Ground | undefined;
  private isRootWeighed = false;
  private readonly grounds = new WeakMap<World, Ground>();
  private readonly shares = new Set<StateShare>();

  /**
   * @param limit in bytes
   * @param sizeText writes a number of bytes for people
   */
  constructor(
    private readonly limit: number,
    private readonly sizeText: (bytes: number) => string = (bytes) => `${bytes} bytes`,
  ) {}

  /** About how many bytes of memory the states take. */
  get used(): number {
    this.weighRoot();
    return this.counted;
  }

  /** Whether the journals take as much as they may together. */
  get areJournalsFull(): boolean {
    return this.journals > this.limit / journalPart;
  }

  /** Is told how much the journals hold more, or less. */
  readonly chargeJournal = (bytes: number): void => {
    this.journals += bytes;
  };

  /** Takes room for something that is no state yet, without asking, or gives it back. */
  readonly charge = (bytes: number): void => {
    this.counted += bytes;
  };

  /**
   * Looks whether there is room.
   *
   * @throws StateFullError there is none for so many bytes more
   */
  require(bytes: number): void {
    if (bytes <= 0) return;
    // Weighing a large seed takes some milliseconds, which a start and a few short calls do not need.
    if (this.counted + bytes > this.limit / seedMatters) this.weighRoot();
    const kept = bytes <= smallChange ? 0 : Math.min(this.limit / 20, mostForSmall);
    if (this.counted + bytes <= this.limit - kept) return;
    const { counted, limit, sizeText } = this;
    throw new StateFullError(
      `There is no room for ${sizeText(bytes)} more: the state takes ${sizeText(counted)} of ${sizeText(limit)} (setting maxState: --max-state, TWINTRACK_MAX_STATE). Delete records, drop worlds and snapshots, or start with a larger one.`,
    );
  }

  /**
   * Makes sure that there is room for a state that a world is to begin with.
   *
   * @returns the state, which counts until that is called
   * @throws StateFullError
   */
  hold(world: World): () => void {
    this.require(worldBytes);
    const ground = this.ground(world, (bytes) => this.require(bytes + worldBytes));
    ground.hold();
    return () => ground.release();
  }

  /** Counts what is on its way and no state yet. */
  arrival(): Arrival {
    let held = 0;
    return {
      take: (bytes) => {
        this.require(bytes);
        held += bytes;
        this.charge(bytes);
      },
      end: () => {
        this.charge(-held);
        held = 0;
      },
    };
  }

  /** Counts a world from now on, until its share ends. */
  share(world: World, seed: World): StateShare {
    const share = new StateShare(world, this.ground(seed), this.charge);
    this.charge(worldBytes);
    this.shares.add(share);
    return share;
  }

  /** Counts a world no longer. */
  end(share: StateShare): void {
    if (!this.shares.delete(share)) return;
    share.end();
    this.charge(-worldBytes);
  }

  /** Lets a world begin with another seed. */
  startOver(share: StateShare, seed: World): void {
    if (this.root && share.isOn(this.root)) this.root = undefined;
    share.startOver(this.ground(seed));
  }

  /**
   * The ground that a state is, for what begins with it.
   *
   * @param ask is given what it adds, before it counts
   */
  ground(world: World, ask: (bytes: number) => void = () => {}): Ground {
    const known = this.grounds.get(world);
    if (known && !known.isGone) return known;
    const ground = this.split(world) ?? this.separate(world, ask);
    this.grounds.set(world, ground);
    return ground;
  }

  private split(world: World): Ground | undefined {
    for (const share of this.shares) if (share.isAt(world)) return share.split();
    return undefined;
  }

  /** A state that no world has: it shares with the seed of the main one what it shares. */
  private separate(world: World, ask: (bytes: number) => void): Ground {
    const root = this.root?.isGone === false ? this.root : undefined;
    if (!root) {
      this.root = new Ground(world, [], this.charge);
      this.isRootWeighed = false;
      return this.root;
    }
    const own = weightOver(root.world, world);
    ask(own);
    this.charge(own);
    return new Ground(world, [{ ground: root, own }], this.charge);
  }

  private weighRoot(): void {
    if (this.isRootWeighed || !this.root) return;
    this.isRootWeighed = true;
    const { world } = this.root;
    this.root.weigh(weightOver(new World(world.seed), world));
  }
}

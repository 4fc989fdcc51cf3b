import type { Collection } from './collection.ts';
import type { Change } from './draft.ts';
import { changesBetween } from './step-between.ts';
import { growthOf, weightBeside } from './weight.ts';
import type { World } from './world.ts';

/** A ground that somebody stands on, and what they have beside it, in bytes. */
interface Level {
  readonly ground: Ground;
  own: number;
}

/** What has grounds below it, the nearest first. It counts with what it has beside the nearest one. */
interface Standing {
  levels: readonly Level[];
  readonly bytes: number;
}

/** What a record costs in the maps of its collection. */
const recordBytes = 200;

/** So many grounds are known to each that stands on them: the nearest ones, and the lowest. */
const knownLevels = 4;

/**
 * A state that others began with: a seed, a snapshot, what a fork was made of. It never changes, and what stands on it
 * shares everything with it but what it changed; so each part is counted once. When only one still stands on it, the two
 * are counted as one, and what that one has replaced no longer counts.
 */
export class Ground implements Standing {
  private readonly above = new Set<Standing>();
  private holds = 0;
  isGone = false;

  private whole = 0;

  /**
   * @param over what it stands on and has beside that; nothing for the lowest one, which is weighed later
   * @param charge is told of bytes that count from now on, or no longer
   */
  constructor(
    readonly world: World,
    public levels: readonly Level[],
    private readonly charge: (bytes: number) => void,
  ) {
    this.levels[0]?.ground.above.add(this);
  }

  get bytes(): number {
    return this.levels[0]?.own ?? this.whole;
  }

  /** Says what it weighs, if it stands on nothing. */
  weigh(bytes: number): void {
    if (this.isGone) return;
    this.charge(bytes - this.whole);
    this.whole = bytes;
  }

  /** Keeps it for as long as it is not released. */
  hold(): void {
    this.holds += 1;
  }

  release(): void {
    this.holds -= 1;
    this.settle();
  }

  enter(standing: Standing): void {
    this.above.add(standing);
  }

  leave(standing: Standing): void {
    this.above.delete(standing);
    this.settle();
  }

  /** The grounds of one that stands on this one. */
  levelsAbove(): Level[] {
    const below = this.levels.map((level) => ({ ...level }));
    const last = below.at(-1);
    const near = below.slice(0, knownLevels - 2);
    return [{ ground: this, own: 0 }, ...near, ...(last && !near.includes(last) ? [last] : [])];
  }

  /** Goes when nobody needs it, and makes way for the only one that stands on it. */
  private settle(): void {
    if (this.holds > 0 || this.above.size > 1 || this.isGone) return;
    const below = this.levels[0]?.ground;
    const [only] = this.above;
    if (only === undefined) {
      this.isGone = true;
      this.charge(-this.bytes);
      below?.leave(this);
      return;
    }
    const rest = only.levels.slice(1).filter(({ ground }) => !ground.isGone);
    const next = rest[0];
    if (below === undefined || next?.ground !== below) return;
    this.isGone = true;
    this.charge(next.own - only.bytes - this.bytes);
    only.levels = rest;
    below.enter(only);
    below.leave(this);
  }
}

/** What one world has of the memory, kept up with each change by what the change is. */
export class StateShare implements Standing {
  levels: readonly Level[];

  /**
   * @param world the state as it is
   * @param seed what a reset goes back to
   */
  constructor(
    private world: World,
    private seed: Ground,
    private readonly charge: (bytes: number) => void,
  ) {
    this.levels = [];
    seed.hold();
    this.stand(seed);
    if (world === seed.world) return;
    this.grow(
      world,
      this.levels.map(({ ground }) => weightOver(ground.world, world)),
    );
  }

  get bytes(): number {
    return this.levels[0]?.own ?? 0;
  }

  /** Whether this is its state now. */
  isAt(world: World): boolean {
    return this.world === world;
  }

  /** Whether this is the lowest of its grounds. */
  isOn(ground: Ground): boolean {
    return this.levels.at(-1)?.ground === ground;
  }

  /** How many bytes changes would add, beside each ground; the first figure is the one that counts. */
  growthBy(changes: Iterable<Change>): readonly number[] {
    const levels = this.levels.filter(({ ground }) => !ground.isGone);
    this.levels = levels;
    const growth = levels.map(() => 0);
    for (const change of changes) {
      levels.forEach(({ ground }, at) => {
        growth[at] = (growth[at] ?? 0) + growthBeside(ground.world, change);
      });
    }
    return growth;
  }

  /** Goes to the next state. @param growth as `growthBy` gave it */
  grow(world: World, growth: readonly number[]): void {
    this.world = world;
    this.levels.forEach((level, at) => {
      level.own += growth[at] ?? 0;
    });
    this.charge(growth[0] ?? 0);
  }

  /** Goes to any other state, at the cost of comparing the two. */
  moveTo(world: World): void {
    this.grow(world, this.growthBy(changesBetween(this.world, world)));
  }

  /** Makes its state now a ground, so that others can begin with it. */
  split(): Ground {
    const [level] = this.levels;
    if (level?.ground.world === this.world) return level.ground;
    const { levels } = this;
    const ground = new Ground(
      this.world,
      levels.map((each) => ({ ...each })),
      this.charge,
    );
    this.levels = ground.levelsAbove();
    ground.enter(this);
    level?.ground.leave(this);
    return ground;
  }

  /** Goes back to a ground. */
  stand(ground: Ground): void {
    const { bytes } = this;
    const [before] = this.levels;
    ground.enter(this);
    this.levels = ground.levelsAbove();
    this.world = ground.world;
    this.charge(-bytes);
    if (before?.ground !== ground) before?.ground.leave(this);
  }

  /** Goes back to where a reset goes. */
  reset(): void {
    this.stand(this.seed);
  }

  /** Begins with another seed. */
  startOver(seed: Ground): void {
    const before = this.seed;
    seed.hold();
    this.seed = seed;
    this.stand(seed);
    before.release();
  }

  /** Counts no longer. */
  end(): void {
    this.charge(-this.bytes);
    const [level] = this.levels;
    this.levels = [];
    level?.ground.leave(this);
    this.seed.release();
  }
}

function growthBeside(world: World, { path, key, before, after }: Change): number {
  const base = world.collections.get(path)?.get(key);
  const records = Number(isOwn(after, base)) - Number(isOwn(before, base));
  return growthOf({ before, after, base }) + records * recordBytes;
}

const isOwn = (record: unknown, base: unknown): boolean => record !== undefined && record !== base;

/** So many records of a table are weighed; of a larger one the others count as much as these on average. */
const mostWeighed = 2000;
/** When the first so many records are all its own, so is the rest: looking at a million would take half a second. */
const mostLookedAt = 10_000;

/** What a state has beside another one, in bytes: by a sample where it is much. */
export function weightOver(base: World, world: World): number {
  let weight = 0;
  for (const [path, collection] of world.collections) {
    const old = base.collections.get(path);
    if (old !== collection && !collection.table.isVolatile) weight += tableWeight(collection, old);
  }
  return weight;
}

function tableWeight(collection: Collection<unknown>, base: Collection<unknown> | undefined): number {
  const { table } = collection;
  let weight = 0;
  let weighed = 0;
  let others = 0;
  let looked = 0;
  for (const record of collection.values()) {
    looked += 1;
    const old = base?.get(table.key(record));
    if (old === record) continue;
    if (weighed < mostWeighed) {
      weight += weightBeside(record, old) + recordBytes;
      weighed += 1;
    } else if (base === undefined || (looked === mostLookedAt && weighed + others === looked - 1)) {
      others = collection.size - weighed;
      break;
    } else {
      others += 1;
    }
  }
  return weighed === 0 ? 0 : Math.round(weight * (1 + others / weighed));
}

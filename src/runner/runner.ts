import type { Clock, ClockChoice } from '../world/clock.ts';
import { type Change, Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { invariant } from '../world/invariant.ts';
import { type Keepable, type Keeper, NotKeptError } from '../world/keeper.ts';
import { ProductFault } from '../world/product-fault.ts';
import { type StateBudget, StateFullError } from '../world/state-budget.ts';
import type { StateShare } from '../world/state-ground.ts';
import { comparing, stepBetween } from '../world/step-between.ts';
import type { Key, Path } from '../world/table.ts';
import type { World } from '../world/world.ts';
import type { Api, Call, CallFault, Outcome } from './call.ts';

/** What a call does: first what time has done anyway, then its own effect. */
export interface Effect<T> {
  /**
   * Brings the world up to this moment: ends what ran out, notes that a session was used. It is kept even when
   * the call itself fails, because it does not come from the call.
   */
  readonly settle?: (draft: Draft, now: Instant) => void;
  /** The call itself: all or nothing. */
  readonly run: (draft: Draft, now: Instant) => T;
}

/** What a call gave, or what ended it. */
type Ending = Pick<Outcome, 'result' | 'fault' | 'mistake'>;

/** Looks at a world and names what is wrong with it; an empty list is a sound world. */
export type InvariantCheck = (world: World) => string[];

export interface RunnerOptions {
  /** The world that `reset` goes back to; the current one without it. */
  readonly seedWorld?: World;
  /** Invariants to hold after every change (test mode); none in normal use. */
  readonly checks?: readonly InvariantCheck[];
  /** Tells this world from others that began as the same one: its name, unless it is the first. */
  readonly origin?: string | undefined;
  /** What bounds the memory of the state; nothing without it. */
  readonly bound?: StateBound | undefined;
  /** How often the world was reset before it was here. */
  readonly resets?: number | undefined;
}

/** How much memory the state may take, and how a call is refused that would need more. */
export interface StateBound {
  readonly budget: StateBudget;
  /** The refusal of a product. */
  readonly refusal: (api: Api, hint: string) => ProductFault;
}

/**
 * The one way every call takes to the state. It opens a draft, commits it when the call succeeds, drops it when
 * it fails, and tells the observers. Calls run one after another and to their end, so none sees half of another.
 */
export class Runner implements Keepable {
  private readonly observers: ((outcome: Outcome) => void)[] = [];
  private keeper: Keeper | undefined;
  private resets: number;
  /** Why nothing may happen any more, or for now. */
  private closed: string | undefined;
  /** How often the state became another one altogether, and who has to know of each change in between. */
  private leaps = 0;
  private readonly followers = new Set<(change: Change) => void>();

  private seedWorld: World;
  private readonly checks: readonly InvariantCheck[];
  private readonly origin: string;
  private readonly bound: StateBound | undefined;
  /** What this world has of the memory. */
  private readonly share: StateShare | undefined;

  /** @param current the world as it is now */
  constructor(
    private current: World,
    readonly clock: Clock,
    { seedWorld = current, checks = [], origin = '', bound, resets = 0 }: RunnerOptions = {},
  ) {
    this.resets = resets;
    this.seedWorld = seedWorld;
    this.checks = checks;
    this.origin = origin;
    this.bound = bound;
    this.share = bound?.budget.share(current, seedWorld);
  }

  get world(): World {
    return this.current;
  }

  /** The world that `reset` goes back to. */
  get seed(): World {
    return this.seedWorld;
  }

  /** How often it went back to its seed. */
  get resetCount(): number {
    return this.resets;
  }

  /**
   * Lets nothing happen from now on until `reopen`: the state is about to be somebody else's.
   *
   * @param why for whoever calls meanwhile, with what to do
   */
  close(why: string): void {
    this.closed = why;
  }

  reopen(): void {
    this.closed = undefined;
  }

  /** @throws NotKeptError it is closed; nothing was done */
  requireOpen(): void {
    if (this.closed !== undefined) throw new NotKeptError(this.closed);
  }

  /** Tells this keeper of everything from now on, in the place of the one before. */
  keepBy(keeper: Keeper | undefined): void {
    this.keeper = keeper;
  }

  /**
   * Whether everything a call could have seen or done up to now is kept: to be asked before its answer goes out.
   *
   * @returns undefined when it is, or nobody keeps anything; otherwise a promise of it that may be rejected with
   * `NotKeptError`, after the world was taken back
   */
  kept(): Promise<void> | undefined {
    return this.keeper?.kept();
  }

  takeBack(world: World): void {
    this.share?.moveTo(world);
    this.leapTo(world);
  }

  /** Lets its state count no longer: it is not called any more. */
  end(): void {
    if (this.share) this.bound?.budget.end(this.share);
  }

  /** Is told about every call after it ended, in order. */
  observe(observer: (outcome: Outcome) => void): void {
    this.observers.push(observer);
  }

  /**
   * Runs a call.
   *
   * @returns what the call gives
   * @throws ProductFault the product's refusal; NotKeptError it is closed; anything else that is thrown is a mistake of ours
   */
  call<T>(call: Call, effect: Effect<T>): T {
    this.requireOpen();
    const now = this.clock.now();
    const begun = performance.now();
    const draft = new Draft(this.current, this.drawnFrom());
    if (effect.settle) {
      effect.settle(draft, now);
      this.exchange(draft, { next: draft.commit(), changes: () => draft.changes(), isRefused: false });
      draft.continueFrom(this.current);
    }
    const before = this.current;
    const changed = changesOf(draft);
    const told = ({ result, fault, mistake }: Ending) => {
      const after = this.current;
      const changes = after === before ? nothing : changed;
      const durationMs = performance.now() - begun;
      this.tell({ call, now, durationMs, result, fault, mistake, before, after, changes });
    };
    try {
      const result = effect.run(draft, now);
      this.commit(draft, call.name, changed);
      told({ result, fault: undefined, mistake: undefined });
      return result;
    } catch (thrown) {
      const error = this.refusalOf(thrown, call);
      if (error instanceof ProductFault) {
        const { code, shownText: text, hint } = error;
        told({ result: undefined, fault: { code, text, hint }, mistake: undefined });
      } else {
        told({ result: undefined, fault: undefined, mistake: error });
      }
      throw error;
    }
  }

  /** Tells the observers of a call that was refused, or answered in another way, before it was made. */
  refuse(call: Call, { code, text, hint }: CallFault): void {
    const { current: before, clock } = this;
    this.tell({
      call,
      now: clock.now(),
      durationMs: 0,
      result: undefined,
      fault: { code, text, hint },
      mistake: undefined,
      before,
      after: before,
      changes: nothing,
    });
  }

  /**
   * Changes the world without a call of a client, as fault rules do. Observers are told of calls only.
   *
   * @returns what the change gives; when it throws, nothing was changed
   * @throws StateFullError; what the change throws
   */
  change<T>(apply: (draft: Draft, now: Instant) => T): T {
    this.requireOpen();
    const draft = new Draft(this.current, this.drawnFrom());
    const result = apply(draft, this.clock.now());
    this.commit(draft, 'A fault rule', () => draft.changes());
    return result;
  }

  /** Goes back to the seed, state and clock: one reference, whatever the size of the state. */
  reset(): void {
    this.requireOpen();
    this.resets += 1;
    this.keeper?.reset();
    this.share?.reset();
    this.leapTo(this.seedWorld);
    this.clock.reset();
  }

  /**
   * Begins with another seed, state and clock: its scenario was read again. Only for a world that nobody keeps, because a
   * keeper would go on with the seed that it knows.
   */
  startOver(seed: World, clock: ClockChoice): void {
    this.requireOpen();
    invariant(this.keeper === undefined, 'a world that is kept does not begin with another seed');
    if (this.share) this.bound?.budget.startOver(this.share, seed);
    this.seedWorld = seed;
    this.leapTo(seed);
    this.clock.startOver(clock);
  }

  /** Goes to a state of before, such as a snapshot; the clock is left as it is. */
  restore(world: World): void {
    const steps = this.restoring(world);
    while (!steps.next().done);
  }

  /** The same in steps: what a keeper has to be told may have to be looked for among a million records. */
  *restoring(world: World): Generator<void, void> {
    this.requireOpen();
    const differing = this.keeper && (yield* this.keysToward(world));
    this.requireOpen();
    if (this.keeper && differing) {
      const changes: Change[] = [];
      for (const [path, keys] of differing)
        for (const key of keys) {
          const [before, after] = [this.current, world].map(({ collections }) =>
            collections.get(path)?.get(key),
          );
          if (before !== after) changes.push({ path, key, before, after });
        }
      this.keeper.step(stepBetween(this.current, world, changes));
    }
    if (this.bound) this.share?.stand(this.bound.budget.ground(world));
    this.leapTo(world);
  }

  /** Where the state may differ from another one, as it is when all steps are done: calls go on meanwhile. */
  private *keysToward(world: World): Generator<void, ReadonlyMap<Path, ReadonlySet<Key>>> {
    const differing = new Map<Path, Set<Key>>();
    const note = ({ path, key }: Pick<Change, 'path' | 'key'>) => {
      const keys = differing.get(path) ?? new Set();
      differing.set(path, keys.add(key));
    };
    this.followers.add(note);
    try {
      for (let leaps = -1; leaps !== this.leaps; ) {
        leaps = this.leaps;
        for (const change of comparing(this.current, world)) {
          if (change) note(change);
          yield;
        }
      }
      return differing;
    } finally {
      this.followers.delete(note);
    }
  }

  private leapTo(world: World): void {
    this.leaps += 1;
    this.current = world;
  }

  private tell(outcome: Outcome): void {
    for (const observer of this.observers) observer(outcome);
  }

  /** A client pointed at another world, or at one from before a reset, must not find its cookie good by chance. */
  private drawnFrom(): string {
    return this.resets === 0 ? this.origin : `${this.origin}+${this.resets}`;
  }

  private commit(draft: Draft, by: string, changes: () => readonly Change[]): void {
    const next = draft.commit();
    if (next === this.current) return;
    for (const check of this.checks) {
      const problems = check(next);
      if (problems.length > 0) throw new Error(`${by} broke the state: ${problems.join('; ')}`);
    }
    this.exchange(draft, { next, changes, isRefused: true });
  }

  /** A state that is full is no mistake of ours. */
  private refusalOf(error: unknown, { api }: Call): unknown {
    return error instanceof StateFullError && this.bound ? this.bound.refusal(api, error.message) : error;
  }

  /** The bound and the keeper hear of it first: what they refuse does not happen. */
  private exchange(draft: Draft, { next, changes, isRefused }: Exchange): void {
    if (next === this.current) return;
    const growth = this.share?.growthBy(changes());
    if (isRefused) this.bound?.budget.require(growth?.[0] ?? 0);
    this.keeper?.step({
      before: this.current,
      after: next,
      changes: changes(),
      counters: draft.movedCounters(),
    });
    if (growth) this.share?.grow(next, growth);
    for (const follow of this.followers) for (const change of changes()) follow(change);
    this.current = next;
  }
}

/** What takes the place of the world as it is. */
interface Exchange {
  readonly next: World;
  readonly changes: () => readonly Change[];
  /** Whether it is refused when there is no room for it; what time has done is not. */
  readonly isRefused: boolean;
}

const nothing = (): readonly Change[] => [];

/** What a call's draft changed in the end; worked out once, because the keeper and the journal both ask. */
function changesOf(draft: Draft): () => readonly Change[] {
  let known: readonly Change[] | undefined;
  return () => {
    known ??= draft.changes();
    return known;
  };
}

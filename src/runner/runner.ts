import type { Clock } from '../world/clock.ts';
import { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { ProductFault } from '../world/product-fault.ts';
import type { World } from '../world/world.ts';
import type { Call, Outcome } from './call.ts';

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

/** Looks at a world and names what is wrong with it; an empty list is a sound world. */
export type InvariantCheck = (world: World) => string[];

/**
 * The one way every call takes to the state. It opens a draft, commits it when the call succeeds, drops it when
 * it fails, and tells the observers. Calls run one after another and to their end, so none sees half of another.
 */
export class Runner {
  private readonly observers: ((outcome: Outcome) => void)[] = [];

  /**
   * @param current the world as it is now
   * @param seedWorld the world that `reset` goes back to
   * @param checks invariants to hold after every change (test mode); none in normal use
   */
  constructor(
    private current: World,
    readonly clock: Clock,
    private readonly seedWorld: World = current,
    private readonly checks: readonly InvariantCheck[] = [],
  ) {}

  get world(): World {
    return this.current;
  }

  /** Is told about every call after it ended, in order. */
  observe(observer: (outcome: Outcome) => void): void {
    this.observers.push(observer);
  }

  /**
   * Runs a call.
   *
   * @returns what the call gives
   * @throws ProductFault the product's refusal; anything else that is thrown is a mistake of ours
   */
  call<T>(call: Call, effect: Effect<T>): T {
    const now = this.clock.now();
    if (effect.settle) {
      const settled = new Draft(this.current);
      effect.settle(settled, now);
      this.current = settled.commit();
    }
    const before = this.current;
    const draft = new Draft(before);
    const told = (ending: Pick<Outcome, 'result' | 'fault' | 'mistake'>) => {
      if (this.observers.length === 0) return;
      const after = this.current;
      const changes = () => (after === before ? [] : draft.changes());
      for (const observer of this.observers) observer({ call, now, ...ending, before, after, changes });
    };
    try {
      const result = effect.run(draft, now);
      this.commit(draft, call);
      told({ result });
      return result;
    } catch (error) {
      if (error instanceof ProductFault) {
        const { code, text, hint } = error;
        told({ fault: { code, text, hint } });
      } else {
        told({ mistake: error });
      }
      throw error;
    }
  }

  /** Goes back to the seed, state and clock: one reference, whatever the size of the state. */
  reset(): void {
    this.current = this.seedWorld;
    this.clock.reset();
  }

  private commit(draft: Draft, call: Call): void {
    const next = draft.commit();
    if (next === this.current) return;
    for (const check of this.checks) {
      const problems = check(next);
      if (problems.length > 0) throw new Error(`${call.name} broke the state: ${problems.join('; ')}`);
    }
    this.current = next;
  }
}

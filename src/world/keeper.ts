import type { TwinErrorCode } from '../errors/own-errors.ts';
import type { Change } from './draft.ts';
import type { World } from './world.ts';

/** One step from a world to the next: what one draft did. */
export interface Step {
  readonly before: World;
  readonly after: World;
  readonly changes: readonly Change[];
  /** The counters that moved, each with its last number. */
  readonly counters: readonly (readonly [name: string, last: number])[];
}

/** Keeps a world beyond this process. It is told everything, in the order in which it happens. */
export interface Keeper {
  /**
   * Is told of a step before it counts.
   *
   * @throws Error the step cannot be kept at all; it then does not happen
   */
  step(step: Step): void;

  /** Is told that the world went back to its seed. */
  reset(): void;

  /**
   * Whether everything that was told so far is kept.
   *
   * @returns undefined when it is; otherwise a promise of it, which is rejected with `NotKeptError` when that failed and
   * the world was taken back to what is kept
   */
  kept(): Promise<void> | undefined;
}

/** What a keeper needs of the holder of the world. */
export interface Keepable {
  readonly world: World;
  keepBy(keeper: Keeper | undefined): void;
  /** Puts an earlier world in the place of one that could not be kept. */
  takeBack(world: World): void;
}

/** What was done could not be kept, so it was undone. The message is for the log and the hint, not for the wire. */
export class NotKeptError extends Error {
  override readonly name = 'NotKeptError';
  readonly code: TwinErrorCode = 'TWIN_STATE_NOT_KEPT';
}

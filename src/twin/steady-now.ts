/** What tells time on this machine; tests give their own. */
export interface HostTime {
  /** Milliseconds since the epoch; may jump when the machine's clock is set. */
  readonly wall: () => number;
  /** Milliseconds that passed since some moment; never jumps. */
  readonly elapsed: () => number;
}

const thisMachine: HostTime = { wall: Date.now, elapsed: () => performance.now() };

/**
 * The host's time as twins use it: what the clock showed at the start, and what has passed since. When the
 * machine’s clock is set meanwhile, locks and sessions last neither longer nor shorter, as on a server whose clock is right. The
 * price: time that the machine spent asleep does not count either.
 *
 * @returns a function that gives whole milliseconds since the epoch
 */
export function steadyNow({ wall, elapsed }: HostTime = thisMachine): () => number {
  const begun = wall() - elapsed();
  return () => Math.floor(begun + elapsed());
}

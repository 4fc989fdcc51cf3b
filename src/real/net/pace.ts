/** Time as whoever calls has it: the machine's in the program, a test's in a test. */
export interface Time {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Lets a request go every so often, so that a server that people work with stays as quick as it was. */
export class Pace {
  readonly #time: Time;
  readonly #gapMs: number;
  #next = 0;

  /** @param perSecond the most requests in a second; Infinity for no bound */
  constructor(time: Time, perSecond: number) {
    this.#time = time;
    this.#gapMs = 1000 / perSecond;
  }

  /** Settles when the next request may go. */
  async turn(): Promise<void> {
    if (this.#gapMs === 0) return;
    const now = this.#time.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#gapMs;
    if (at > now) await this.#time.sleep(at - now);
  }
}

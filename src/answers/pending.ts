/**
 * The result of a call whose bytes take time to make. The call itself is over: its state is settled, and what the
 * bytes are made from is a value that nothing changes any more. The code that answers the client awaits `finish`.
 */
export class Pending<T> {
  readonly #make: (signal?: AbortSignal) => Promise<T>;

  /**
   * @param from what the result will be made from: enough to say what was asked for
   * @param make makes the result of that value alone; it is asked at most once per answer and knows no state
   */
  constructor(
    readonly from: object,
    make: (signal?: AbortSignal) => Promise<T>,
  ) {
    this.#make = make;
  }

  /** The whole result. @param signal says that nobody waits for it any more: the work ends with an error */
  finish(signal?: AbortSignal): Promise<T> {
    return this.#make(signal);
  }
}

import type { Long } from './model/operation-types.generated.ts';

/**
 * Which sessions have a request in work. That is no state of the product that a snapshot or a reset could bring
 * back, but lasts from the moment a request is read until its answer has been sent.
 */
export class BusySessions {
  private readonly busy = new Set<Long>();

  /**
   * Marks the session of a cookie as busy.
   *
   * @returns marks it as free again, calling it twice does no harm; undefined while it is busy
   */
  enter(cookie: Long): (() => void) | undefined {
    if (this.busy.has(cookie)) return undefined;
    this.busy.add(cookie);
    let isIn = true;
    return () => {
      if (isIn) this.busy.delete(cookie);
      isIn = false;
    };
  }
}

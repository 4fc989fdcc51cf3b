/** A log whose file can be closed for a while. */
export interface Resting {
  /** Closes it unless it is in use. */
  rest(): Promise<boolean>;
}

/** So many logs are open at most, besides those that are just being written. */
const MOST = 16;
/** A log that nobody has written to for so long is closed, in milliseconds. */
const IDLE_MS = 1000;

/** Lets only those logs of a twin be open that are written to: it may have more worlds than files it may open. */
export class OpenLogs {
  /** When each was used last, the latest at the end. */
  private readonly open = new Map<Resting, number>();
  private timer: NodeJS.Timeout | undefined;

  /** @param idleMs after so long a log that nobody has written to is closed; never with Infinity */
  constructor(private readonly idleMs = IDLE_MS) {}

  /** Is told that a log was written to. */
  used(log: Resting): void {
    this.open.delete(log);
    this.open.set(log, performance.now());
    if (this.open.size > MOST) this.closeSome((place) => place < this.open.size - MOST);
    this.watch();
  }

  /** Is told that a log is closed. */
  forget(log: Resting): void {
    this.open.delete(log);
  }

  private watch(): void {
    if (this.timer || this.idleMs === Number.POSITIVE_INFINITY) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const idleSince = performance.now() - this.idleMs;
      this.closeSome((_, usedAt) => usedAt <= idleSince);
      if (this.open.size > 0) this.watch();
    }, this.idleMs);
    this.timer.unref();
  }

  private closeSome(isOver: (place: number, usedAt: number) => boolean): void {
    for (const [place, [log, usedAt]] of [...this.open].entries()) {
      // One that cannot be closed is told by its next write, if it matters at all.
      if (isOver(place, usedAt)) void log.rest().catch(() => {});
    }
  }
}

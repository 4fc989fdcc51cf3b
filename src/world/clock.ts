import type { Instant } from './instant.ts';

/**
 * How a clock runs. `real`: with the host's clock. `frozen`: it stands until it is moved. `offset`: with the host's
 * clock, a fixed time ahead or behind. `scaled`: `rate` times as fast as the host's clock.
 */
export type ClockMode = 'real' | 'frozen' | 'offset' | 'scaled';

/** What a clock shows and how it runs. */
export interface ClockState {
  readonly mode: ClockMode;
  /** Milliseconds since the epoch. */
  readonly now: Instant;
  /** How far it is ahead of the host's clock, in milliseconds; negative when behind. */
  readonly offsetMs: number;
  /** Virtual milliseconds per real one: 0 frozen, 1 real or offset. */
  readonly rate: number;
}

/** A choice of mode; see `Clock.set`. */
export interface ClockChoice {
  readonly mode: ClockMode;
  readonly now?: Instant | undefined;
  readonly rate?: number | undefined;
}

/** All that a clock needs to go on as if it had never stopped; what it shows follows from the host's time. */
export interface SavedClock {
  readonly mode: ClockMode;
  readonly rate: number;
  /** A moment of the host's time, and what the clock showed then. */
  readonly host: number;
  readonly virtual: Instant;
}

/**
 * The one clock of a world. Everything that depends on time reads it; nothing below the runner reads the host's.
 * All modes are one sum: a point where virtual and host time met, and a rate from there on.
 */
export class Clock {
  private mode: ClockMode = 'real';
  private rate = 1;
  private metAtHost: number;
  private metAtVirtual: Instant;
  private changed: () => void = () => {};

  /**
   * @param hostNow gives milliseconds since the epoch by the host's clock
   * @param start how the clock runs at first and again after `reset`
   */
  constructor(
    private readonly hostNow: () => number,
    private start: ClockChoice = { mode: 'real' },
  ) {
    this.metAtHost = hostNow();
    this.metAtVirtual = this.metAtHost;
    this.set(start);
  }

  /** Whether it shows exactly what the host's clock shows. */
  get isHostTime(): boolean {
    return this.rate === 1 && this.metAtVirtual === this.metAtHost;
  }

  /** Whole milliseconds since the epoch, in virtual time. */
  now(): Instant {
    if (this.isHostTime) return this.hostNow();
    return Math.floor(this.metAtVirtual + (this.hostNow() - this.metAtHost) * this.rate);
  }

  /**
   * Chooses a mode. Without `now`, `real` returns to the host's time and every other mode goes on from what the
   * clock shows. `real` with a `now` runs on from there with the host's speed.
   */
  set(choice: ClockChoice): ClockState {
    const shown = this.now();
    const host = this.hostNow();
    this.metAtHost = host;
    this.metAtVirtual = choice.now ?? (choice.mode === 'real' ? host : shown);
    this.mode = choice.mode;
    this.rate = choice.mode === 'frozen' ? 0 : choice.mode === 'scaled' ? (choice.rate ?? 1) : 1;
    this.changed();
    return this.state();
  }

  /** What `set` has to be given for a clock to run as this one does now: for a fork, or to come back later. */
  choice(): ClockChoice {
    const { mode, now, rate } = this.state();
    return this.isHostTime ? { mode } : { mode, now, ...(mode === 'scaled' ? { rate } : {}) };
  }

  /** How it ran at first, and runs again after `reset`. */
  get beginning(): ClockChoice {
    return this.start;
  }

  /** Moves the clock by so many milliseconds, in any mode. */
  advance(milliseconds: number): ClockState {
    this.metAtVirtual += milliseconds;
    this.changed();
    return this.state();
  }

  /** Runs again as the scenario said. A start without a `now` goes back to the host's time. */
  reset(): ClockState {
    return this.set({ ...this.start, now: this.start.now ?? this.hostNow() });
  }

  /** Runs as another scenario says, from now on and after each `reset`. */
  startOver(start: ClockChoice): ClockState {
    this.start = start;
    return this.reset();
  }

  /** Calls this after every change of how the clock runs, instead of what was called before. */
  onChange(listener: (() => void) | undefined): void {
    this.changed = listener ?? (() => {});
  }

  saved(): SavedClock {
    return { mode: this.mode, rate: this.rate, host: this.metAtHost, virtual: this.metAtVirtual };
  }

  /** Goes on from what was saved. It is no change: nobody is told. */
  restore({ mode, rate, host, virtual }: SavedClock): void {
    this.mode = mode;
    this.rate = rate;
    this.metAtHost = host;
    this.metAtVirtual = virtual;
  }

  state(): ClockState {
    const now = this.now();
    return { mode: this.mode, now, offsetMs: now - this.hostNow(), rate: this.rate };
  }
}

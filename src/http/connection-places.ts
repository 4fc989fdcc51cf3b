import { readFileSync } from 'node:fs';
import type { Log } from '../log/log.ts';

/** Open files that connections leave to others: code that is loaded on demand, scenarios, the data folder. */
const KEPT_FOR_FILES = 100;

/** How many connections there may be, and who says so: a sentence's end for the refused client. */
interface Bound {
  readonly most: number;
  readonly reason: string;
}

/**
 * Counts the connections of a twin, at all of its ports together, so that there are never more than it can serve. A
 * process that has no descriptor left cannot even load the code of its next answer, and Node remembers that failure
 * (observed with Node 20); so connections get no more of them than leave room for files.
 */
export class ConnectionPlaces {
  private readonly bound: Bound;
  private taken = 0;
  private isTold = false;

  /**
   * @param maxConnections the setting
   * @param openFiles descriptors that the process may have
   */
  constructor(
    maxConnections: number,
    private readonly log: Log,
    openFiles = openFileLimit(),
  ) {
    const forConnections = openFiles - Math.min(KEPT_FOR_FILES, Math.ceil(openFiles / 2));
    this.bound =
      maxConnections <= forConnections
        ? { most: maxConnections, reason: 'Close some, or raise the setting maxConnections.' }
        : {
            most: forConnections,
            reason: `Close some, or let the process open more than ${openFiles} files (ulimit -n).`,
          };
  }

  /** Takes a place for a connection. @returns why there is none, for its client; undefined when it has one */
  take(): string | undefined {
    const { most, reason } = this.bound;
    if (this.taken < most) {
      this.taken++;
      return undefined;
    }
    const why = `(limit: ${most} at once). ${reason}`;
    if (!this.isTold) this.log.warn(`Connections are refused ${why}`);
    this.isTold = true;
    return `There is no place for another connection ${why}`;
  }

  /** Gives back a place that was taken. What is refused is told again after half of them were free. */
  giveBack(): void {
    this.taken--;
    if (this.taken * 2 <= this.bound.most) this.isTold = false;
  }
}

/** How many files this process may have open; as many as it likes where the system does not tell. */
function openFileLimit(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

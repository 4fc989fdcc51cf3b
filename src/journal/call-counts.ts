import type { Api, Outcome } from '../runner/call.ts';

/** How a call ended, as far as it is counted. */
export type CountedOutcome = 'ok' | 'refused' | 'mistake';

/** The bounds of the durations that are told apart, in seconds. */
export const durationBounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1,
] as const;

/** The calls of one operation. */
export interface CallCount {
  readonly api: Api;
  readonly operation: string;
  readonly outcomes: Readonly<Record<CountedOutcome, number>>;
  /** Calls by the bound that they kept within; the last ones kept within none. */
  readonly durations: readonly number[];
  /** All durations together, in seconds. */
  readonly seconds: number;
}

interface Counting extends CallCount {
  readonly outcomes: Record<CountedOutcome, number>;
  readonly durations: number[];
  seconds: number;
}

/** The products have fewer operations and commands; what clients invent is counted as one. */
const mostOperations = 300;
const otherOperation = 'other';

/** Counts the calls of a world from its beginning, for the metrics. It costs a call a fraction of a microsecond. */
export class CallCounts {
  private readonly byName = new Map<string, Counting>();

  count({ call, durationMs, fault, mistake }: Outcome): void {
    const counting = this.of(call.api, call.name);
    counting.outcomes[mistake !== undefined ? 'mistake' : fault ? 'refused' : 'ok'] += 1;
    const seconds = durationMs / 1000;
    counting.seconds += seconds;
    let place = durationBounds.findIndex((bound) => seconds <= bound);
    if (place < 0) place = durationBounds.length;
    counting.durations[place] = (counting.durations[place] ?? 0) + 1;
  }

  list(): readonly CallCount[] {
    return [...this.byName.values()];
  }

  private of(api: Api, name: string): Counting {
    const known = this.byName.get(name);
    if (known?.api === api) return known;
    const operation = this.byName.size < mostOperations && name !== '' ? name.slice(0, 100) : otherOperation;
    const key = operation === name && known === undefined ? name : `${api} ${operation}`;
    let counting = this.byName.get(key);
    if (!counting) {
      counting = {
        api,
        operation,
        outcomes: { ok: 0, refused: 0, mistake: 0 },
        durations: new Array<number>(durationBounds.length + 1).fill(0),
        seconds: 0,
      };
      this.byName.set(key, counting);
    }
    return counting;
  }
}

import { type Conversation, rate } from './load.ts';
import type { Server } from './servers.ts';

export interface Contender {
  readonly server: Server;
  readonly conversation: Conversation;
}

/** After that long the engine has compiled what is asked for again and again. */
const WARM_UP_SECONDS = 1.5;

export interface ComparisonOptions {
  readonly connections: number;
  /** Of one turn. */
  readonly seconds: number;
  readonly turns: number;
}

/** Rounds per second, turn by turn. */
export type Rates = readonly number[];

/**
 * Measures contenders in many short turns, one after another, so that a slow moment of the machine meets all of them.
 * What one is of another is said by `ratio`, which compares what was measured at the same time.
 */
export async function compare<const C extends readonly Contender[]>(
  contenders: C,
  { connections, seconds, turns }: ComparisonOptions,
): Promise<{ readonly [K in keyof C]: Rates }> {
  const measure = ({ server, conversation }: Contender, time: number) =>
    rate({ port: server.port, connections, seconds: time }, conversation);
  for (const each of contenders) await measure(each, WARM_UP_SECONDS);
  const results: number[][] = contenders.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [at, each] of contenders.entries()) results[at]?.push(await measure(each, seconds));
  }
  return results as { [K in keyof C]: number[] };
}

import { median } from './figure.ts';
import { type Conversation, rate } from './load.ts';
import type { Server } from './servers.ts';

export interface Contender {
  readonly server: Server;
  readonly conversation: Conversation;
}

export interface ComparisonOptions {
  readonly connections: number;
  /** Of one turn. */
  readonly seconds: number;
  readonly turns: number;
}

/** Measures contenders in turns, so that a slow moment of the machine meets all of them. @returns rounds per second */
export async function compare(
  contenders: readonly Contender[],
  { connections, seconds, turns }: ComparisonOptions,
): Promise<number[]> {
  const measure = ({ server, conversation }: Contender, time: number) =>
    rate({ port: server.port, connections, seconds: time }, conversation);
  for (const each of contenders) await measure(each, Math.min(1, seconds));
  const results: number[][] = contenders.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [at, each] of contenders.entries()) results[at]?.push(await measure(each, seconds));
  }
  return results.map(median);
}

import type { Change } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import type { World } from '../world/world.ts';

/** The two products a twin answers for. */
export type Api = 'testtrack' | 'aptest';

/** One call of a client, after its bytes were read and before anything is done. */
export interface Call {
  readonly api: Api;
  /** The operation's or command's own name, as the product writes it. */
  readonly name: string;
  /** The decoded arguments. */
  readonly input: unknown;
}

/** The product's refusal of a call: its number, the words of the wire without secrets, and what a person should know. */
export interface CallFault {
  readonly code: number;
  readonly text: string;
  readonly hint: string;
}

/** How a call ended: what the journal, the log and the hint header are made from. */
export interface Outcome {
  readonly call: Call;
  readonly now: Instant;
  /** What the call took in host time, without reading and writing its bytes. */
  readonly durationMs: number;
  /** What the call gave; undefined when it was refused or broke. */
  readonly result: unknown;
  /** The product's refusal. */
  readonly fault: CallFault | undefined;
  /** What was thrown by a mistake of ours. */
  readonly mistake: unknown;
  /** The world the call found, and the one it left; the same one when it changed nothing. */
  readonly before: World;
  readonly after: World;
  /** What the call changed, record by record. Made when it is asked for. */
  readonly changes: () => readonly Change[];
}

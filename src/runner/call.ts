import type { Instant } from '../world/instant.ts';

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

/** How a call ended: what the journal, the log and the hint header are made from. */
export interface Outcome {
  readonly call: Call;
  readonly now: Instant;
  readonly result?: unknown;
  readonly fault?: { readonly code: number; readonly text: string; readonly hint: string };
}

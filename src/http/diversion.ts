import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestUrl } from './endpoint.ts';

/** A request that may be for a world which is not open here. */
export interface Diverted {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: RequestUrl;
  /** Refuses a control request of somebody who may not control the twin. @returns whether it was refused */
  readonly isRefused: () => boolean;
}

/** What becomes of requests where worlds move between twins; the listener asks it before anything else. */
export interface Diversion {
  /**
   * Lets a request wait, or passes it on, when its world is on its way or at another twin.
   *
   * @param own the world of the port
   * @param again asks once more, when it has waited
   * @returns whether it did; otherwise the request is to be answered here
   */
  divert(asked: Diverted, own: string, again: () => void): boolean;
  /** Notes that a call of a world is under way, until its answer is over. */
  begin(world: string, response: ServerResponse): void;
  /** Whether a request is a question of another twin. */
  isPeer(url: RequestUrl): boolean;
  /** Answers one that may ask. */
  answerPeer(request: IncomingMessage, response: ServerResponse, url: RequestUrl): void;
}

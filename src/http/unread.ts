import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { answerText } from './endpoint.ts';

/** Has a request that never became a call show in the journal of its world, so that nobody looks for it in vain. */
export function noteUnread({ journal, runner }: HostedWorld, refusal: Refusal): void {
  journal.refuse(refusal, runner.clock.now());
}

/** Tells the journal of a request whose client left before it was whole. No status went out. */
export function noteGone(world: HostedWorld, api: Refusal['api'], { message: text }: Error): void {
  noteUnread(world, { api, status: 0, text, hint: '' });
}

/** A request that is to be answered. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly world: HostedWorld;
}

/** Refuses a method that an address does not take. */
export function answerWrongMethod(
  { request, response, world }: Exchange,
  api: Refusal['api'],
  { text, allowed }: { readonly text: string; readonly allowed: string },
): void {
  noteUnread(world, { api, status: 405, text: `${request.method}: ${text}`, hint: '' });
  answerText(response, { status: 405, text: `${text}\n`, headers: { Allow: allowed } });
}

/** Which of the products a request is probably for that could not be read. */
export function apiAt(target: string): Refusal['api'] {
  return /rpc|\.mpl|\/run\b/i.test(target) ? 'aptest' : 'testtrack';
}

/** Characters of a wrong path in the log and in the journal. */
const longestPath = 200;

/** A request to an address where nothing is. */
interface UnknownAddress {
  readonly method: string;
  readonly path: string;
  /** What is near it. */
  readonly hint: string;
}

/** The client of a test that has a wrong address is looked for in the log and in the journal. */
export function noteUnknownAddress(
  { method, path, hint }: UnknownAddress,
  world: HostedWorld,
  log: Log,
): void {
  const text = `${method} ${path.slice(0, longestPath)}`;
  log.info(`${text}: ${hint}`, { status: 404 });
  noteUnread(world, { api: apiAt(path), status: 404, text, hint });
}

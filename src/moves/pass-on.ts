import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerText, isRpcTarget } from '../http/endpoint.ts';
import { forwardedHeaders } from '../http/forwarded-headers.ts';
import { hintHeader, hintHeaderName } from '../http/hint.ts';
import { passedHeaders } from '../http/passed-headers.ts';
import { worldHeader } from '../http/request-contexts.ts';
import type { Peers } from './peers.ts';

/** Says through how many twins a request has come; it goes through few. */
export const hopsHeader = 'x-twintrack-hops';
const MOST_HOPS = 5;

/** Targets that name their world. */
const namesWorld = /^\/(?:w|__admin\/worlds)\/[^/?]/;

/** A request for a world that is at another twin. */
export interface PassedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly world: string;
  /** The address of that twin, one of the peers. */
  readonly to: string;
  /** The path and query that it asks for, without a host. */
  readonly target: string;
  /** Is told when an answer has begun. */
  readonly onStatus?: (status: number) => void;
}

/**
 * Passes a request on to the twin that has its world, and the answer back, piece by piece and as they are. The answer, its
 * hints and the journal are those of that twin.
 */
export function passOn(
  { request, response, world, to, target, onStatus }: PassedRequest,
  peers: Pick<Peers, 'begin'>,
): void {
  const hops = Number(request.headers[hopsHeader] ?? 0) + 1;
  if (!(hops <= MOST_HOPS)) {
    request.resume();
    refuseLater(
      { response, target },
      `The world "${world}" is looked for in a circle of twins. twintrack worlds list shows where it is.`,
    );
    return;
  }
  // Of what a proxy says of a client, that is passed on which was believed.
  const dropped = forwardedHeaders.filter((name) => request.headers[name] === undefined);
  // A world that the port or the header says has to be said; one that the path says is never in doubt.
  const saidWorld = namesWorld.test(target) ? [] : [worldHeader, world];
  const without = saidWorld.length === 0 ? dropped : [...dropped, worldHeader];
  const headers = passedHeaders(request.rawHeaders, [...without, hopsHeader, 'expect']);
  const extra = [...saidWorld, hopsHeader, String(hops), 'Connection', 'keep-alive'];
  const length = request.headers['content-length'];
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const onward = peers.begin(to, {
    method: request.method,
    path: new URL(to).pathname.replace(/\/$/, '') + target,
    headers: [
      ...headers.flat(),
      ...extra,
      ...(isChunked && length === undefined ? ['Transfer-Encoding', 'chunked'] : []),
    ],
  });
  onward.on('error', (error: NodeJS.ErrnoException) => {
    request.resume();
    if (response.headersSent) return void response.destroy();
    // What was sent may have been done; a connection that was refused has brought nothing.
    const may = error.code === 'ECONNREFUSED' ? 'Nothing was sent' : 'What was sent may have been done';
    const why = `The world "${world}" is at the twin ${to}, which gives no answer (${error.code ?? error.message}). ${may}.`;
    refuseLater({ response, target }, why);
  });
  onward.on('response', (answer) => {
    onStatus?.(answer.statusCode ?? 0);
    response.sendDate = false;
    const connection = response.shouldKeepAlive ? [] : ['Connection', 'close'];
    const raw = passedHeaders(answer.rawHeaders, []).flat();
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, [...raw, ...connection]);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  response.on('close', () => {
    if (!response.writableFinished) onward.destroy();
  });
  request.on('error', () => onward.destroy());
  request.pipe(onward);
}

/** Answers that a world cannot be reached now, and may be later. */
export function refuseLater(
  { response, target }: Pick<PassedRequest, 'response' | 'target'>,
  message: string,
): void {
  if (response.headersSent || response.destroyed) return;
  answerText(response, {
    status: 503,
    text: isRpcTarget(target) ? `1\n${message}\n` : `${message}\n`,
    headers: { 'Retry-After': '1', [hintHeaderName]: hintHeader(message) },
  });
}

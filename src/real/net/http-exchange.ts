import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Target } from './target.ts';

/** What is sent. */
export interface HttpSending {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** What came back, whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface ExchangeLimits {
  /** How long an answer may take, from the first byte sent to the last one read. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Begins a request to a target. A redirect is an answer like any other: it is never followed. */
export function beginRequest(target: Target, options: object): ClientRequest {
  const { connection, isTls } = target;
  return isTls ? httpsRequest({ ...connection, ...options }) : httpRequest({ ...connection, ...options });
}

/**
 * Sends a request and reads the answer whole.
 *
 * @throws Error with the code of Node: ETIMEDOUT where it took too long, ECONNRESET where the answer broke off
 */
export function exchange(target: Target, sending: HttpSending, limits: ExchangeLimits): Promise<HttpAnswer> {
  const { method, path, body } = sending;
  return new Promise((resolve, reject) => {
    const headers = {
      host: target.hostHeader,
      ...(body === undefined ? {} : { 'content-length': String(body.byteLength) }),
      ...sending.headers,
    };
    const request = beginRequest(target, { method, path, headers });
    const timer = setTimeout(() => {
      request.destroy(failure('ETIMEDOUT', `no whole answer within ${limits.timeoutMs} ms`));
    }, limits.timeoutMs);
    const settle = <T>(end: (value: T) => void, value: T) => {
      clearTimeout(timer);
      end(value);
    };
    request.on('error', (error) => settle(reject, target.explained(error)));
    request.on('response', (response) => {
      target.answered();
      const { maxBytes } = limits;
      gathered(response, maxBytes).then(
        (bytes) =>
          settle(resolve, { status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        (error: Error) => {
          settle(reject, error);
          request.destroy();
        },
      );
    });
    request.end(body);
  });
}

/** All bytes of an answer. @throws Error when it breaks off or is too long */
async function gathered(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response) {
    length += (piece as Buffer).length;
    if (length > maxBytes) throw failure('EFBIG', `the answer is longer than ${maxBytes} bytes`);
    pieces.push(piece as Buffer);
  }
  if (!response.complete) throw failure('ECONNRESET', 'the answer broke off');
  return Buffer.concat(pieces, length);
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

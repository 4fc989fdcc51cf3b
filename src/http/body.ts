import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzip } from 'node:zlib';
import type { TwinErrorCode } from '../errors/own-errors.ts';

/** Why a request's body cannot be used, with a message for its sender. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  readonly code: TwinErrorCode = 'TWIN_BODY_INVALID';

  /**
   * @param status the HTTP status that says so
   * @param isGone true when the client is gone, so that there is nobody to answer
   */
  constructor(
    readonly status: number,
    message: string,
    readonly isGone = false,
  ) {
    super(message);
  }
}

export interface BodyLimits {
  /** In bytes, for the body as sent and as unpacked. */
  readonly maxBody: number;
  /** How many times its size a gzip body may unpack to. */
  readonly gzipRatio: number;
}

/** Is called exactly once: with a problem, or with the whole body (unpacked). */
export type BodyReceiver = (problem: BodyError | undefined, body: Buffer) => void;

/** Longer requests are read in turns with others. In bytes. */
export const LONG_REQUEST = 64 * 1024;

const EMPTY: Buffer = Buffer.alloc(0);

/** Below this a high ratio is harmless: a short text of blanks packs better than any attack. */
const RATIO_MATTERS_FROM = 64 * 1024;

/**
 * Reads the body of a request. The limit holds while reading, whatever Content-Length says; the bytes held are
 * at most twice those received, however many pieces they come in.
 */
export function receiveBody(request: IncomingMessage, limits: BodyLimits, done: BodyReceiver): void {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity') {
    collect(request, limits.maxBody, done);
  } else if (/^(?:x-)?gzip$/i.test(encoding.trim())) {
    collect(request, limits.maxBody, (problem, packed) => {
      if (problem) done(problem, EMPTY);
      else unpack(packed, limits, done);
    });
  } else {
    request.resume();
    done(
      new BodyError(
        415,
        `Content-Encoding "${encoding}" is not understood. Send the body as it is, or gzip.`,
      ),
      EMPTY,
    );
  }
}

/**
 * Reads the body of a request.
 *
 * @throws BodyError
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    receiveBody(request, limits, (problem, body) => (problem ? reject(problem) : resolve(body)));
  });
}

/** True when the headers alone show that the body is over the limit. */
export function announcesTooMuch(request: IncomingMessage, maxBody: number): boolean {
  const announced = request.headers['content-length'];
  return announced !== undefined && Number(announced) > maxBody;
}

/**
 * Ends an answer that was given before the body was read. The rest of the body is thrown away first, up to a
 * bound: closing at once would reset the connection, and the client, still writing, would never see the answer.
 *
 * @param response with its whole text written, but not ended
 * @param maxDiscarded in bytes
 */
export function endAfterRest(request: IncomingMessage, response: ServerResponse, maxDiscarded: number): void {
  afterRest(request, maxDiscarded, () => void response.end());
}

/**
 * Does something once the rest of a body was thrown away, or so much of it, or the client has left.
 *
 * @param maxDiscarded in bytes
 */
export function afterRest(request: IncomingMessage, maxDiscarded: number, done: () => void): void {
  let discarded = 0;
  let isDone = false;
  const end = () => {
    if (!isDone) done();
    isDone = true;
  };
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > maxDiscarded) end();
  });
  request.on('end', end);
  request.on('close', end);
  request.resume();
  if (request.complete) end();
}

function collect(request: IncomingMessage, maxBody: number, receiver: BodyReceiver): void {
  if (announcesTooMuch(request, maxBody)) {
    request.resume();
    receiver(tooLarge(maxBody), EMPTY);
    return;
  }
  const announced = Number(request.headers['content-length'] ?? maxBody);
  let held = EMPTY;
  let length = 0;
  let isDone = false;
  const done: BodyReceiver = (problem, body) => {
    if (isDone) return;
    isDone = true;
    receiver(problem, body);
  };
  request.on('data', (chunk: Buffer) => {
    if (isDone) return;
    const total = length + chunk.length;
    if (total > maxBody) {
      held = EMPTY;
      done(tooLarge(maxBody), EMPTY);
      return;
    }
    if (length === 0) {
      held = chunk;
    } else {
      if (total > held.length) held = enlarged(held, length, Math.max(total, Math.min(2 * total, announced)));
      chunk.copy(held, length);
    }
    length = total;
  });
  request.on('end', () => done(undefined, length === held.length ? held : held.subarray(0, length)));
  // A request that breaks off closes, and has an error only for those who listen for one.
  request.on('close', () => {
    // Every request closes in the end: making the problem, with its stack, is for those that were not read.
    if (isDone) return;
    done(new BodyError(400, 'The connection ended before the whole body came.', true), EMPTY);
  });
}

/** Many small pieces cost one buffer, not one object each: 10 MB can come byte by byte. */
function enlarged(held: Buffer, length: number, capacity: number): Buffer {
  const bigger = Buffer.allocUnsafe(capacity);
  held.copy(bigger, 0, 0, length);
  return bigger;
}

function unpack(packed: Buffer, limits: BodyLimits, done: BodyReceiver): void {
  const byRatio = Math.max(RATIO_MATTERS_FROM, packed.length * limits.gzipRatio);
  const maxOutputLength = Math.min(limits.maxBody, byRatio);
  gunzip(packed, { maxOutputLength }, (error, body) => {
    if (!error) {
      done(undefined, body);
    } else if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') {
      done(new BodyError(400, 'The body is announced as gzip, but cannot be unpacked.'), EMPTY);
    } else if (byRatio < limits.maxBody) {
      const text = `The gzip body unpacks to more than ${limits.gzipRatio} times its size (setting gzipRatio).`;
      done(new BodyError(413, text), EMPTY);
    } else {
      done(tooLarge(limits.maxBody), EMPTY);
    }
  });
}

function tooLarge(maxBody: number): BodyError {
  return new BodyError(413, `The request body is over the limit of ${maxBody} bytes (setting maxBody).`);
}

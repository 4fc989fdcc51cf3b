import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log/log.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { isRpcTarget } from './endpoint.ts';
import { endLingering } from './lingering.ts';
import { apiAt, noteUnread } from './unread.ts';

/** What a connection is answered with that brought no request that can be read. */
interface ConnectionRefusal {
  readonly status: string;
  /** ASCII. */
  readonly why: string;
  /** What to do about it; for the log and the journal. */
  readonly hint?: string;
}

/** What was going on at a connection when it broke. */
export interface BrokenConnection {
  readonly socket: Socket;
  /** The request that was read last on it, if any. */
  readonly last: IncomingMessage | undefined;
  /** The target of the first request that came on it, whether it was read or not. */
  readonly first?: string | undefined;
}

/** Where refused connections are told. */
export interface RefusalPlaces {
  readonly log: Log;
  /** The world that a path is in, at this port; undefined when it is no longer there. */
  readonly worldAt: (path: string) => HostedWorld | undefined;
}

/** What Node says of bytes that it cannot read as a request. */
type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

const notHttp: ConnectionRefusal = {
  status: '400 Bad Request',
  why: 'The request is not readable as HTTP.',
};

/** A client that speaks TLS to this port; its first byte is that of a handshake. (RFC 8446, 5.1) */
export const handshakeByte = 0x16;

const tlsToPlain: ConnectionRefusal = {
  status: '400 Bad Request',
  why: 'This port speaks plain HTTP, and the client begins with TLS. Use http://, or start the twin with --tls.',
};

/** A request that took too long. */
export const refusalOfTime: ConnectionRefusal = {
  status: '408 Request Timeout',
  why: 'The request did not come whole in the time allowed (settings headersTimeout and bodyTimeout).',
};

const refusals: ReadonlyMap<string | undefined, ConnectionRefusal> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    {
      status: '431 Request Header Fields Too Large',
      why: 'Request line and headers are over the limit (setting maxHeaders).',
    },
  ],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    { status: '413 Payload Too Large', why: 'The chunk extensions are too long.' },
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', refusalOfTime],
]);

/** Bytes that are no HTTP request, or come too slowly, end the connection with a plain answer. */
export function refuseConnection(
  error: ParserError,
  connection: BrokenConnection,
  places: RefusalPlaces,
): void {
  const { socket, last } = connection;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusalFor(error, socket);
  // A client that left within a body is told of by who reads that body.
  const isLeft = error.code === 'HPE_INVALID_EOF_STATE' && last !== undefined && !last.complete;
  const target = targetOf(error, connection);
  if (!isLeft) tellRefusal(refusal, target, places);
  endRefused(socket, refusal, target);
}

/** Answers a connection and ends it. @param target of the request, as far as it is known */
export function endRefused(socket: Socket, { status, why }: ConnectionRefusal, target = '/'): void {
  endLingering(socket, plainAnswer(status, isRpcTarget(target) ? `1\n${why}` : why));
}

/** Has the log and the journal say why a request was not read. @param target of the request, as far as it is known */
export function tellRefusal(
  { status, why, hint = '' }: ConnectionRefusal,
  target: string,
  { log, worldAt }: RefusalPlaces,
): void {
  log.info(`Connection refused with ${status}: ${why}`, hint === '' ? {} : { hint });
  const world = worldAt(target);
  if (world) noteUnread(world, { api: apiAt(target), status: Number.parseInt(status, 10), text: why, hint });
}

/** An answer to a connection that brought no request. @param why ASCII */
export function plainAnswer(status: string, why: string): string {
  return `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${why.length + 1}\r\n\r\n${why}\n`;
}

function refusalFor({ code, rawPacket }: ParserError, socket: Socket): ConnectionRefusal {
  const isFirst = rawPacket !== undefined && rawPacket.length === socket.bytesRead;
  if (isFirst && rawPacket[0] === handshakeByte) return tlsToPlain;
  return refusals.get(code) ?? notHttp;
}

/**
 * The request that could not be read: one whose body broke off, the line that the bytes begin with, or the first one of
 * the connection, when none was read on it.
 */
function targetOf({ rawPacket }: ParserError, { last, first = '/' }: BrokenConnection): string {
  if (last && !last.complete) return last.url ?? '/';
  return targetIn(rawPacket) ?? (last ? '/' : first);
}

/** The target that a request line begins with; of a long one the beginning. */
export function targetIn(bytes: Buffer | undefined): string | undefined {
  return /^[A-Z]+ (\S+)/.exec(bytes?.toString('latin1', 0, 2000) ?? '')?.[1];
}

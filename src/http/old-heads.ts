import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { lookAtFirst, lookBefore, type Serve } from './first-bytes.ts';
import { HeadReader } from './head-reader.ts';
import {
  endRefused,
  type RefusalPlaces,
  refusalOfTime,
  refuseConnection,
  tellRefusal,
} from './refused-connections.ts';
import { isMethodLetter, isOldRequestLine } from './request-head.ts';

export interface OldHeadsOptions {
  /** Whether connections come over TLS. */
  readonly isSecure: boolean;
  /** Longest head, in bytes. */
  readonly most: number;
  /** Time for the first line. */
  readonly timeoutMs: number;
  readonly places: RefusalPlaces;
  /** Is told how a connection begins: for a refusal of its first request, when Node has forgotten that. */
  readonly began: (socket: Socket, bytes: Buffer) => void;
  /** Is told that something else is read in place of a connection from now on. */
  readonly replaced: (socket: Socket, reader: Socket) => void;
}

/**
 * Looks at the first line of each connection. One that Node can read is left to Node, untouched from then on; one with a
 * bare line feed or bytes beyond ASCII gets a reader in between, for as long as it lasts.
 *
 * @returns what serves a connection without a look at it
 */
export function admitOldHeads(server: Server, options: OldHeadsOptions): Serve {
  const { isSecure, most, timeoutMs, places, began } = options;
  return lookBefore(server, isSecure ? 'secureConnection' : 'connection', (socket, serve) => {
    const handOn = (bytes: Buffer) => {
      began(socket, bytes);
      serve(isOldRequestLine(bytes) ? readerFor(socket, options) : socket);
      // To whom reads the connection now. To put the bytes back first would cost another turn of the event loop.
      socket.emit('data', bytes);
    };
    lookAtFirst(socket, {
      isEnough: (chunk, total) =>
        chunk.includes(0x0a) || (total === chunk.length && !isMethodLetter(chunk[0])) || total > most,
      timeoutMs,
      arrived: handOn,
      stopped: (bytes, isLate) => {
        if (isLate) {
          tellRefusal(refusalOfTime, '/', places);
          endRefused(socket, refusalOfTime);
        } else if (bytes.length === 0) socket.end();
        else {
          const error = Object.assign(new Error('The request line is cut.'), { rawPacket: bytes });
          refuseConnection(error, { socket, last: undefined }, places);
        }
      },
    });
  });
}

/** Puts a reader in the place of a connection. */
function readerFor(socket: Socket, { most, places, replaced }: OldHeadsOptions): Socket {
  const reader = new HeadReader(socket, {
    most,
    refuse: (why, target) => {
      const refusal = { status: '400 Bad Request', why };
      tellRefusal(refusal, target, places);
      endRefused(socket, refusal);
    },
  });
  // Node's server takes any stream for a connection; of a socket it uses what the reader has.
  const connection = reader as unknown as Socket;
  replaced(socket, connection);
  return connection;
}

/** What Node says of bytes that it cannot read. */
type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer; readonly bytesParsed?: number };

/**
 * Whether Node gave up in a request line that began with the bytes it was just given, at one beyond ASCII. Only then is it
 * known that nothing of that request was read before: where a method and a blank come first, and Node was in the address.
 */
function isLaterOldLine({ code, rawPacket, bytesParsed = 0 }: ParserError): boolean {
  if (code !== 'HPE_INVALID_URL' || !rawPacket) return false;
  return (
    (rawPacket[bytesParsed] ?? 0) > 0x7f &&
    /^(?:GET|POST) \S+$/.test(rawPacket.toString('latin1', 0, bytesParsed))
  );
}

/**
 * Reads on where Node gave up: a kept connection may send its first byte beyond ASCII in a later request.
 *
 * @param serve what serves a connection
 * @returns whether it is read on
 */
export function readOn(
  error: ParserError,
  socket: Socket,
  { options, serve }: { readonly options: OldHeadsOptions; readonly serve: Serve },
): boolean {
  const { rawPacket } = error;
  if (!rawPacket || !isLaterOldLine(error)) return false;
  // Node's parser stays behind in an error, and must hear no more of this connection.
  for (const event of ['data', 'end', 'drain', 'timeout', 'error']) socket.removeAllListeners(event);
  serve(readerFor(socket, options));
  socket.emit('data', rawPacket);
  return true;
}

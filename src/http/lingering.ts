import type { Socket } from 'node:net';
import { mark } from '../memo/memory.ts';

/** After so long a connection is closed, whatever its client still sends. */
const LINGER_MS = 500;

const ending = mark<Socket, true>();

/**
 * Ends a connection with a last answer. Bytes that nobody reads make the system reset a connection, and its client may
 * then never see the answer; so what comes is read, and lost, until the client ends it too, or half a second is over.
 */
export function endLingering(socket: Socket, answer: string): void {
  ending.set(socket, true);
  socket.end(answer);
  const deadline = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(deadline));
}

/** Whether a connection had its last answer: nothing is answered on it any more, whatever comes. */
export function isEnding(socket: Socket): boolean {
  return ending.get(socket) ?? false;
}

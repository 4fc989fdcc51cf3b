import type { Socket } from 'node:net';

/** What is to be known of a connection before anything reads it. */
export interface FirstLook {
  /** Whether what came is enough to decide. @param chunk the bytes that came last @param total how many came */
  readonly isEnough: (chunk: Buffer, total: number) => boolean;
  /** So long it may take. */
  readonly timeoutMs: number;
  /** Is given all bytes that came. Who hands the connection on gives them back first (`unshift`). */
  readonly arrived: (bytes: Buffer) => void;
  /** The bytes stopped before they were enough: the client closed its side, or took too long. */
  readonly stopped: (bytes: Buffer, isLate: boolean) => void;
}

/** Waits for the first bytes of a connection, and looks at them once. A connection that breaks meanwhile is forgotten. */
export function lookAtFirst(socket: Socket, { isEnough, timeoutMs, arrived, stopped }: FirstLook): void {
  const pieces: Buffer[] = [];
  let total = 0;
  const held = () => {
    const [first] = pieces;
    return pieces.length === 1 && first ? first : Buffer.concat(pieces);
  };
  const take = (chunk: Buffer) => {
    pieces.push(chunk);
    total += chunk.length;
    if (!isEnough(chunk, total)) return;
    leave();
    arrived(held());
  };
  const end = () => {
    leave();
    stopped(held(), false);
  };
  const timer = setTimeout(() => {
    leave();
    stopped(held(), true);
  }, timeoutMs);
  const broken = () => {};
  const leave = () => {
    clearTimeout(timer);
    socket.off('data', take).off('end', end).off('close', leave).off('error', broken);
  };
  socket.on('data', take).on('end', end).on('close', leave).on('error', broken);
}

/** Serves a connection as the server does. */
export type Serve = (socket: Socket) => void;

/**
 * Has something look at each connection of a server before the server itself; it serves those that are handed on.
 *
 * @returns what serves a connection without a look at it
 */
export function lookBefore(
  server: {
    listeners(event: string): unknown[];
    removeAllListeners(event: string): unknown;
    on: OnConnection;
  },
  event: 'connection' | 'secureConnection',
  look: (socket: Socket, serve: Serve) => void,
): Serve {
  const own = server.listeners(event) as Serve[];
  server.removeAllListeners(event);
  const serve: Serve = (socket) => {
    for (const listener of own) listener.call(server, socket);
  };
  server.on(event, (socket) => look(socket, serve));
  return serve;
}

type OnConnection = (event: string, listener: (socket: Socket) => void) => unknown;

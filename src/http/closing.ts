import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { type TLSSocket, Server as TlsServer } from 'node:tls';
import type { ConnectionPlaces } from './connection-places.ts';
import { endLingering } from './lingering.ts';

/** How often the connections that became idle are closed while ending. */
const STEP_MS = 10;

/** So many that were turned away are still read at once: each has a descriptor that others may need. */
const MOST_LINGERING = 32;

/** The open connections of a server, each with the last answer that was begun on it. */
export class Connections {
  private readonly open = new Map<Socket, ServerResponse | undefined>();
  /** Those that have not agreed on TLS yet, by the client's address: what Node makes of one then is another object. */
  private readonly handshaking = new Map<string, Socket>();
  private readonly seenBytes = new WeakMap<Socket, number>();
  /** Those that there was no place for, and that are still read. */
  private readonly lingering = new Set<Socket>();

  /** @param refusal what a connection is told that there is no place for */
  constructor(
    private readonly server: Server,
    places: ConnectionPlaces,
    refusal: (why: string) => string,
  ) {
    const isSecure = server instanceof TlsServer;
    server.on('connection', (socket: Socket) => {
      const why = places.take();
      if (why !== undefined) {
        this.turnAway(socket, refusal(why), isSecure ? 0 : MOST_LINGERING);
        return;
      }
      const peer = peerOf(socket);
      if (isSecure) this.handshaking.set(peer, socket);
      else this.open.set(socket, undefined);
      socket.on('close', () => {
        this.open.delete(socket);
        this.handshaking.delete(peer);
        places.giveBack();
      });
    });
    server.on('secureConnection', (socket: TLSSocket) => {
      this.handshaking.delete(peerOf(socket));
      this.open.set(socket, undefined);
      socket.on('close', () => this.open.delete(socket));
    });
  }

  /** Ends a connection with a sentence, and reads what still comes as far as descriptors allow. */
  private turnAway(socket: Socket, sentence: string, mostLingering: number): void {
    if (this.lingering.size >= mostLingering) {
      // Written before the descriptor is given back, which is at once: another connection may need it.
      socket.write(sentence);
      socket.destroy();
      return;
    }
    endLingering(socket, sentence);
    this.lingering.add(socket);
    socket.once('close', () => this.lingering.delete(socket));
  }

  /** Notes that something else is read in place of a connection, and what is begun on it is begun there. */
  replace(socket: Socket, reader: Socket): void {
    this.open.delete(socket);
    this.open.set(reader, undefined);
    reader.on('close', () => this.open.delete(reader));
  }

  /** Notes that a request is being answered. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    this.open.set(request.socket, response);
  }

  /** The request that came last on a connection. */
  lastRequest(socket: Socket): IncomingMessage | undefined {
    return this.open.get(socket)?.req;
  }

  /** Whether an answer is still on its way. */
  isAnswering(socket: Socket): boolean {
    const answer = this.open.get(socket);
    return answer !== undefined && !answer.writableFinished;
  }

  /**
   * Lets the call that came whole on a connection be answered before the connection ends; false when there is none.
   * A client that sends rubbish behind its request gets its answer first, as from a server that never looked further.
   */
  endsAfterAnswer(socket: Socket): boolean {
    const answer = this.open.get(socket);
    if (!answer?.req.complete || answer.headersSent) return false;
    answer.shouldKeepAlive = false;
    return true;
  }

  /**
   * Stops accepting, lets the answers in flight go out wholly, closes what is idle, and after the grace time
   * closes the rest.
   *
   * Node's own `close` is not used for this: it counts a connection as idle as soon as its answer was handed over,
   * and cuts a long answer that a slow client is still reading (observed with Node 20).
   */
  closeGracefully(graceMs: number): Promise<void> {
    const { server } = this;
    if (!server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      const steps = setInterval(() => this.closeIdle(), STEP_MS);
      const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
      NetServer.prototype.close.call(server, () => {
        clearInterval(steps);
        clearTimeout(deadline);
        // Ends Node's own look-out for slow clients, which would keep the server in memory.
        server.close(() => resolve());
      });
      this.closeIdle();
    });
  }

  /** Closes each connection that waits for a request and received nothing since the last look. */
  private closeIdle(): void {
    for (const socket of this.handshaking.values()) socket.destroy();
    for (const socket of this.lingering) socket.destroy();
    for (const [socket, answer] of this.open) {
      if (answer !== undefined && !answer.writableFinished) {
        if (!answer.headersSent) answer.shouldKeepAlive = false;
        continue;
      }
      const isUnchanged = this.seenBytes.get(socket) === socket.bytesRead;
      if (isUnchanged || socket.bytesRead === 0) socket.destroy();
      else this.seenBytes.set(socket, socket.bytesRead);
    }
  }
}

/** The address of a client, which no two open connections of a server share. */
function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

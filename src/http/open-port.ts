import type { Server } from 'node:net';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import type { Log } from '../log/log.ts';

/** Why the twin cannot listen, with a message for the user who started it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: TwinErrorCode = 'TWIN_LISTEN_FAILED';
}

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
  /** The option that says the port; `--port` without it. */
  readonly portOption?: string | undefined;
}

/** Has a server listen. @throws ListenError the address cannot be used */
export function openPort(server: Server, address: ListenAddress): Promise<void> {
  const { host, port, log } = address;
  if (host === '') throw new ListenError('The host is empty. Use 127.0.0.1 for this machine only.');
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenProblem(error, address));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      // Too many open files, for one: a connection could not be taken. Those that are open go on.
      server.on('error', (error: NodeJS.ErrnoException) =>
        log.error('A connection was not taken', { code: error.code }),
      );
      resolve();
    });
  });
}

function listenProblem(
  error: NodeJS.ErrnoException,
  { host, port, portOption = '--port' }: ListenAddress,
): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        `Port ${port} on ${host} is taken by another program. Choose another one with ${portOption}, or ${portOption} 0 for any free one.`,
      );
    case 'EACCES':
      return new ListenError(`Port ${port} needs more rights than this user has. Choose one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ListenError(
        `"${host}" is no address of this machine. Use 127.0.0.1 for this machine only, 0.0.0.0 for all addresses.`,
      );
    default:
      return error;
  }
}

/** The host by which clients of this machine come; an address that means "all of them" cannot be connected to everywhere. */
export function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

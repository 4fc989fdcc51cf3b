import { once } from 'node:events';
import { request } from 'node:https';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';

/** What one request over TLS gave. */
export interface SecureReply {
  readonly status: number | undefined;
  readonly text: string;
}

/** Sends a request over TLS. @throws what the client has against the server */
export function secureGet(
  url: string,
  options: ConnectionOptions & { readonly headers?: Record<string, string> } = {},
): Promise<SecureReply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Shakes hands with a port. @throws what went wrong */
export async function secureConnection(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', ...options });
  await once(socket, 'secureConnect');
  return socket;
}

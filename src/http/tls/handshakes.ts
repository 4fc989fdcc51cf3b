import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { lookAtFirst, lookBefore } from '../first-bytes.ts';
import { endRefused, handshakeByte, type RefusalPlaces, tellRefusal } from '../refused-connections.ts';

const plainToTls = {
  status: '400 Bad Request',
  why: 'This port speaks TLS, and the client sent plain HTTP. Use https://, or the plain port if the twin has one (--tls-port).',
};

/** What a failed handshake most probably means, by what OpenSSL says. */
const meanings: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [
    /unsupported_protocol|version_too_low|wrong_version_number|alert_protocol_version/i,
    'The client and the twin know no common version of TLS. Clients of 2008 to 2013 need --tls-min 1.0.',
  ],
  [
    /no_shared_cipher|no_suitable/i,
    'The client and the twin know no common cipher. Clients of 2008 to 2013 need --tls-min 1.0.',
  ],
  [
    /unknown_ca|certificate_unknown|bad_certificate|certificate_expired|unknown_certificate/i,
    'The client does not take the certificate of the twin. The twin printed at its start how to trust it.',
  ],
  [
    /peer_did_not_return_a_certificate|certificate_required/i,
    'The client showed no certificate, and this twin asks for one (--tls-client-ca).',
  ],
  [
    /certificate_verify_failed/i,
    'The certificate of the client is not signed by one of those in --tls-client-ca.',
  ],
];

/**
 * Watches how connections of a TLS port begin. A client that sends plain HTTP gets a sentence instead of an alert that it
 * cannot read; why a handshake failed is told in the log and in the journal, where its maker looks.
 *
 * @param timeoutMs for the first byte
 */
export function guardHandshakes(server: Server, timeoutMs: number, places: RefusalPlaces): void {
  lookBefore(server, 'connection', (socket, serve) => {
    lookAtFirst(socket, {
      isEnough: () => true,
      timeoutMs,
      arrived: (bytes) => {
        if (bytes[0] === handshakeByte) {
          // A socket that flows would throw them away before Node's TLS takes what is buffered.
          socket.pause();
          socket.unshift(bytes);
          serve(socket);
          return;
        }
        const [, target = '/'] = /^[A-Z]+ (\S+)/.exec(bytes.toString('latin1', 0, 2000)) ?? [];
        tellRefusal(plainToTls, target, places);
        endRefused(socket, plainToTls);
      },
      stopped: () => socket.destroy(),
    });
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    socket.destroy();
    const { code = '', message } = error;
    // A client that only looks whether the port is open.
    if (code === 'ECONNRESET') return;
    const why = `TLS handshake failed: ${code || message}`;
    tellRefusal({ status: '0', why, hint: handshakeHint(`${code} ${message}`) }, '/', places);
  });
}

/** What to do about a handshake that failed. @param said what OpenSSL says of it */
export function handshakeHint(said: string): string {
  const [, hint = 'The TLS handshake did not come to its end.'] =
    meanings.find(([pattern]) => pattern.test(said.replaceAll(' ', '_'))) ?? [];
  return hint;
}

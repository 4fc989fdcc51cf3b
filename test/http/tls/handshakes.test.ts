import { expect, test } from 'vitest';
import { handshakeHint } from '../../../src/http/tls/handshakes.ts';

test.each([
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA tlsv1 alert unknown ca', 'does not take the certificate of the twin'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'does not take the certificate of the twin'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL unsupported protocol', '--tls-min 1.0'],
  ['ERR_SSL_NO_SHARED_CIPHER', '--tls-min 1.0'],
  ['ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', 'showed no certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN certificate verify failed', 'not signed by one of those'],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', 'did not come to its end'],
])('a handshake that ends with %s is explained', (said, hint) => expect(handshakeHint(said)).toContain(hint));

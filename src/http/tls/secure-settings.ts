import type { TlsOptions as NodeTlsOptions, SecureVersion } from 'node:tls';
import type { CertifiedKey, TlsOptions } from './tls-options.ts';

/** What a listener needs to speak TLS. */
export type SecureSettings = Pick<
  NodeTlsOptions,
  'cert' | 'key' | 'minVersion' | 'ciphers' | 'ca' | 'requestCert' | 'rejectUnauthorized'
>;

/**
 * What clients of 2008 to 2013 can do: RSA without forward secrecy, SHA-1 in the handshake. OpenSSL takes the old versions
 * of TLS at its lowest security level only. What no build of Node has any more (3DES, RC4) stays out.
 */
const oldCiphers = 'DEFAULT:!aNULL:!eNULL:@SECLEVEL=0';

/** Turns options into what Node's TLS server takes. @param clientCa PEM */
export function secureSettings(
  { min = '1.2' }: TlsOptions,
  credentials: CertifiedKey,
  clientCa?: string,
): SecureSettings {
  const minVersion = (min === '1.0' ? 'TLSv1' : `TLSv${min}`) satisfies SecureVersion;
  return {
    ...credentials,
    minVersion,
    ...(min === '1.0' || min === '1.1' ? { ciphers: oldCiphers } : {}),
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  };
}

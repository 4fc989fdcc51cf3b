import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { CertifiedKey, TlsOptions } from './tls-options.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a certificate lasts: browsers take none from a person's own store that lasts longer than 825 days. */
const LASTS_DAYS = 800;

/** One that ends sooner than this is not used again. */
const LEFT_DAYS = 7;

/** What a certificate is made for. */
export interface Wish {
  /** Names and addresses by which clients come. */
  readonly hosts: readonly string[];
  /** By the host's clock; milliseconds since the epoch. */
  readonly now: number;
  /** What is to be wrong with it. */
  readonly bad?: TlsOptions['bad'];
}

/** Where no client of a twin comes to. (RFC 2606) */
const otherHost = 'other-host.invalid';

/**
 * Makes a certificate that is signed by itself, with a key of its own. It is no authority: whoever trusts it trusts this
 * key for these hosts, and nothing that somebody signs with it. RSA and SHA-256, because clients of 2008 know them.
 */
export async function makeCredentials({ hosts, now, bad }: Wish): Promise<CertifiedKey> {
  const { default: selfsigned } = await import('selfsigned');
  const [first, last] = bad === 'expired' ? [-30, -1] : [-1, LASTS_DAYS];
  const named = bad === 'host' ? [otherHost] : hosts;
  const made = await selfsigned.generate([{ name: 'commonName', value: named[0] ?? 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now + first * DAY_MS),
    notAfterDate: new Date(now + last * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      // Mono trusts a certificate that signed itself only if its key may sign certificates. (observed with mono 6.8)
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: named.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host })),
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** Why a certificate that was kept cannot be used again; undefined for one that can. */
export function whyNotAgain({ cert, key }: CertifiedKey, { hosts, now }: Wish): string | undefined {
  try {
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'its key does not fit it';
    if (Date.parse(certificate.validTo) - now < LEFT_DAYS * DAY_MS)
      return `it ends on ${certificate.validTo}`;
    const missing = hosts.find((host) => !names(certificate, host));
    return missing === undefined ? undefined : `it does not name ${missing}`;
  } catch {
    return 'it cannot be read';
  }
}

/** Whether a certificate is one for this name or address. */
function names(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}

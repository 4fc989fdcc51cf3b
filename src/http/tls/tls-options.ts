/** Versions of TLS that a twin can be made to take, oldest first. */
export const tlsVersions = ['1.0', '1.1', '1.2', '1.3'] as const;

/** What can be wrong with a certificate on purpose. */
export const badCertificates = ['expired', 'host', 'untrusted'] as const;

/** How a twin speaks TLS. Everything may be left out. */
export interface TlsOptions {
  /**
   * The path of a PEM file: the certificate, and behind it those that it was signed by. Without it one is made at the
   * start, and kept in the data folder if there is one.
   */
  readonly cert?: string | undefined;
  /** The path of a PEM file: the key of `cert`, not encrypted. */
  readonly key?: string | undefined;
  /** A port of its own beside the plain one; without it the twin's own port speaks TLS and nothing else. */
  readonly port?: number | undefined;
  /** The oldest version that is taken; 1.2 without it. With 1.0 and 1.1 come the ciphers that clients of 2008 know. */
  readonly min?: (typeof tlsVersions)[number] | undefined;
  /** The path of a PEM file: who signs the certificates that clients must show. Without it nobody is asked for one. */
  readonly clientCa?: string | undefined;
  /**
   * A certificate that clients have to refuse: one that expired yesterday, one for another host, or one that is not the
   * one which they were told to trust. It is made at each start and kept nowhere.
   */
  readonly bad?: (typeof badCertificates)[number] | undefined;
}

/** A certificate with its key, both PEM. */
export interface CertifiedKey {
  readonly cert: string;
  readonly key: string;
}

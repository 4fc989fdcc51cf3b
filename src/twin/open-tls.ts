import { X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { readClientCa, readCredentials } from '../http/tls/given-credentials.ts';
import { certificateFile, keepCredentials, keptCredentials } from '../http/tls/kept-credentials.ts';
import { makeCredentials, type Wish, whyNotAgain } from '../http/tls/made-credentials.ts';
import { type SecureSettings, secureSettings } from '../http/tls/secure-settings.ts';
import type { CertifiedKey, TlsOptions } from '../http/tls/tls-options.ts';
import type { Log } from '../log/log.ts';
import type { TwinOptions } from './options.ts';

/** How a twin shows itself over TLS. */
export interface TwinTls {
  /** What a client has to trust, as PEM: the certificate that the twin shows, unless `bad` is `untrusted`. */
  readonly certificate: string;
  /** Its SHA-256 fingerprint, `AB:CD:…`. */
  readonly fingerprint: string;
  /** The file it is in; undefined for one that was made and is kept nowhere. */
  readonly certificateFile: string | undefined;
  /** Whether the twin made it. */
  readonly isMade: boolean;
  /** What is wrong with it on purpose. */
  readonly bad: TlsOptions['bad'];
}

/** TLS, ready for listeners. */
export interface OpenedTls {
  readonly settings: SecureSettings;
  /** The port of its own beside the plain one; undefined when the twin's own port speaks TLS. */
  readonly port: number | undefined;
  readonly shown: TwinTls;
  /** Keeps a certificate that was made; for when the data folder is there. */
  readonly keep: () => void;
}

/** What options say of names by which clients come, and where things are told. */
export type TlsSurroundings = Pick<TwinOptions, 'data' | 'host' | 'publicUrl' | 'allowedHosts'> & {
  readonly log: Log;
  /** By the host's clock. */
  readonly now: number;
};

/**
 * Reads the certificate that a twin was given, or makes one: that of an earlier start when the data folder has it.
 *
 * @returns undefined when the twin is to speak no TLS
 * @throws SettingsError a file cannot be read, or its content is not what it should be
 */
export async function openTls(
  given: TwinOptions['tls'],
  around: TlsSurroundings,
): Promise<OpenedTls | undefined> {
  if (given === undefined || given === false) return undefined;
  const options = given === true ? {} : given;
  const { cert, key, bad, port } = options;
  const clientCa = options.clientCa === undefined ? undefined : readClientCa(options.clientCa);
  const isMade = cert === undefined || key === undefined;
  const own = isMade ? await madeFor(bad, around) : givenOne(readCredentials({ cert, key }), around);
  return {
    settings: secureSettings(options, own.served, clientCa),
    port,
    keep: own.keep,
    shown: {
      certificate: own.trusted,
      fingerprint: new X509Certificate(own.trusted).fingerprint256,
      certificateFile: isMade ? own.file : cert,
      isMade,
      bad,
    },
  };
}

/** A certificate, and what clients are told to trust. */
interface Own {
  readonly served: CertifiedKey;
  /** PEM. */
  readonly trusted: string;
  readonly file: string | undefined;
  readonly keep: () => void;
}

const nothing = () => {};

function givenOne(served: CertifiedKey, { now, log }: TlsSurroundings): Own {
  const { validFrom, validTo } = new X509Certificate(served.cert);
  if (Date.parse(validTo) <= now)
    log.warn(`The certificate of --tls-cert has expired on ${validTo}: clients that look will refuse it.`);
  if (Date.parse(validFrom) > now)
    log.warn(
      `The certificate of --tls-cert is valid from ${validFrom} on: clients that look refuse it until then.`,
    );
  return { served, trusted: served.cert, file: undefined, keep: nothing };
}

async function madeFor(bad: TlsOptions['bad'], around: TlsSurroundings): Promise<Own> {
  const { now } = around;
  const hosts = hostsOf(around);
  if (bad === 'expired' || bad === 'host') {
    const served = await makeCredentials({ hosts: [...hosts, hostname()], now, bad });
    return { served, trusted: served.cert, file: undefined, keep: nothing };
  }
  const usual = await keptOrMade({ hosts, now }, around);
  if (bad === undefined) return usual;
  return { ...usual, served: await makeCredentials({ hosts: [...hosts, hostname()], now }) };
}

async function keptOrMade(wish: Wish, { data, log }: TlsSurroundings): Promise<Own> {
  const kept = data ? keptCredentials(data) : undefined;
  const reason = kept && whyNotAgain(kept, wish);
  if (reason !== undefined)
    log.warn(
      `The certificate in ${data} is not used again: ${reason}. Another one was made; clients have to trust that.`,
    );
  const isAsBefore = kept !== undefined && reason === undefined;
  const served = isAsBefore ? kept : await makeCredentials({ ...wish, hosts: [...wish.hosts, hostname()] });
  return {
    served,
    trusted: served.cert,
    file: data ? certificateFile(data) : undefined,
    keep: data ? () => keepCredentials(data, served) : nothing,
  };
}

/** Names and addresses by which clients come: this machine's, and those that the options name. */
function hostsOf({ host, publicUrl, allowedHosts = [] }: TlsSurroundings): string[] {
  const named = [
    ...(host === undefined || host === '0.0.0.0' || host === '::' ? [] : [host]),
    ...allowedHosts,
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).host]),
  ].map(withoutPort);
  return [...new Set(['localhost', '127.0.0.1', '::1', ...named.filter((name) => name !== '')])];
}

/** `[::1]:8443` is `::1`, `twin:8443` is `twin`. */
function withoutPort(host: string): string {
  const [, v6, name] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host) ?? [];
  return (v6 ?? name ?? host).toLowerCase();
}

import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions as TlsOptions } from 'node:https';
import { isIP } from 'node:net';
import { RealServerError } from '../real-error.ts';
import { isForbiddenAddress } from './forbidden-addresses.ts';

/** How a TLS server is believed, and what it is shown: texts in PEM. */
export interface TlsTrust {
  /** The authority that signed the server's certificate, where the system does not know it. */
  readonly ca?: string | undefined;
  /** The client's certificate and its key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** A server that was named at the start: its name is resolved once, and every connection goes to that address. */
export interface Target {
  readonly url: URL;
  readonly isTls: boolean;
  /** What a request to it begins from; the path and the method are added. */
  readonly connection: Readonly<Pick<RequestOptions, 'host' | 'port' | 'agent'>> & {
    readonly servername?: string;
  };
  /** What the header Host says. */
  readonly hostHeader: string;
  /** An answer came, so that whatever goes wrong from here on is no matter of certificates. */
  answered(): void;
  /** The cause of a connection that was broken off, where it can be named. */
  explained(error: Error): Error;
  close(): void;
}

/**
 * Resolves the server of a URL.
 *
 * @param option what the URL was given as, for messages: `--url`
 * @throws RealServerError for a URL that is none or holds a password, a name that nobody knows, and an address that
 *   no such server has
 */
export async function resolvedTarget(
  text: string,
  { option, trust = {} }: { readonly option: string; readonly trust?: TlsTrust },
): Promise<Target> {
  const url = checkedUrl(text, option);
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const address = await resolved(hostname, option);
  if (isForbiddenAddress(address)) {
    throw new RealServerError(
      'TWIN_REAL_TARGET_REFUSED',
      `${option}: ${hostname} is ${address}, an address that is link-local, of a metadata service or of no single host. Name the server itself.`,
    );
  }
  const isTls = url.protocol === 'https:';
  const tls: TlsOptions = { ca: trust.ca, cert: trust.cert, key: trust.key };
  const agent = isTls ? new HttpsAgent({ keepAlive: true, ...tls }) : new HttpAgent({ keepAlive: true });
  let hasAnswered = false;
  return {
    answered: () => {
      hasAnswered = true;
    },
    explained: (error) =>
      hasAnswered || !isTls || trust.cert === undefined ? error : certificateRefused(error, trust.cert),
    url,
    isTls,
    connection: {
      host: address,
      port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
      agent,
      ...(isTls && isIP(hostname) === 0 ? { servername: hostname } : {}),
    },
    hostHeader: url.host,
    close: () => agent.destroy(),
  };
}

/**
 * Servers that do not take the certificate of a client say so in an alert, or break the connection off behind the
 * handshake without a word, as Node and Java do under TLS 1.3.
 */
function certificateRefused(error: Error, cert: string): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!['ECONNRESET', 'EPIPE'].includes(code)) return error;
  return new Error(
    `the connection was broken off behind TLS, as servers do that do not take the certificate of the client (--cert and --key; ${signerOf(cert)})`,
    { cause: error },
  );
}

function signerOf(pem: string): string {
  try {
    return `signed by ${new X509Certificate(pem).issuer.replaceAll('\n', ', ')}`;
  } catch {
    return 'it cannot be read';
  }
}

function checkedUrl(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new RealServerError(
      'TWIN_REAL_TARGET_REFUSED',
      `${option}: "${text.slice(0, 80)}" is no URL of a server. Write it as http://host or http://host/path.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new RealServerError(
      'TWIN_REAL_TARGET_REFUSED',
      `${option}: the URL holds a name or a password, which would be seen in the list of processes. Give them as variables or by --credentials.`,
    );
  }
  return url;
}

async function resolved(hostname: string, option: string): Promise<string> {
  if (isIP(hostname) !== 0) return hostname;
  try {
    return (await lookup(hostname)).address;
  } catch (cause) {
    throw new RealServerError(
      'TWIN_REAL_NO_ANSWER',
      `${option}: nobody knows a host "${hostname}". Look at the name, and at the network that this machine is in.`,
      { cause },
    );
  }
}

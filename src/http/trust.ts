import type { IncomingMessage, ServerResponse } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { forwardedHeaders, isForwarded } from './forwarded-headers.ts';
import { hintHeaderName } from './hint.ts';
import { isFromOtherOrigin } from './other-origin.ts';
import { SettingsError } from './settings.ts';

/** Whom the edge believes beyond this machine. */
export interface TrustOptions {
  /** Sites whose pages may make calls, such as `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Addresses or networks of proxies, such as `10.0.0.5` or `10.0.0.0/8`, besides this machine. */
  readonly trustedProxies?: readonly string[] | undefined;
}

const crossSiteHint =
  'A browser sends this request for a page of another site, which could change the state behind your back. If the page is yours, start the twin with --allow-origin and its address.';

/** Decides which requests of browsers are served and which proxies are believed; the real clients send neither header. */
export class Trust {
  private readonly origins: ReadonlySet<string>;
  private readonly proxies = new BlockList();

  /** @throws SettingsError an origin or address that is none */
  constructor({ allowedOrigins = [], trustedProxies = [] }: TrustOptions = {}) {
    this.origins = new Set(allowedOrigins.map(readOrigin));
    this.proxies.addSubnet('127.0.0.0', 8, 'ipv4');
    this.proxies.addAddress('::1', 'ipv6');
    for (const proxy of trustedProxies) this.addProxy(proxy);
  }

  /**
   * Takes out of a request what a proxy would have said, unless it came from one that is believed: nothing behind the
   * listener has to ask again.
   */
  dropForwarded(request: IncomingMessage): void {
    const { headers } = request;
    if (!isForwarded(headers)) return;
    if (this.isProxy(request.socket.remoteAddress)) return;
    for (const name of forwardedHeaders) delete headers[name];
  }

  /**
   * Lets the pages of an allowed site read the answer.
   *
   * @returns the reason why a call is refused, undefined when it is not
   */
  refusalOfCall(request: IncomingMessage, response: ServerResponse): string | undefined {
    const { origin } = request.headers;
    if (!isFromOtherOrigin(request)) return undefined;
    if (origin === undefined || !this.origins.has(origin)) return crossSiteHint;
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', hintHeaderName);
    response.setHeader('Vary', 'Origin');
    if (request.headers['access-control-request-method'] !== undefined) {
      response.setHeader('Access-Control-Allow-Headers', 'content-type, soapaction, x-twintrack-world');
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    }
    return undefined;
  }

  private addProxy(text: string): void {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    try {
      if (isIP(address) === 0) throw new RangeError();
      if (bits === undefined) this.proxies.addAddress(address, family);
      else this.proxies.addSubnet(address, Number(bits), family);
    } catch {
      throw new SettingsError(
        `"${text}" is no address of a proxy. Write it like 10.0.0.5, 10.0.0.0/8 or fd00::/8 (--trust-proxy).`,
      );
    }
  }

  private isProxy(remote: string | undefined): boolean {
    if (remote === undefined) return false;
    const address = remote.replace(/^::ffff:(?=\d+\.)/i, '');
    return this.proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search + url.hash === '') {
    return url.origin;
  }
  throw new SettingsError(
    `"${text}" is no origin of a site. Write scheme and host, like https://app.example.com (--allow-origin).`,
  );
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isForwarded } from '../http/forwarded-headers.ts';
import { isFromOtherOrigin } from '../http/other-origin.ts';

export interface GuardOptions {
  /** With a token every client must show it; without one only clients on this machine are let in. */
  readonly token: string | undefined;
  /** The address the twin listens on. */
  readonly boundHost: string;
  /** Further names that the Host header may hold. */
  readonly allowedHosts: readonly string[];
  /** Whether the metrics are shown without the token, and to other machines. */
  readonly areMetricsOpen?: boolean | undefined;
}

/** Why a control request is not let in. */
export interface AccessRefusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/**
 * Decides whether a client may control the twin. A browser on the same machine can be made to send requests here by
 * any web page it shows, so being local is not enough: the Host header must be ours (no DNS rebinding), and a request
 * that a page of another origin sent is refused.
 *
 * @returns undefined for a client that may
 */
export function refusalOf(request: IncomingMessage, options: GuardOptions): AccessRefusal | undefined {
  const host = hostName(request.headers.host ?? '');
  if (!isOurHost(host, options)) {
    return {
      status: 403,
      message: `The Host header "${host.slice(0, 100)}" is not a name of this twin. Use 127.0.0.1 or localhost, or allow the name with --allow-host.`,
    };
  }
  if (isFromOtherOrigin(request)) {
    return { status: 403, message: 'A page of another origin may not control the twin.' };
  }
  if (options.areMetricsOpen && isForMetrics(request)) return undefined;
  if (options.token !== undefined) return refusalOfToken(request, options.token);
  // A proxy on this machine passes on requests from elsewhere.
  if (isLoopback(request.socket.remoteAddress) && !isForwarded(request.headers)) return undefined;
  return {
    status: 403,
    message:
      'Only clients on the same machine may control a twin without a token. Start it with --admin-token (or TWINTRACK_ADMIN_TOKEN) and send "Authorization: Bearer <token>".',
  };
}

/** The whole target, or what Express left of it below `/__admin`. */
const metricsTarget = /^(?:(?:\/w\/[^/?]*)?\/__admin)?\/metrics(?:\?|$)/;

/** Whether it only asks for the metrics, of whichever world. */
function isForMetrics({ method, url = '' }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && metricsTarget.test(url);
}

function refusalOfToken(request: IncomingMessage, token: string): AccessRefusal | undefined {
  const [, shown] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (shown !== undefined && isSameText(shown.trim(), token)) return undefined;
  const what = shown === undefined ? 'No token was sent' : 'The token is not the right one';
  return {
    status: 401,
    message: `${what}. This twin wants "Authorization: Bearer <token>", the token it was started with.`,
  };
}

/** Compares in a time that depends on neither text. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The name of a Host header, without its port and the brackets of an IPv6 address. */
function hostName(host: string): string {
  const [, v6, name] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host) ?? [];
  return (v6 ?? name ?? '').toLowerCase();
}

function isOurHost(host: string, options: GuardOptions): boolean {
  if (host === '') return false;
  if (host === 'localhost' || host.endsWith('.localhost') || isLoopback(host)) return true;
  if (host === options.boundHost.toLowerCase()) return true;
  if (options.allowedHosts.some((allowed) => hostName(allowed) === host)) return true;
  // Bound to every address, any of them may be used: a rebound name is never an address.
  const isBoundToAll = options.boundHost === '0.0.0.0' || options.boundHost === '::';
  return isBoundToAll && isIP(host) !== 0;
}

/** Whether a host to listen on is reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLoopback(host);
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const v4 = address.replace(/^::ffff:/i, '');
  return address === '::1' || (isIP(v4) === 4 && v4.startsWith('127.'));
}

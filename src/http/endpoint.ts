import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { securityHeaders } from './security-headers.ts';

/** The target of a request, taken apart but not decoded. */
export interface RequestUrl {
  readonly path: string;
  /** What stands after the first `?`; empty when there is none. */
  readonly query: string;
}

/** A request, and the world it is for. */
export interface RequestContext extends RequestUrl {
  readonly world: HostedWorld;
  /** What stood before the path to choose the world, such as `/w/checkout`; empty when nothing did. */
  readonly prefix: string;
  /** What addresses for the client begin with, when the twin was told so. */
  readonly publicUrl?: string | undefined;
}

/** Answers one request wholly. What it throws is our mistake; the listener turns it into a bare 500. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse, context: RequestContext) => void;

/** Takes the target of a request line apart; `http://host/path`, as sent to a proxy, counts as `/path`. */
export function splitUrl(target: string): RequestUrl {
  const local = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  if (mark < 0) return { path: local === '' ? '/' : local, query: '' };
  return { path: mark === 0 ? '/' : local.slice(0, mark), query: local.slice(mark + 1) };
}

/** How the path of ApTest's interface ends, wherever it is installed. */
export const rpcPathEnd = '/run/rpc.mpl';

/** Where the TestTrack CGI is found: on Unix and old Windows installations, and on IIS. */
export const soapPaths = ['/cgi-bin/ttsoapcgi.exe', '/scripts/ttsoapcgi.exe'] as const;

/** Where the WSDL is found, and the SOAP path that each announces: on Unix installations and on IIS. */
export const wsdlPaths = [
  ['/ttsoapcgi.wsdl', soapPaths[0]],
  ['/scripts/ttsoapcgi.wsdl', soapPaths[1]],
] as const;

/**
 * Whether a path is one that clients of the products begin with: calls, the WSDL that most SOAP libraries fetch before
 * their first call, and ApTest's pages, which programs drive that read screens.
 */
export function isForClients(path: string): boolean {
  if (productAt(path) !== undefined) return true;
  const folded = path.toLowerCase();
  return folded.endsWith('.mpl') || wsdlPaths.some(([wsdl]) => wsdl === folded);
}

/** Which of the products answers at a path. */
export function productAt(path: string): 'soap' | 'rpc' | undefined {
  if (isSoapPath(path)) return 'soap';
  return path.endsWith(rpcPathEnd) ? 'rpc' : undefined;
}

/** IIS takes a path in any letter case; the exact ones are looked at first because nearly all are. */
function isSoapPath(path: string): boolean {
  if (path === soapPaths[0] || path === soapPaths[1]) return true;
  if (!path.endsWith('.exe') && !path.endsWith('.EXE')) return false;
  const folded = path.toLowerCase();
  return folded === soapPaths[0] || folded === soapPaths[1];
}

/** Whether a path within a world is one of the control API. */
export function isControlPath(path: string): boolean {
  return /^\/__admin(?:[/?]|$)/.test(path);
}

/** Whether a request with this target is for rpc.mpl, whose clients read a code in the first line of every answer. */
export function isRpcTarget(target: string): boolean {
  return splitUrl(target).path.endsWith(rpcPathEnd);
}

/**
 * Applies the products' rule for connections: one stays open only for a client that asks for it with
 * `Connection: keep-alive`. A client that reads to the end of the stream would wait for ever otherwise
 * (observed in a client); behind a CGI every connection ended after the answer. The listener applies it to every
 * request.
 */
export function applyConnectionRule(request: IncomingMessage, response: ServerResponse): void {
  const asked = request.headers.connection;
  if (asked === 'keep-alive') return;
  if (asked === undefined || !/(?:^|,)\s*keep-alive\s*(?:,|$)/i.test(asked)) response.shouldKeepAlive = false;
}

/** Answers with a text, all in one piece. */
export function answerText(
  response: ServerResponse,
  {
    status,
    text,
    headers = {},
  }: {
    readonly status: number;
    readonly text: string;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  },
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    ...securityHeaders,
    ...headers,
  });
  response.end(text);
}

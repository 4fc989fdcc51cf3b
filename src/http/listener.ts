import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { codeOf, type TwinErrorCode } from '../errors/own-errors.ts';
import type { Log } from '../log/log.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { WorldError } from '../worlds/world-error.ts';
import { announcesTooMuch } from './body.ts';
import { urlHost } from './client-address.ts';
import { Connections } from './closing.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import {
  answerText,
  applyConnectionRule,
  type Endpoint,
  type RequestContext,
  type RequestUrl,
  splitUrl,
} from './endpoint.ts';
import { hintHeader, hintHeaderName } from './hint.ts';
import type { Settings } from './settings.ts';
import type { Trust } from './trust.ts';
import { noteUnread } from './unread.ts';

/** What answers behind the listener. */
export interface Endpoints {
  /**
   * Finds the world that a request is for.
   *
   * @throws WorldError when it names one that is not there
   */
  readonly context: (request: IncomingMessage, url: RequestUrl) => RequestContext;
  /** The TestTrack CGI. */
  readonly soap: Endpoint;
  /** ApTest's `rpc.mpl`. */
  readonly rpc: Endpoint;
  /** Why a client may not control the twin; undefined for one that may. */
  readonly refuseControl: (
    request: IncomingMessage,
  ) => { readonly status: number; readonly message: string } | undefined;
  /** Everything else; made at the first request that needs it, because it costs time to load. */
  readonly pages: () => Promise<Endpoint>;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly settings: Settings;
  /** Shared by all listeners of a twin. */
  readonly places: ConnectionPlaces;
  readonly trust: Trust;
  readonly log: Log;
}

export interface Listener {
  readonly host: string;
  /** The port it got. */
  readonly port: number;
  /** `http://host:port`, with a host that can be connected to. */
  readonly url: string;
  /** Stops accepting, finishes the answers in flight, closes what is idle. Ends within the grace time. */
  close(): Promise<void>;
}

/** Why the twin cannot listen, with a message for the user who started it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: TwinErrorCode = 'TWIN_LISTEN_FAILED';
}

/** Where the TestTrack CGI is found: on Unix and old Windows installations, and on IIS. */
export const soapPaths = ['/cgi-bin/ttsoapcgi.exe', '/scripts/ttsoapcgi.exe'] as const;

/** How the path of ApTest's interface ends, wherever it is installed. */
export const rpcPathEnd = '/run/rpc.mpl';

/** How often Node looks for clients that are too slow. */
const SLOW_CHECK_MS = 1000;

/**
 * Opens the one port of a twin. SOAP calls and rpc.mpl requests go straight to their endpoints, everything else
 * through the pages (Express), which cost several times as much per request.
 *
 * @throws ListenError the address cannot be used
 */
export async function listen(endpoints: Endpoints, options: ListenerOptions): Promise<Listener> {
  const { settings, log } = options;
  if (options.host === '') throw new ListenError('The host is empty. Use 127.0.0.1 for this machine only.');
  const server = createServer({
    maxHeaderSize: settings.maxHeaders,
    headersTimeout: Math.min(settings.headersTimeout, settings.bodyTimeout),
    requestTimeout: settings.bodyTimeout,
    keepAliveTimeout: settings.idleTimeout,
    connectionsCheckingInterval: Math.min(SLOW_CHECK_MS, Math.ceil(settings.headersTimeout / 4)),
  });
  const connections = new Connections(server, options.places, (socket, why) => {
    // Written before the descriptor is given back, which is at once: another connection may need it.
    socket.write(plainAnswer('503 Service Unavailable', why));
    socket.destroy();
  });
  const answer = dispatcher(server, endpoints, options);
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    connections.begin(request, response);
    answer(request, response);
  };
  server.on('request', handle);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!announcesTooMuch(request, settings.maxBody)) response.writeContinue();
    handle(request, response);
  });
  server.on('connect', (_request, socket) => {
    socket.end(
      plainAnswer('405 Method Not Allowed', 'This is a server, not a proxy: CONNECT is not known here.'),
    );
  });
  server.on('clientError', (error, stream) => {
    const socket = stream as Socket;
    if (!connections.endsAfterAnswer(socket)) refuseConnection(error, socket, log);
  });
  await opened(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    host: options.host,
    port,
    url: `http://${urlHost(reachable(options.host), port)}`,
    close: () => connections.closeGracefully(settings.closeGrace),
  };
}

function dispatcher(
  server: Server,
  endpoints: Endpoints,
  options: ListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { settings, log, trust } = options;
  let pages: Promise<Endpoint> | undefined;
  const answerCall = (exchange: Exchange) => {
    const { request, response, context, product } = exchange;
    const refusal = trust.refusalOfCall(request, response);
    if (refusal === undefined) endpoints[product](request, response, context);
    else refuseCall(exchange, refusal, log);
  };
  return (request, response) => {
    const target = request.url ?? '/';
    applyConnectionRule(request, response);
    if (!server.listening) response.shouldKeepAlive = false;
    const failed = (error: unknown) => answerMistake(response, log, error);
    try {
      if (target.length > settings.maxUrl) return refuseUrl(response, target, settings);
      trust.dropForwarded(request);
      const context = endpoints.context(request, splitUrl(target));
      showVirtualDate(response, context.world);
      const product = productAt(context.path);
      if (product) return answerCall({ request, response, context, product });
      pages ??= endpoints.pages();
      pages.then((endpoint) => endpoint(request, response, context)).catch(failed);
    } catch (error) {
      if (!(error instanceof WorldError)) return failed(error);
      request.resume();
      answerNoWorld({ request, response, target }, error, endpoints);
    }
  };
}

function refuseUrl(response: ServerResponse, target: string, { maxUrl }: ListenerOptions['settings']): void {
  response.shouldKeepAlive = false;
  const message = `The URL is over the limit of ${maxUrl} bytes (setting maxUrl).`;
  // Clients of rpc.mpl read a code in the first line, whatever the status.
  const isRpc = splitUrl(target).path.endsWith(rpcPathEnd);
  answerText(response, { status: 414, text: isRpc ? `1\n${message}\n` : `${message}\n` });
}

/** A control request is answered with JSON, whatever is wrong with it, and only to those who may know which worlds there are. */
function answerNoWorld(
  { request, response, target }: { request: IncomingMessage; response: ServerResponse; target: string },
  { code, message }: WorldError,
  { refuseControl }: Endpoints,
): void {
  const hint = { [hintHeaderName]: hintHeader(message) };
  if (!isControlPath(target)) {
    answerText(response, { status: 404, text: `${message}\n`, headers: hint });
    return;
  }
  const refusal = refuseControl(request);
  if (refusal) {
    answerText(response, { status: refusal.status, text: `${refusal.message}\n` });
    return;
  }
  const headers = { ...hint, 'Content-Type': 'application/json; charset=utf-8' };
  answerText(response, { status: 404, text: JSON.stringify({ code, error: message }), headers });
}

function isControlPath(target: string): boolean {
  return /^(?:\/w\/[^/]*)?\/__admin(?:[/?]|$)/.test(target);
}

/** Refuses a call that a page of another site makes; it is in the journal, so that its maker finds it. */
function refuseCall({ request, response, context, product }: Exchange, hint: string, log: Log): void {
  const text = 'Refused: the call comes from a page of another site.';
  request.resume();
  noteUnread(context.world, { api: product === 'soap' ? 'testtrack' : 'aptest', status: 403, text, hint });
  log.warn(text, { hint });
  answerText(response, { status: 403, text: `${text}\n`, headers: { [hintHeaderName]: hintHeader(hint) } });
}

/** A call before it is read. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: RequestContext;
  readonly product: 'soap' | 'rpc';
}

/** The Date header is the world's time; with a real clock it is the one that Node writes anyway. */
function showVirtualDate(response: ServerResponse, { runner }: HostedWorld): void {
  if (runner.clock.isHostTime) return;
  response.sendDate = false;
  response.setHeader('Date', new Date(runner.clock.now()).toUTCString());
}

/** Which of the products answers at a path. */
function productAt(path: string): 'soap' | 'rpc' | undefined {
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

function answerMistake(response: ServerResponse, log: Log, error: unknown): void {
  log.error('A mistake of ours while answering', { code: codeOf(error), error });
  if (response.headersSent) response.destroy();
  else
    answerText(response, {
      status: 500,
      text: 'Something went wrong in Twintrack itself; its log says what.\n',
    });
}

const notHttp = ['400 Bad Request', 'The request is not readable as HTTP.'] as const;
const refusals: ReadonlyMap<string | undefined, readonly [status: string, why: string]> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    [
      '431 Request Header Fields Too Large',
      'Request line and headers are over the limit (setting maxHeaders).',
    ],
  ],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', ['413 Payload Too Large', 'The chunk extensions are too long.']],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    [
      '408 Request Timeout',
      'The request did not come whole in the time allowed (settings headersTimeout and bodyTimeout).',
    ],
  ],
]);

/** Bytes that are no HTTP request, or come too slowly, end the connection with a plain answer. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket, log: Log): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, why] = refusals.get(error.code) ?? notHttp;
  log.debug(`Connection refused with ${status}`, { code: error.code });
  socket.end(plainAnswer(status, why), () => socket.destroy());
}

/** An answer to a connection that brought no request. @param why ASCII */
function plainAnswer(status: string, why: string): string {
  return `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${why.length + 1}\r\n\r\n${why}\n`;
}

function opened(server: Server, { host, port, log }: ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenProblem(error, host, port));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      // Too many open files, for one: a connection could not be taken. Those that are open go on.
      server.on('error', (error: NodeJS.ErrnoException) =>
        log.error('A connection was not taken', { code: error.code }),
      );
      resolve();
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        `Port ${port} on ${host} is taken by another program. Choose another one with --port, or --port 0 for any free one.`,
      );
    case 'EACCES':
      return new ListenError(`Port ${port} needs more rights than this user has. Choose one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ListenError(
        `"${host}" is no address of this machine. Use 127.0.0.1 for this machine only, 0.0.0.0 for all addresses.`,
      );
    default:
      return error;
  }
}

/** An address that means "all of them" cannot be connected to everywhere. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { codeOf } from '../errors/own-errors.ts';
import type { Log } from '../log/log.ts';
import { NotKeptError } from '../world/keeper.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { WorldError } from '../worlds/world-error.ts';
import { announcesTooMuch } from './body.ts';
import { urlHost } from './client-address.ts';
import { Connections } from './closing.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import type { Diversion } from './diversion.ts';
import {
  answerText,
  applyConnectionRule,
  type Endpoint,
  isControlPath,
  isRpcTarget,
  productAt,
  type RequestContext,
  type RequestUrl,
  splitUrl,
} from './endpoint.ts';
import { hintHeader, hintHeaderName } from './hint.ts';
import { isEnding } from './lingering.ts';
import { admitOldHeads, type OldHeadsOptions, readOn } from './old-heads.ts';
import { openPort, reachableHost } from './open-port.ts';
import { plainAnswer, refuseConnection, targetIn } from './refused-connections.ts';
import type { Settings } from './settings.ts';
import { guardHandshakes } from './tls/handshakes.ts';
import type { SecureSettings } from './tls/secure-settings.ts';
import type { Trust } from './trust.ts';
import { apiAt, noteUnread } from './unread.ts';

/** What answers behind the listener. */
export interface Endpoints {
  /**
   * Finds the world that a request is for.
   *
   * @throws WorldError when it names one that is not there
   */
  readonly context: (request: IncomingMessage, url: RequestUrl) => RequestContext;
  /** The world that a path is in; undefined when there is none. For what is told of requests that cannot be read. */
  readonly worldAt: (path: string) => HostedWorld | undefined;
  /** Makes the world that a request names, where worlds come to be on their first use; undefined for one that makes none. */
  readonly provide?: ((request: IncomingMessage, url: RequestUrl) => Promise<void> | undefined) | undefined;
  /** What becomes of requests where worlds move between twins, and the world of the port; undefined where none do. */
  readonly diversion?: { readonly moves: Diversion; readonly own: string } | undefined;
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
  /** What it speaks TLS with; plain HTTP without it. */
  readonly tls?: SecureSettings | undefined;
  /** The option that says the port, for messages; `--port` without it. */
  readonly portOption?: string | undefined;
}

export interface Listener {
  readonly host: string;
  /** The port it got. */
  readonly port: number;
  /** `http://host:port` or `https://host:port`, with a host that can be connected to. */
  readonly url: string;
  /** Stops accepting, finishes the answers in flight, closes what is idle. Ends within the grace time. */
  close(): Promise<void>;
}

/** How often Node looks for clients that are too slow. */
const SLOW_CHECK_MS = 1000;

/**
 * Opens the one port of a twin. SOAP calls and rpc.mpl requests go straight to their endpoints, everything else
 * through the pages (Express), which cost several times as much per request.
 *
 * @throws ListenError the address cannot be used
 */
export async function listen(endpoints: Endpoints, options: ListenerOptions): Promise<Listener> {
  const { settings, log, tls } = options;
  const server = makeServer(settings, tls);
  const places = { log, worldAt: endpoints.worldAt };
  // Before anything else listens: what it holds back is held back from Node only.
  const timeoutMs = Math.min(settings.headersTimeout, settings.bodyTimeout);
  if (tls) guardHandshakes(server, timeoutMs, places);
  const firstTargets = new WeakMap<Socket, string | undefined>();
  const oldHeads: OldHeadsOptions = {
    ...{ isSecure: tls !== undefined, most: settings.maxHeaders, timeoutMs, places },
    began: (socket, bytes) => void firstTargets.set(socket, targetIn(bytes)),
    replaced: (socket, reader) => connections.replace(socket, reader),
  };
  const serve = admitOldHeads(server, oldHeads);
  const connections = new Connections(server, options.places, (why) =>
    plainAnswer('503 Service Unavailable', why),
  );
  const answer = dispatcher(server, endpoints, options);
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    if (isEnding(request.socket)) {
      request.resume();
      return;
    }
    connections.begin(request, response);
    answer(request, response);
  };
  server.on('request', handle);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const isAwaited = !isEnding(request.socket) && !announcesTooMuch(request, settings.maxBody);
    if (isAwaited) response.writeContinue();
    handle(request, response);
  });
  server.on('connect', (request, socket) => {
    if (isEnding(request.socket)) return;
    const why = 'This is a server, not a proxy: CONNECT is not known here.';
    noteAt(endpoints, '/', { status: 405, text: why });
    socket.end(plainAnswer('405 Method Not Allowed', why));
  });
  server.on('clientError', (error, stream) => {
    const socket = stream as Socket;
    if (isEnding(socket)) return;
    if (connections.endsAfterAnswer(socket)) return;
    if (!connections.isAnswering(socket) && readOn(error, socket, { options: oldHeads, serve })) return;
    const last = connections.lastRequest(socket);
    refuseConnection(error, { socket, last, first: firstTargets.get(socket) }, places);
  });
  await openPort(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    host: options.host,
    port,
    url: `${tls ? 'https' : 'http'}://${urlHost(reachableHost(options.host), port)}`,
    close: () => connections.closeGracefully(settings.closeGrace),
  };
}

function makeServer(settings: Settings, tls: SecureSettings | undefined): Server {
  const limits = {
    maxHeaderSize: settings.maxHeaders,
    headersTimeout: Math.min(settings.headersTimeout, settings.bodyTimeout),
    requestTimeout: settings.bodyTimeout,
    keepAliveTimeout: settings.idleTimeout,
    connectionsCheckingInterval: Math.min(SLOW_CHECK_MS, Math.ceil(settings.headersTimeout / 4)),
  };
  const server = tls
    ? createSecureServer({ ...limits, ...tls, handshakeTimeout: limits.headersTimeout })
    : createServer(limits);
  // A client may end its side when it has asked, and a CGI answers it. Node drops such a request otherwise, unless its answer
  // is ready at once. Its types lack the property.
  return Object.assign(server, { httpAllowHalfOpen: true });
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
  const isAllowed = (request: IncomingMessage, response: ServerResponse) =>
    trust.refusalOfCall(request, response) === undefined;
  return (request, response) => {
    const target = request.url ?? '/';
    applyConnectionRule(request, response);
    if (!server.listening) response.shouldKeepAlive = false;
    const failed = (error: unknown) => answerMistake(response, log, error);
    const unserved = (error: unknown) => {
      if (!(error instanceof WorldError || error instanceof NotKeptError)) return failed(error);
      request.resume();
      answerNoWorld({ request, response, target }, error, endpoints);
    };
    if (target.length > settings.maxUrl) return refuseUrl(response, target, { settings, endpoints });
    const url = splitUrl(target);
    const isRefused = () => isRefusedControl({ request, response }, endpoints);
    const { moves, own = '' } = endpoints.diversion ?? {};
    const dispatch = () => {
      if (moves?.divert({ request, response, url, isRefused }, own, attempt)) return;
      const context = endpoints.context(request, url);
      moves?.begin(context.world.name, response);
      showVirtualDate(response, context.world);
      const product = productAt(context.path);
      if (product) return answerCall({ request, response, context, product });
      pages ??= endpoints.pages();
      pages.then((endpoint) => endpoint(request, response, context)).catch(failed);
    };
    const attempt = () => {
      try {
        dispatch();
      } catch (error) {
        const making = isUnknown(error) && isAllowed(request, response) && endpoints.provide?.(request, url);
        if (making) making.then(dispatch).catch(unserved);
        else unserved(error);
      }
    };
    trust.dropForwarded(request);
    if (!moves?.isPeer(url)) attempt();
    else if (!isRefused()) moves.answerPeer(request, response, url);
  };
}

/** Answers a control request of somebody who may not control the twin. @returns whether it was one */
function isRefusedControl(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  { refuseControl }: Pick<Endpoints, 'refuseControl'>,
): boolean {
  const refusal = refuseControl(request);
  if (!refusal) return false;
  request.resume();
  answerText(response, { status: refusal.status, text: `${refusal.message}\n` });
  return true;
}

const isUnknown = (error: unknown): boolean => error instanceof WorldError && error.kind === 'unknown';

function refuseUrl(
  response: ServerResponse,
  target: string,
  { settings, endpoints }: { readonly settings: Settings; readonly endpoints: Endpoints },
): void {
  response.shouldKeepAlive = false;
  const message = `The URL is over the limit of ${settings.maxUrl} bytes (setting maxUrl).`;
  noteAt(endpoints, splitUrl(target).path, { status: 414, text: message });
  answerText(response, { status: 414, text: isRpcTarget(target) ? `1\n${message}\n` : `${message}\n` });
}

/** Has the journal of the world at a path show a request that reached none of the endpoints. */
function noteAt(
  { worldAt }: Pick<Endpoints, 'worldAt'>,
  path: string,
  { status, text }: { readonly status: number; readonly text: string },
): void {
  const world = worldAt(path);
  if (world) noteUnread(world, { api: apiAt(path), status, text, hint: '' });
}

/** A control request is answered with JSON, whatever is wrong with it, and only to those who may know which worlds there are. */
function answerNoWorld(
  { request, response, target }: { request: IncomingMessage; response: ServerResponse; target: string },
  error: WorldError | NotKeptError,
  endpoints: Endpoints,
): void {
  const { code, message } = error;
  const status = error instanceof WorldError ? 404 : 500;
  const hint = { [hintHeaderName]: hintHeader(message) };
  if (!isControlPath(target.replace(/^\/w\/[^/]*/, ''))) {
    noteAt(endpoints, splitUrl(target).path, { status, text: message });
    answerText(response, { status, text: `${message}\n`, headers: hint });
    return;
  }
  if (isRefusedControl({ request, response }, endpoints)) return;
  const headers = { ...hint, 'Content-Type': 'application/json; charset=utf-8' };
  answerText(response, { status, text: JSON.stringify({ code, error: message }), headers });
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

function answerMistake(response: ServerResponse, log: Log, error: unknown): void {
  log.error('A mistake of ours while answering', { code: codeOf(error), error });
  if (response.headersSent) response.destroy();
  else
    answerText(response, {
      status: 500,
      text: 'Something went wrong in Twintrack itself; its log says what.\n',
    });
}

import type { IncomingMessage } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { type ApTestPages, createApTestPages } from '../aptest/pages/pages.ts';
import { EventFeed } from '../control/event-feed.ts';
import type { GuardOptions } from '../control/guard.ts';
import { Metrics } from '../control/metrics.ts';
import type { Controlled } from '../control/route.ts';
import { controlRouter } from '../control/router.ts';
import { controlRoutes } from '../control/routes.ts';
import { codeOf } from '../errors/own-errors.ts';
import type { BodyLimits } from '../http/body.ts';
import { clientOrigin } from '../http/client-address.ts';
import {
  answerText,
  type Endpoint,
  type RequestContext,
  rpcPathEnd,
  soapPaths,
  wsdlPaths,
} from '../http/endpoint.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { noteUnknownAddress } from '../http/unread.ts';
import type { UploadLimits } from '../http/upload.ts';
import { nearestHint } from '../input/nearest-address.ts';
import type { Log } from '../log/log.ts';
import { invariant } from '../world/invariant.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { summaryOf } from '../worlds/summary.ts';
import { apTestPages } from './aptest-pages.ts';
import { consolePages, consolePath } from './console-page.ts';
import { apTestStart, indexPage, type PageEntry, styleSheet } from './start-page.ts';

export interface PagesParts {
  readonly version: string;
  readonly log: Log;
  /** The WSDL of a world with this address in it. */
  readonly wsdl: (address: string, context: RequestContext) => string;
  readonly controlled: Omit<Controlled, 'feed' | 'metrics'>;
  /** Whether the data folder is as it was left; undefined without one. */
  readonly isIntact?: (() => boolean) | undefined;
  readonly guard: GuardOptions;
  readonly limits: BodyLimits & UploadLimits;
}

/** Everything that people and browsers look at, and the control of the twin; the two products' own paths are not here. */
export function createPages(parts: PagesParts): Endpoint {
  const app = express();
  const known = new WeakMap<IncomingMessage, RequestContext>();
  const contextOf = (request: IncomingMessage): RequestContext => {
    const context = known.get(request);
    invariant(context, 'a request comes to the pages by way of the listener');
    return context;
  };
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(safeHeaders);
  page(app, '/', (request, response) => {
    const context = contextOf(request);
    const origin = clientOrigin(request, context) + context.prefix;
    const people = summaryOf(context.world.runner.world);
    const { name: world } = context.world;
    const { version, isIntact } = parts;
    const page = { origin, version, world, isKept: isIntact !== undefined, consolePath, entries, people };
    response.type('html').send(indexPage(page));
  });
  app.use(consolePages());
  page(app, '/twintrack.css', (_request, response) => void response.type('css').send(styleSheet));
  for (const [path, soapPath] of wsdlPaths) {
    page(app, path, (request, response) => {
      response
        .type('text/xml; charset=utf-8')
        .send(
          parts.wsdl(
            clientOrigin(request, contextOf(request)) + contextOf(request).prefix + soapPath,
            contextOf(request),
          ),
        );
    });
  }
  const screens = new WeakMap<HostedWorld, ApTestPages>();
  const screensOf = (request: IncomingMessage): ApTestPages => {
    const { world } = contextOf(request);
    const made = screens.get(world) ?? createApTestPages(world.runner);
    screens.set(world, made);
    return made;
  };
  app.use(apTestPages({ pages: screensOf, context: contextOf, limits: parts.limits }));
  const { worlds, version } = parts.controlled;
  const feed = new EventFeed(worlds);
  const metrics = new Metrics({ worlds, version, readers: () => feed.size, isIntact: parts.isIntact });
  const controlled = { ...parts.controlled, feed, metrics };
  app.use(controlRouter({ controlled, contextOf, guard: parts.guard, log: parts.log }));
  app.use(notFound(contextOf, parts.log));
  app.use(failed(parts.log));
  return (request, response, context) => {
    known.set(request, context);
    request.url = context.query === '' ? context.path : `${context.path}?${context.query}`;
    app(request, response);
  };
}

const entries: readonly PageEntry[] = [
  {
    method: 'GET',
    path: consolePath,
    purpose: 'The live console: calls, records, locks, clock, fault rules, worlds',
  },
  { method: 'GET', path: wsdlPaths[0][0], purpose: 'The WSDL of the TestTrack SOAP SDK' },
  { method: 'POST', path: soapPaths[0], purpose: 'The TestTrack SOAP SDK' },
  { method: 'POST', path: soapPaths[1], purpose: 'The same, at the address that IIS installations have' },
  {
    method: 'GET',
    path: rpcPathEnd,
    purpose: 'rpc.mpl of ApTest Manager (also below any folder such as /atm)',
  },
  { method: 'POST', path: rpcPathEnd, purpose: 'The same, for forms and uploads' },
  {
    method: 'GET',
    path: apTestStart,
    purpose: 'ApTest Manager for people and for programs that drive its screens',
  },
  ...controlRoutes,
];

/** A page that is read only; other methods are told so. */
function page(app: Express, path: string, handler: RequestHandler): void {
  app.get(path, handler);
  app.all(path, (request, response) => {
    const { method } = request;
    const near = nearestHint(
      { method, path },
      entries.filter((each) => each.method === method),
    );
    answerText(response, {
      status: method === 'OPTIONS' ? 204 : 405,
      text: `This page can only be read.${near}\n`,
      headers: { Allow: 'GET, HEAD, OPTIONS' },
    });
  });
}

const safeHeaders: RequestHandler = (_request, response, next) => {
  response.set(securityHeaders);
  next();
};

function notFound(contextOf: (request: IncomingMessage) => RequestContext, log: Log): RequestHandler {
  return (request, response) => {
    const { method, path } = request;
    const text = `There is nothing at this path.${nearestHint({ method, path }, entries)}`;
    noteUnknownAddress({ method, path, hint: text }, contextOf(request).world, log);
    answerText(response, { status: 404, text: `${text} The page at / lists every address.\n` });
  };
}

function failed(log: Log): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express knows an error handler by its four parameters
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500)
      return answerText(response, { status, text: 'The request could not be read.\n' });
    log.error('A mistake of ours while answering a page', { code: codeOf(error), error });
    answerText(response, {
      status: 500,
      text: 'Something went wrong in Twintrack itself; its log says what.\n',
    });
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { loginCookie } from '../aptest/pages/login-page.ts';
import type { PageRequest } from '../aptest/pages/page.ts';
import { type ApTestPages, parsePagePath } from '../aptest/pages/pages.ts';
import { parseForm } from '../aptest/rpc/form.ts';
import { type BodyLimits, receiveBody } from '../http/body.ts';
import { clientOrigin } from '../http/client-address.ts';
import { answerText, type RequestContext, splitUrl } from '../http/endpoint.ts';
import { whenKept } from '../http/when-kept.ts';

export interface ApTestPagesParts {
  /** The pages of the world that a request is for. */
  readonly pages: (request: IncomingMessage) => ApTestPages;
  readonly context: (request: IncomingMessage) => RequestContext;
  readonly limits: BodyLimits;
}

/** Middleware for Express or plain node:http: answers the pages of ApTest, and hands everything else on. */
export function apTestPages({ pages, context, limits }: ApTestPagesParts) {
  return (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    const url = splitUrl(request.url ?? '/');
    const found = parsePagePath(url.path);
    if (!found) {
      next();
      return;
    }
    const { method } = request;
    const answer = (form: string): void => {
      try {
        const visited = context(request);
        const asked = { ...found, form, method: method === 'POST' ? 'POST' : 'GET' } as const;
        whenKept(
          visited.world,
          answerTo({ request, response, context: visited }, pages(request), asked),
          next,
        );
      } catch (error) {
        next(error);
      }
    };
    if (method === 'GET' || method === 'HEAD') {
      answer(url.query);
    } else if (method === 'POST') {
      receiveBody(request, limits, (problem, body) => {
        if (!problem) answer(`${url.query}&${body.toString('utf8')}`);
        else if (problem.isGone) response.destroy();
        else
          answerText(response, {
            status: problem.status,
            text: `${problem.message}\n`,
            headers: { Connection: 'close' },
          });
      });
    } else {
      answerText(response, {
        status: method === 'OPTIONS' ? 204 : 405,
        text: '',
        headers: { Allow: 'GET, HEAD, POST, OPTIONS' },
      });
    }
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: RequestContext;
}

/** Makes a page. @returns what sends it */
function answerTo(
  { request, response, context }: Exchange,
  pages: ApTestPages,
  { form, ...asked }: Pick<PageRequest, 'folder' | 'page' | 'method'> & { readonly form: string },
): () => void {
  const params = parseForm(form);
  if (!params) return () => answerText(response, { status: 413, text: 'The form has too many fields.\n' });
  const { status, headers, body } = pages.answer({
    ...asked,
    folder: context.prefix + asked.folder,
    params,
    origin: clientOrigin(request, context),
    cookie: cookieOf(request),
  });
  return () => {
    response.writeHead(status, { ...safeHeaders, ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

/** No script at all: the pages show what clients stored. Set here too, so that they hold without Express. */
const safeHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

function cookieOf({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${loginCookie}=`));
  return found?.slice(loginCookie.length + 1) ?? '';
}

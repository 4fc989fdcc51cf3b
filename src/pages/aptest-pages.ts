import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UploadedFile } from '../aptest/commands/command.ts';
import { loginCookie } from '../aptest/pages/login-page.ts';
import type { ApTestPages } from '../aptest/pages/pages.ts';
import { parsePagePath } from '../aptest/pages/paths.ts';
import { argumentLimit, type Params, parseForm } from '../aptest/rpc/form.ts';
import { type BodyLimits, receiveBody } from '../http/body.ts';
import { clientOrigin } from '../http/client-address.ts';
import { answerText, type RequestContext, splitUrl } from '../http/endpoint.ts';
import { isFromOtherOrigin } from '../http/other-origin.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { UploadError, type UploadLimits, uploadReader } from '../http/upload.ts';
import { whenKept } from '../http/when-kept.ts';
import { StateFullError } from '../world/state-budget.ts';

export interface ApTestPagesParts {
  /** The pages of the world that a request is for. */
  readonly pages: (request: IncomingMessage) => ApTestPages;
  readonly context: (request: IncomingMessage) => RequestContext;
  readonly limits: BodyLimits & UploadLimits;
}

/** What came in the body of a request. */
interface SentForm {
  readonly params: Params;
  readonly file?: UploadedFile | undefined;
  readonly isMultipart: boolean;
}

interface Receiver {
  /** Gets the form that was sent; undefined for one with too many fields. */
  readonly answer: (form: SentForm | undefined) => void;
  readonly next: (error?: unknown) => void;
}

/** Middleware for Express or plain node:http: answers the pages of ApTest, and hands everything else on. */
export function apTestPages({ pages, context, limits }: ApTestPagesParts) {
  const readUpload = uploadReader(limits);
  const receive = (request: IncomingMessage, response: ServerResponse, { answer, next }: Receiver): void => {
    if (/^\s*multipart\//i.test(request.headers['content-type'] ?? '')) {
      readUpload(request, response, context(request).world.budget)
        .then((form) => answer({ ...form, isMultipart: true }))
        .catch((error: unknown) => refuseUpload(response, error, next));
      return;
    }
    receiveBody(request, limits, (problem, body) => {
      if (!problem) answer(sentForm(body.toString('latin1')));
      else if (problem.isGone) response.destroy();
      else refused(response, problem.status, problem.message);
    });
  };
  return (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    const url = splitUrl(request.url ?? '/');
    const found = parsePagePath(url.path);
    if (!found) {
      next();
      return;
    }
    const method = request.method === 'POST' ? 'POST' : 'GET';
    const answer = (form: SentForm | undefined): void => {
      const inAddress = parseForm(url.query);
      if (!form || !inAddress) {
        refused(response, 413, `The form has more than ${argumentLimit} fields.`);
        return;
      }
      try {
        const asked = context(request);
        // What a proxy in front of the twin has before its paths is in no request; the public address has it.
        const { origin, path } = splitAddress(clientOrigin(request, asked));
        const made = pages(request).answer({
          ...form,
          page: found.page,
          folder: path + asked.prefix + found.folder,
          query: url.query,
          method,
          params: joined(inAddress, form.params),
          origin,
          cookie: cookieOf(request),
        });
        whenKept(asked.world, () => send(request, response, made), next);
      } catch (error) {
        next(error);
      }
    };
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        answer(nothingSent);
        break;
      case 'POST':
        if (isFromOtherOrigin(request, hostsOf(request, context(request)))) {
          refused(response, 403, 'A page of another origin may not send this form.');
        } else {
          receive(request, response, { answer, next });
        }
        break;
      default:
        answerText(response, {
          status: request.method === 'OPTIONS' ? 204 : 405,
          text: '',
          headers: { Allow: 'GET, HEAD, POST, OPTIONS' },
        });
    }
  };
}

/** How browsers may come here: by what they or a proxy say, and by what the twin was told it is called. */
function hostsOf(request: IncomingMessage, context: RequestContext): string[] {
  return [clientOrigin(request), clientOrigin(request, context)].map((url) => splitAddress(url).host);
}

/** An address of `clientOrigin` in its parts; what a client says of its host may be none by the rules of a URL. */
function splitAddress(address: string): { origin: string; host: string; path: string } {
  const [, origin = '', host = '', path = ''] = /^(\w+:\/\/([^/]*))(.*?)\/?$/.exec(address) ?? [];
  return { origin, host, path };
}

const nothingSent: SentForm = { params: new Map(), isMultipart: false };

/** A form as browsers send it, a character for each byte; undefined when it has too many fields. */
function sentForm(body: string): SentForm | undefined {
  const params = parseForm(body);
  return params && { params, isMultipart: false };
}

/** What stands in the address and in the form counts alike; a name in both means what the form says. */
function joined(inAddress: Params, inForm: Params): Params {
  return inForm.size === 0 ? inAddress : new Map([...inAddress, ...inForm]);
}

/** What cannot be read is answered in plain words, and the connection ends: the rest of it may still come. */
function refused(response: ServerResponse, status: number, text: string): void {
  answerText(response, { status, text: `${text}\n`, headers: { Connection: 'close' } });
}

function refuseUpload(response: ServerResponse, error: unknown, next: (error: unknown) => void): void {
  if (error instanceof StateFullError) refused(response, 507, error.message);
  else if (!(error instanceof UploadError)) next(error);
  else if (error.isGone) response.destroy();
  else refused(response, 413, `The upload cannot be read: ${error.message}`);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: ReturnType<ApTestPages['answer']>,
): void {
  response.writeHead(status, { ...securityHeaders, ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function cookieOf({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${loginCookie}=`));
  return found?.slice(loginCookie.length + 1) ?? '';
}

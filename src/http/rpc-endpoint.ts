import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors } from '../aptest/errors.ts';
import { type RpcResponse, refusalAnswer } from '../aptest/rpc/answer.ts';
import { argumentLimit, parseForm } from '../aptest/rpc/form.ts';
import { type ApTest, callOfRequest, type RpcRequest, refusedCall, wantsJson } from '../aptest/service.ts';
import type { Log } from '../log/log.ts';
import { NotKeptError } from '../world/keeper.ts';
import { ProductFault } from '../world/product-fault.ts';
import { type BodyError, type BodyLimits, endAfterRest, receiveBody } from './body.ts';
import { clientOrigin } from './client-address.ts';
import { answerText, type Endpoint, type RequestContext } from './endpoint.ts';
import { hintHeader, hintHeaderName } from './hint.ts';
import { perform } from './perform.ts';
import { sendPieces } from './pieces.ts';
import { noteUnread } from './unread.ts';
import { type MultipartForm, UploadError, type UploadLimits, uploadReader } from './upload.ts';

export interface RpcEndpointParts {
  readonly service: (visit: RequestContext) => ApTest;
  readonly limits: BodyLimits & UploadLimits;
  readonly log: Log;
}

const METHODS = 'GET, POST, HEAD, OPTIONS';

/**
 * `rpc.mpl`: one command per request, by GET or POST. Every call that can be read answers with HTTP 200, refusals
 * too; what the product thinks of it stands in the first line (inferred).
 */
export function rpcEndpoint(parts: RpcEndpointParts): Endpoint {
  const readUpload = uploadReader(parts.limits);
  return (request, response, visit) => {
    const exchange = { request, response, visit };
    switch (request.method) {
      case 'GET':
        answerForm(parts, exchange, asUtf8(visit.query));
        break;
      case 'POST':
        if (isMultipart(request)) {
          readUpload(request, response)
            .then((form) => answerMultipart(parts, exchange, form))
            .catch((error: unknown) => refuseUpload(parts, exchange, error));
        } else {
          receiveBody(request, parts.limits, (problem, body) => {
            if (problem) refuseBody(parts, exchange, problem);
            else answerForm(parts, exchange, joinedForm(asUtf8(visit.query), body.toString('utf8')));
          });
        }
        break;
      case 'HEAD':
        response.writeHead(200, { 'Content-Type': 'text/plain' });
        response.end();
        break;
      case 'OPTIONS':
        response.writeHead(204, { Allow: METHODS });
        response.end();
        break;
      default:
        answerText(response, 405, 'Send commands by GET or POST.\n', { Allow: METHODS });
    }
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly visit: RequestContext;
}

function isMultipart({ headers }: IncomingMessage): boolean {
  return /^\s*multipart\//i.test(headers['content-type'] ?? '');
}

/** What stands in the address and what stands in the body count alike. */
function joinedForm(query: string, body: string): string {
  const form = body.replace(/[\r\n]+$/, '');
  return query === '' || form === '' ? query + form : `${query}&${form}`;
}

function answerForm(parts: RpcEndpointParts, exchange: Exchange, form: string): void {
  const params = parseForm(form);
  if (params) answerCall(parts, exchange, rpcRequest(exchange, { params, isMultipart: false }));
  else refuse(parts, exchange, errors.tooManyArguments(argumentLimit));
}

function answerMultipart(parts: RpcEndpointParts, exchange: Exchange, { params, file }: MultipartForm): void {
  const inAddress = parseForm(asUtf8(exchange.visit.query));
  if (!inAddress) {
    refuse(parts, exchange, errors.tooManyArguments(argumentLimit));
    return;
  }
  const merged = new Map(inAddress);
  for (const [name, values] of params) merged.set(name, [...(merged.get(name) ?? []), ...values]);
  answerCall(parts, exchange, rpcRequest(exchange, { params: merged, file, isMultipart: true }));
}

function answerCall(parts: RpcEndpointParts, exchange: Exchange, request: RpcRequest): void {
  const { visit, response } = exchange;
  perform({
    world: visit.world,
    response,
    log: parts.log,
    call: () => callOfRequest(request),
    answer: () => {
      const answer = parts.service(visit).answer(request);
      return () => send(parts, exchange, answer);
    },
    refuse: (error) => {
      const answer = refusedCall(request, error instanceof ProductFault ? error : errors.internal());
      if (error instanceof ProductFault) send(parts, exchange, answer);
      else if (error instanceof NotKeptError) send(parts, exchange, { ...answer, hint: error.message });
      else send(parts, exchange, { ...answer, problem: error });
    },
  });
}

/** A form that cannot be read is refused like any call; nothing of it was kept. */
function refuseUpload(parts: RpcEndpointParts, exchange: Exchange, error: unknown): void {
  const { response } = exchange;
  if (!(error instanceof UploadError)) {
    parts.log.error('A mistake of ours in an upload', { error });
    if (response.headersSent) response.destroy();
    else refuse(parts, exchange, errors.internal());
  } else if (error.isGone) {
    response.destroy();
  } else {
    response.shouldKeepAlive = false;
    refuse(parts, exchange, errors.badUpload(error.message));
  }
}

function refuse(parts: RpcEndpointParts, exchange: Exchange, { code, text, hint }: ProductFault): void {
  noteUnread(exchange.visit.world, { api: 'aptest', status: 200, text, hint });
  // Of a form that cannot be read, the address is what is known.
  const inAddress = parseForm(asUtf8(exchange.visit.query));
  const isJson = inAddress !== undefined && wantsJson(inAddress);
  send(parts, exchange, { ...refusalAnswer(code, text, isJson), hint });
}

function rpcRequest(
  { request, visit }: Exchange,
  form: Pick<RpcRequest, 'params' | 'isMultipart' | 'file'>,
): RpcRequest {
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    ...form,
    wantsPage: form.params.size === 0 && /\btext\/html\b/i.test(request.headers.accept ?? ''),
    get baseUrl() {
      return clientOrigin(request) + visit.prefix + visit.path.slice(0, visit.path.lastIndexOf('/') + 1);
    },
  };
}

function send({ log }: RpcEndpointParts, { response }: Exchange, answer: RpcResponse): void {
  const { contentType, body, hint, problem } = answer;
  if (problem !== undefined) log.error('A mistake of ours in rpc.mpl', { error: problem });
  const headers = ['Content-Type', contentType];
  if (typeof body === 'string') headers.push('Content-Length', String(Buffer.byteLength(body)));
  if (hint) {
    log.info(saidOf(body), { hint });
    headers.push(hintHeaderName, hintHeader(hint));
  }
  response.writeHead(200, headers);
  if (typeof body === 'string') response.end(body);
  else sendPieces(response, body, log);
}

/** What an answer says, for the log: the words of a refusal, which the client got as well. */
function saidOf(body: RpcResponse['body']): string {
  const [, refusal] = /^(?:1\n|(?=\{"result":1\b))(.*)/s.exec(typeof body === 'string' ? body : '') ?? [];
  if (refusal === undefined) return 'rpc.mpl answered';
  return `rpc.mpl refused: ${refusal.trim().slice(0, LONGEST_SAID)}`;
}

/** Characters of a refusal in the log. */
const LONGEST_SAID = 300;

function refuseBody(
  parts: RpcEndpointParts,
  { request, response, visit }: Exchange,
  problem: BodyError,
): void {
  if (problem.isGone) return void response.destroy();
  parts.log.info(`rpc.mpl request refused: ${problem.message}`, { status: problem.status });
  noteUnread(visit.world, { api: 'aptest', status: problem.status, text: problem.message, hint: '' });
  const { body } = refusalAnswer(1, problem.message, false);
  response.shouldKeepAlive = false;
  response.writeHead(problem.status, {
    'Content-Type': 'text/plain',
    'Content-Length': Buffer.byteLength(body),
    [hintHeaderName]: hintHeader(problem.message),
  });
  response.write(body);
  endAfterRest(request, response, parts.limits.maxBody);
}

/** Bytes beyond ASCII in a request line come as Latin-1 from Node; clients mean UTF-8. */
function asUtf8(query: string): string {
  return /[\x80-\xff]/.test(query) ? Buffer.from(query, 'latin1').toString('utf8') : query;
}

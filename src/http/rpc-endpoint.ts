import type { IncomingMessage, ServerResponse } from 'node:http';
import { inTurns } from '../answers/steps.ts';
import { errors } from '../aptest/errors.ts';
import { type RpcResponse, refusalAnswer, successAnswer } from '../aptest/rpc/answer.ts';
import {
  argumentLimit,
  joinedForm,
  namesInLatin1,
  type Params,
  parseForm,
  parsingForm,
} from '../aptest/rpc/form.ts';
import { helpPage } from '../aptest/rpc/help-page.ts';
import { type ApTest, callOfRequest, type RpcRequest, wantsJson } from '../aptest/service.ts';
import { codeOf } from '../errors/own-errors.ts';
import type { Log } from '../log/log.ts';
import { NotKeptError } from '../world/keeper.ts';
import { ProductFault } from '../world/product-fault.ts';
import { StateFullError } from '../world/state-budget.ts';
import {
  afterRest,
  type BodyError,
  type BodyLimits,
  endAfterRest,
  LONG_REQUEST,
  receiveBody,
} from './body.ts';
import { clientOrigin } from './client-address.ts';
import type { Endpoint, RequestContext } from './endpoint.ts';
import { hintHeader, hintHeaderName } from './hint.ts';
import { perform } from './perform.ts';
import { sendPieces } from './pieces.ts';
import { securityHeaders } from './security-headers.ts';
import { answerWrongMethod, noteGone, noteUnread } from './unread.ts';
import { type MultipartForm, UploadError, type UploadLimits, uploadReader } from './upload.ts';

export interface RpcEndpointParts {
  readonly service: (context: RequestContext) => ApTest;
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
  return (request, response, context) => {
    const exchange = { request, response, context };
    switch (request.method) {
      case 'GET':
        answerForm(parts, exchange, context.query);
        break;
      case 'POST':
        if (isMultipart(request)) {
          readUpload(request, response, context.world.budget)
            .then((form) => answerMultipart(parts, exchange, form))
            .catch((error: unknown) => refuseUpload(parts, exchange, error));
        } else {
          receiveBody(request, parts.limits, (problem, body) => {
            if (problem) refuseBody(parts, exchange, problem);
            else answerForm(parts, exchange, joinedForm(context.query, body.toString('latin1')));
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
        answerWrongMethod({ request, response, world: context.world }, 'aptest', {
          text: 'Send commands by GET or POST.',
          allowed: METHODS,
        });
    }
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: RequestContext;
}

function isMultipart({ headers }: IncomingMessage): boolean {
  return /^\s*multipart\//i.test(headers['content-type'] ?? '');
}

/** @param form a character for each byte */
function answerForm(parts: RpcEndpointParts, exchange: Exchange, form: string): void {
  const charset = isLatin1(exchange.request) ? 'latin1' : undefined;
  const told = charset === undefined ? latin1Hint(namesInLatin1(form)) : undefined;
  const answer = (params: Params | undefined) => {
    if (!params) refuse(parts, exchange, errors.tooManyArguments(argumentLimit));
    else answerCall(parts, exchange, { request: rpcRequest(exchange, { params, isMultipart: false }), told });
  };
  if (form.length <= LONG_REQUEST) {
    answer(parseForm(form, charset));
    return;
  }
  inTurns(parsingForm(form, charset))
    .then(answer)
    .catch((error: unknown) => {
      parts.log.error('A mistake of ours in answering a long form', { code: codeOf(error), error });
      exchange.response.destroy();
    });
}

/** Whether a form says of itself that it is Latin-1, or what Windows makes of that. */
function isLatin1({ headers }: IncomingMessage): boolean {
  return /;\s*charset\s*=\s*"?(?:iso-8859-1|latin1|windows-1252|cp1252)\b/i.test(
    headers['content-type'] ?? '',
  );
}

function latin1Hint(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const list = names.slice(0, 3).map((name) => `"${name.slice(0, 40)}"`);
  return `The bytes of ${list.join(', ')} are no UTF-8; they were read as Latin-1. Send UTF-8, or say charset=ISO-8859-1 in Content-Type.`;
}

function answerMultipart(parts: RpcEndpointParts, exchange: Exchange, form: MultipartForm): void {
  const { params, file, otherFiles, inLatin1 } = form;
  const inAddress = parseForm(exchange.context.query);
  if (!inAddress) {
    refuse(parts, exchange, errors.tooManyArguments(argumentLimit));
    return;
  }
  const merged = new Map(inAddress);
  for (const [name, values] of params) merged.set(name, [...(merged.get(name) ?? []), ...values]);
  const request = rpcRequest(exchange, { params: merged, file, otherFiles, isMultipart: true });
  answerCall(parts, exchange, { request, told: latin1Hint(inLatin1) });
}

/** @param read the request, and what a person should know of how it was read */
function answerCall(
  parts: RpcEndpointParts,
  exchange: Exchange,
  { request, told }: { readonly request: RpcRequest; readonly told?: string | undefined },
): void {
  const { context, response } = exchange;
  const isJson = wantsJson(request.params);
  if (isForHelp(exchange, request.params)) {
    send(parts, response, { answer: helpPage() });
    return;
  }
  perform({
    world: context.world,
    response,
    log: parts.log,
    call: () => callOfRequest(request),
    answer: () => {
      const answer = parts.service(context).call(request);
      const written = successAnswer(answer, isJson);
      return () => {
        const hint = joined(told, answer.hint);
        if (hint !== undefined) parts.log.info('rpc.mpl answered', { hint });
        send(parts, response, { answer: written, hint });
      };
    },
    refuse: (error) => sendRefusal(parts, response, { error, isJson, told }),
  });
}

/** A program that sends no argument at all is refused like one that forgot its token; a person gets the help page. */
function isForHelp({ request: { headers } }: Exchange, params: Params): boolean {
  return params.size === 0 && /\btext\/html\b/i.test(headers.accept ?? '');
}

/** A form that cannot be read is refused like any call; nothing of it was kept. */
function refuseUpload(parts: RpcEndpointParts, exchange: Exchange, error: unknown): void {
  const { response } = exchange;
  if (error instanceof StateFullError) {
    refuseAfterRest(parts, exchange, errors.noRoom(error.message));
  } else if (!(error instanceof UploadError)) {
    parts.log.error('A mistake of ours in an upload', { code: codeOf(error), error });
    if (response.headersSent) response.destroy();
    else refuse(parts, exchange, errors.internal());
  } else if (error.isGone) {
    noteGone(exchange.context.world, 'aptest', error);
    response.destroy();
  } else {
    refuseAfterRest(parts, exchange, errors.badUpload(error.message));
  }
}

/** A client that still writes would not see an answer that closes the connection. */
function refuseAfterRest(parts: RpcEndpointParts, exchange: Exchange, fault: ProductFault): void {
  const { maxUpload, maxBody } = parts.limits;
  exchange.response.shouldKeepAlive = false;
  afterRest(exchange.request, maxUpload + maxBody, () => refuse(parts, exchange, fault));
}

function refuse(parts: RpcEndpointParts, { response, context }: Exchange, fault: ProductFault): void {
  const { shownText: text, hint } = fault;
  parts.log.info(`rpc.mpl request refused: ${text}`, { hint });
  noteUnread(context.world, { api: 'aptest', status: 200, text, hint });
  // Of a form that cannot be read, the address is what is known.
  const inAddress = parseForm(context.query);
  const isJson = inAddress !== undefined && wantsJson(inAddress);
  sendRefusal(parts, response, { error: fault, isJson });
}

function rpcRequest(
  { request, context }: Exchange,
  form: Pick<RpcRequest, 'params' | 'isMultipart' | 'file' | 'otherFiles'>,
): RpcRequest {
  return {
    method: request.method === 'POST' ? 'POST' : 'GET',
    ...form,
    get baseUrl() {
      return (
        clientOrigin(request, context) +
        context.prefix +
        context.path.slice(0, context.path.lastIndexOf('/') + 1)
      );
    },
  };
}

/** Answers with what ended a call: the product's refusal, or the general one for what went wrong here. */
function sendRefusal(
  parts: RpcEndpointParts,
  response: ServerResponse,
  {
    error,
    isJson,
    told,
  }: { readonly error: unknown; readonly isJson: boolean; readonly told?: string | undefined },
): void {
  const fault = error instanceof ProductFault ? error : errors.internal();
  const why = error instanceof NotKeptError ? error.message : fault.hint;
  const hint = joined(told, why);
  if (error instanceof NotKeptError)
    parts.log.warn(`rpc.mpl answered: ${fault.text}`, { hint, code: error.code });
  else if (fault !== error) parts.log.error('A mistake of ours in rpc.mpl', { code: codeOf(error), error });
  send(parts, response, { answer: refusalAnswer(fault, isJson), hint });
}

/** Two sentences for people, of which either may be missing. */
function joined(told: string | undefined, hint: string | undefined): string | undefined {
  return told && hint ? `${told} ${hint}` : told || hint;
}

function send(
  { log }: RpcEndpointParts,
  response: ServerResponse,
  { answer, hint }: { readonly answer: RpcResponse; readonly hint?: string | undefined },
): void {
  const { contentType, body } = answer;
  const headers = ['Content-Type', contentType];
  // The help page is one like all others; answers for programs stay as bare as the product's.
  if (contentType.startsWith('text/html')) headers.push(...Object.entries(securityHeaders).flat());
  if (typeof body === 'string') headers.push('Content-Length', String(Buffer.byteLength(body)));
  if (hint) headers.push(hintHeaderName, hintHeader(hint));
  response.writeHead(200, headers);
  if (typeof body === 'string') response.end(body);
  else sendPieces(response, body, log);
}

function refuseBody(
  parts: RpcEndpointParts,
  { request, response, context }: Exchange,
  problem: BodyError,
): void {
  if (problem.isGone) {
    noteGone(context.world, 'aptest', problem);
    return void response.destroy();
  }
  parts.log.info(`rpc.mpl request refused: ${problem.message}`, { status: problem.status });
  noteUnread(context.world, { api: 'aptest', status: problem.status, text: problem.message, hint: '' });
  const { body } = refusalAnswer({ code: 1, text: problem.message }, false);
  response.shouldKeepAlive = false;
  response.writeHead(problem.status, {
    'Content-Type': 'text/plain',
    'Content-Length': Buffer.byteLength(body),
    [hintHeaderName]: hintHeader(problem.message),
  });
  response.write(body);
  endAfterRest(request, response, parts.limits.maxBody);
}

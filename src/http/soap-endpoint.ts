import type { IncomingMessage, ServerResponse } from 'node:http';
import { Pending } from '../answers/pending.ts';
import { inTurns } from '../answers/steps.ts';
import { codeOf } from '../errors/own-errors.ts';
import type { Log } from '../log/log.ts';
import type { SoapCodec, SoapRequest } from '../soap/codec.ts';
import { SoapFault, type SoapVersion } from '../soap/soap-fault.ts';
import type { TestTrack } from '../testtrack/service.ts';
import { NotKeptError } from '../world/keeper.ts';
import { ProductFault } from '../world/product-fault.ts';
import { type BodyError, type BodyLimits, endAfterRest, LONG_REQUEST, receiveBody } from './body.ts';
import { clientOrigin } from './client-address.ts';
import { answerText, type Endpoint, type RequestContext } from './endpoint.ts';
import { hintHeader, hintHeaderName } from './hint.ts';
import { onLeave } from './leaving.ts';
import { perform } from './perform.ts';
import { sendText } from './pieces.ts';
import { answerWrongMethod, noteGone, noteUnread } from './unread.ts';

export interface SoapEndpointParts {
  /** How the messages of a world are read and written. */
  readonly codec: (context: RequestContext) => SoapCodec;
  readonly service: (context: RequestContext) => TestTrack;
  readonly limits: BodyLimits;
  readonly log: Log;
  /** What the wire says when the mistake is ours. */
  readonly generalFault: ProductFault;
  /** The WSDL of a world with this address in it, for `GET …?wsdl`. */
  readonly wsdl: (address: string, context: RequestContext) => string;
}

/** By the version of the envelope that the client sent. */
const contentTypes: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'text/xml; charset=utf-8',
  '1.2': 'application/soap+xml; charset=utf-8',
};
const METHODS = 'POST, GET, HEAD, OPTIONS';

/**
 * The TestTrack CGI: a POST is a SOAP call. Faults answer with HTTP 500, as SOAP 1.1 wants it (see `statusOf` for SOAP
 * 1.2); their hint is for a human and travels in the log and in a header only.
 */
export function soapEndpoint(parts: SoapEndpointParts): Endpoint {
  return (request, response, context) => {
    switch (request.method) {
      case 'POST':
        return receiveBody(request, parts.limits, (problem, body) => {
          const exchange = { request, response, context, codec: parts.codec(context) };
          if (problem) refuseBody(parts, exchange, problem);
          else answerBody(parts, exchange, body);
        });
      case 'GET':
      case 'HEAD':
        return explain(parts, { request, response, context });
      case 'OPTIONS':
        response.writeHead(204, { Allow: METHODS });
        return void response.end();
      default:
        return answerWrongMethod({ request, response, world: context.world }, 'testtrack', {
          text: 'Send SOAP calls by POST; GET explains how.',
          allowed: METHODS,
        });
    }
  };
}

/** One request on its way through. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: RequestContext;
  /** Its world's; a world that is loaded anew meanwhile answers in the way it was asked. */
  readonly codec: SoapCodec;
}

function answerBody(parts: SoapEndpointParts, exchange: Exchange, body: Buffer): void {
  const { codec } = exchange;
  const contentType = exchange.request.headers['content-type'];
  const refuse = (error: unknown) => refuseUnread(parts, exchange, error);
  if (body.length > LONG_REQUEST) {
    inTurns(codec.readingBody(body, contentType))
      .then((call) => answerCall(parts, exchange, call), refuse)
      .catch((error: unknown) => {
        parts.log.error('A mistake of ours in answering a long request', { error });
        exchange.response.destroy();
      });
    return;
  }
  let call: SoapRequest;
  try {
    call = codec.readBody(body, contentType);
  } catch (error) {
    refuse(error);
    return;
  }
  answerCall(parts, exchange, call);
}

function refuseUnread(
  parts: SoapEndpointParts,
  { response, context, codec }: Exchange,
  error: unknown,
): void {
  const answer = faultAnswer(parts, codec, { error });
  if (error instanceof SoapFault) {
    const { text, hint } = error;
    noteUnread(context.world, { api: 'testtrack', status: answer.status, text, hint });
  }
  answerXml(response, answer);
}

function answerCall(parts: SoapEndpointParts, exchange: Exchange, call: SoapRequest): void {
  const { response, context, codec } = exchange;
  const { operation, input } = call;
  const service = parts.service(context);
  perform({
    world: context.world,
    response,
    log: parts.log,
    call: () => ({ api: 'testtrack', name: operation, input }),
    enter: () => service.enter(operation, input),
    answer: () => {
      const result = service.call(operation, input);
      if (result instanceof Pending) return () => answerLater(parts, exchange, { call, result });
      return answerTo(parts, exchange, { call, result });
    },
    refuse: (error) => answerXml(response, faultAnswer(parts, codec, { error, call })),
  });
}

/** A call that is over, and what it gave. */
interface Called<R> {
  readonly call: SoapRequest;
  readonly result: R;
}

/** Writes an answer. @returns what sends it */
function answerTo(
  { log }: SoapEndpointParts,
  { response, codec }: Exchange,
  { call: { operation, version }, result }: Called<unknown>,
): () => void {
  const pieces = codec.writePieces(operation, result, version);
  if (pieces) return () => sendText(response, { pieces, contentType: contentTypes[version], log });
  const body = codec.writeAnswer(operation, result, version);
  return () => {
    answerXml(response, { status: 200, body, version });
  };
}

/** The bytes of the result are still to be made; other calls go on meanwhile. They are made no further once the client left. */
async function answerLater(
  parts: SoapEndpointParts,
  exchange: Exchange,
  { call, result }: Called<Pending<unknown>>,
): Promise<void> {
  const left = new AbortController();
  const stay = onLeave(exchange.response, () => left.abort());
  try {
    answerTo(parts, exchange, { call, result: await result.finish(left.signal) })();
  } catch (error) {
    if (!left.signal.aborted) throw error;
    parts.log.debug(`A client went away before ${call.operation} was answered`);
  } finally {
    stay();
  }
}

/** A whole answer, ready to be sent. */
interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly version: SoapVersion;
  readonly hint?: string;
}

function faultAnswer(
  parts: SoapEndpointParts,
  codec: SoapCodec,
  { error, call }: { readonly error: unknown; readonly call?: SoapRequest },
): Answer {
  const { log } = parts;
  const operation = call?.operation;
  if (error instanceof SoapFault) {
    const { text, hint, version } = error;
    log.info(`Malformed SOAP request: ${text}`, { hint });
    return { status: statusOf(error), body: codec.writeFault(error), version, hint };
  }
  const isRefusal = error instanceof ProductFault;
  const { code, text, hint: usualHint } = isRefusal ? error : parts.generalFault;
  const hint = error instanceof NotKeptError ? error.message : usualHint;
  if (error instanceof NotKeptError)
    log.warn(`${operation} answered with ${code}: ${text}`, { hint, code: error.code });
  else if (!isRefusal)
    log.error(`A mistake of ours in ${operation ?? 'reading a request'}`, { code: codeOf(error), error });
  const version = call?.version ?? '1.1';
  const fault = codec.writeFault({ code: 'Server', text, detail: String(code) }, version);
  return { status: 500, body: fault, version, hint };
}

/** SOAP 1.1 wants 500 for every fault; of SOAP 1.2 gSOAP answers those of the sender with 400, as the standard says. */
function statusOf({ version, code }: SoapFault): number {
  return version === '1.2' && code === 'Client' ? 400 : 500;
}

function refuseBody(
  parts: SoapEndpointParts,
  { request, response, context, codec }: Exchange,
  problem: BodyError,
): void {
  if (problem.isGone) {
    parts.log.debug('A client went away before its request was whole');
    noteGone(context.world, 'testtrack', problem);
    response.destroy();
    return;
  }
  const { status, message } = problem;
  parts.log.info(`SOAP request refused: ${message}`, { status });
  noteUnread(context.world, { api: 'testtrack', status, text: message, hint: '' });
  const body = codec.writeFault({ code: 'Client', text: problem.message });
  response.shouldKeepAlive = false;
  writeHead(response, { status: problem.status, body, version: '1.1', hint: problem.message });
  response.write(body);
  endAfterRest(request, response, parts.limits.maxBody);
}

function answerXml(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

function writeHead(response: ServerResponse, { status, body, version, hint }: Answer): void {
  const headers = ['Content-Type', contentTypes[version], 'Content-Length', String(body.length)];
  if (hint) headers.push(hintHeaderName, hintHeader(hint));
  response.writeHead(status, headers);
}

function explain(parts: SoapEndpointParts, { request, response, context }: Omit<Exchange, 'codec'>): void {
  const address = clientOrigin(request, context) + context.prefix + context.path;
  if (/(?:^|&)wsdl(?:=|&|$)/i.test(context.query)) {
    answerText(response, {
      status: 200,
      text: parts.wsdl(address, context),
      headers: { 'Content-Type': contentTypes['1.1'] },
    });
    return;
  }
  answerText(response, {
    status: 200,
    text: `This is the TestTrack SOAP endpoint of Twintrack, a test double.

Calls are SOAP 1.1 by POST to this address. The WSDL: ${address}?wsdl

Try it:
  curl ${address} -H 'Content-Type: text/xml' --data '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><getDatabaseList xmlns="urn:testtrack-interface"/></Body></Envelope>'
`,
  });
}

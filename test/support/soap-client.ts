/** A thin SOAP client for tests: posts what it is told, and shows everything that came back. */
import type { WsdlModel } from '../../src/soap/wsdl-model.ts';
import type { OperationName, OperationTypes } from '../../src/testtrack/model/operation-types.generated.ts';
import { type FaultAnswer, readAnswer, writeCall } from './soap-message.ts';

export interface CallOptions {
  /** Sent besides or instead of the usual headers; undefined removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent instead of the envelope made from the parts. */
  readonly body?: string | Uint8Array;
  /** What the answer has to be by, where that is not the newest WSDL. */
  readonly model?: WsdlModel;
}

export interface CallOutcome {
  readonly status: number;
  readonly headers: Headers;
  /** The answer's text. */
  readonly body: string;
  readonly result: unknown;
  readonly fault: FaultAnswer | undefined;
}

/** A fault that a call of the typed client was answered with. */
export class SoapCallFault extends Error {
  readonly outcome: CallOutcome;
  readonly code: string;
  readonly text: string;
  readonly detail: string | undefined;

  constructor(operation: string, outcome: CallOutcome, fault: FaultAnswer) {
    super(`${operation}: ${fault.text}${fault.detail === undefined ? '' : ` (detail ${fault.detail})`}`);
    this.name = 'SoapCallFault';
    this.outcome = outcome;
    this.code = fault.code;
    this.text = fault.text;
    this.detail = fault.detail;
  }
}

/**
 * Calls one operation and reads its answer by the WSDL.
 *
 * @param url the SOAP address, e.g. `http://127.0.0.1:8080/cgi-bin/ttsoapcgi.exe`
 * @param parts values as the WSDL types them; undefined is not sent, null is sent as nil
 * @returns the outcome, fault or not; rejects only when the answer is not SOAP or breaks the WSDL
 */
export async function soapCall(
  url: string,
  operation: string,
  parts: Readonly<Record<string, unknown>> = {},
  options: CallOptions = {},
): Promise<CallOutcome> {
  const headers = new Headers({
    'content-type': 'text/xml; charset=UTF-8',
    soapaction: `"urn:testtrack-interface#${operation}"`,
  });
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: options.body ?? writeCall(operation, parts),
  });
  const body = await response.text();
  const answer = readAnswer(operation, body, options.model);
  return {
    status: response.status,
    headers: response.headers,
    body,
    result: 'result' in answer ? answer.result : undefined,
    fault: 'fault' in answer ? answer.fault : undefined,
  };
}

/** Every operation as a method: `await tt.getDefect({ cookie, defectNumber: 11 })`. Parts may be left out. */
export type SoapClient = {
  readonly [Name in OperationName]: (
    parts?: Partial<OperationTypes[Name]['input']>,
    options?: CallOptions,
  ) => Promise<OperationTypes[Name]['output']>;
};

/** A typed client; its calls reject with SoapCallFault when the server answers a fault. */
export function soapClient(url: string, defaults: CallOptions = {}): SoapClient {
  return new Proxy({} as SoapClient, {
    get: (_, operation) => {
      if (typeof operation !== 'string' || operation === 'then') return undefined;
      return async (parts: Readonly<Record<string, unknown>> = {}, options: CallOptions = {}) => {
        const outcome = await soapCall(url, operation, parts, { ...defaults, ...options });
        if (outcome.fault !== undefined) throw new SoapCallFault(operation, outcome, outcome.fault);
        return outcome.result;
      };
    },
  });
}

/** Awaits a call that must be answered with a fault, and gives the fault. */
export async function faultOf(call: Promise<unknown>): Promise<SoapCallFault> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof SoapCallFault) return outcome.error;
  if ('error' in outcome) throw outcome.error;
  throw new Error(`expected a fault, got ${JSON.stringify(outcome.value)}`);
}

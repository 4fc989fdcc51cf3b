import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { SoapFault } from '../../soap/soap-fault.ts';
import { decodeBody } from '../../soap/text-encoding.ts';
import type { SoapMessages } from '../wire/soap-messages.ts';
import type { CallInRecording, RecordedBody, RecordedExchange, RecordedOutcome } from './exchange.ts';
import { isText, rpcCallIn, rpcOutcomeIn } from './reading-forms.ts';
import type { StandIns } from './stand-ins.ts';

/** An exchange as it went over the wire, secrets and all: never written anywhere. */
export interface PassedExchange {
  readonly at: number;
  readonly milliseconds: number;
  /** Which API was spoken to; undefined for what is neither. */
  readonly api: 'TestTrack' | 'ApTest' | undefined;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: Buffer;
    /** How many bytes it had, where those were more than are kept; the body is empty then. */
    readonly tooLong?: number;
  };
  readonly answer: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: Buffer;
    readonly tooLong?: number;
    /** Whether it broke off. */
    readonly isWhole: boolean;
  };
}

const logons = /^(?:DatabaseLogon|ProjectLogon)$/;

/** Decodes exchanges and takes the secrets out of them, so that they can be written. */
export class Redaction {
  readonly #messages: SoapMessages;
  readonly #standIns: StandIns;

  constructor(messages: SoapMessages, standIns: StandIns) {
    this.#messages = messages;
    this.#standIns = standIns;
  }

  /** @param number which exchange it is */
  async recorded(number: number, packed: PassedExchange): Promise<RecordedExchange> {
    const request = { ...packed.request, body: unpacked(packed.request.body, packed.request.headers) };
    const answer = { ...packed.answer, body: unpacked(packed.answer.body, packed.answer.headers) };
    const passed = { ...packed, request, answer };
    const call = await this.#call(passed);
    const outcome = call && answer.tooLong === undefined ? this.#outcome(passed, call) : undefined;
    // In this order: what is decoded tells the secrets that the raw texts are then looked through for.
    const shownCall = call && this.#shownCall(call);
    const shownOutcome = outcome && this.#shownOutcome(call, outcome);
    return {
      number,
      at: new Date(passed.at).toISOString(),
      milliseconds: Math.round(passed.milliseconds * 1000) / 1000,
      request: {
        method: request.method,
        path: this.#standIns.text(request.path),
        headers: this.#headers(request.headers),
        body: this.#body(request),
      },
      ...(shownCall ? { call: shownCall } : {}),
      answer: {
        status: answer.status,
        headers: this.#headers(answer.headers),
        body: this.#body(answer),
      },
      ...(shownOutcome ? { outcome: shownOutcome } : {}),
    };
  }

  async #call({ api, request }: PassedExchange): Promise<CallInRecording | undefined> {
    if (request.tooLong !== undefined) return undefined;
    const contentType = headerOf(request.headers, 'content-type');
    if (api === 'ApTest') return rpcCallIn({ ...request, contentType });
    if (api !== 'TestTrack' || request.method !== 'POST') return undefined;
    const read = this.#messages.readCall(request.body, contentType);
    return read && { api, ...read };
  }

  #outcome({ answer }: PassedExchange, { api }: CallInRecording): RecordedOutcome {
    if (!answer.isWhole) return { kind: 'unreadable', reason: 'the answer broke off' };
    if (api === 'ApTest') return rpcOutcomeIn(answer.body);
    return this.#messages.readAnswer(answer.body, headerOf(answer.headers, 'content-type'));
  }

  #shownCall(call: CallInRecording): CallInRecording {
    if (call.api === 'TestTrack') {
      return { ...call, parts: this.#standIns.value(call.parts) as typeof call.parts };
    }
    return {
      ...call,
      form: call.form.map(([name, value]) => [name, this.#standIns.value(value, name) as typeof value]),
    };
  }

  #shownOutcome(call: CallInRecording | undefined, outcome: RecordedOutcome): RecordedOutcome {
    const isCookie = call?.api === 'TestTrack' && logons.test(call.operation) && outcome.kind === 'result';
    if (isCookie) return { kind: 'result', result: this.#standIns.cookie(outcome.result as number) };
    return this.#standIns.value(outcome) as RecordedOutcome;
  }

  #headers(headers: readonly (readonly [string, string])[]): [string, string][] {
    return headers.map(([name, value]) => [name, this.#standIns.header(name, value)]);
  }

  #body({ body, headers, tooLong }: PassedExchange['request' | 'answer']): RecordedBody {
    if (tooLong !== undefined) return { omitted: 'it is longer than what is kept', bytes: tooLong };
    const text = textIn(body, headerOf(headers, 'content-type'));
    if (text !== undefined) {
      const clean = this.#standIns.xml(text);
      return this.#standIns.isLeftIn(clean) ? leftOut : { text: clean };
    }
    // Files among forms: what is text in them is looked through byte by byte.
    const clean = this.#standIns.text(body.toString('latin1'));
    return this.#standIns.isLeftIn(clean)
      ? leftOut
      : { base64: Buffer.from(clean, 'latin1').toString('base64') };
  }
}

const leftOut = { omitted: 'a secret in it could not be replaced' };

/** A body as text, whatever it is encoded in; undefined for what is none. */
function textIn(body: Buffer, contentType: string | undefined): string | undefined {
  if (isText(body)) return body.toString('utf8');
  if (!/xml/i.test(contentType ?? '')) return undefined;
  try {
    return decodeBody(body, contentType);
  } catch (error) {
    if (error instanceof SoapFault) return undefined;
    throw error;
  }
}

/** No answer of these servers is longer when it is unpacked. */
const MOST_UNPACKED = 512 * 1024 * 1024;

const unpacking: Readonly<Record<string, (bytes: Buffer, limits: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** A body without the compression that its header names; nothing of one that cannot be unpacked. */
function unpacked(body: Buffer, headers: readonly (readonly [string, string])[]): Buffer {
  const unpack = unpacking[headerOf(headers, 'content-encoding')?.trim().toLowerCase() ?? ''];
  if (!unpack) return body;
  try {
    return unpack(body, { maxOutputLength: MOST_UNPACKED });
  } catch {
    return Buffer.alloc(0);
  }
}

function headerOf(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

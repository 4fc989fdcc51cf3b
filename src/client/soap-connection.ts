import { ArgumentError } from '../input/argument-error.ts';
import type { OperationName, OperationTypes } from '../testtrack/model/operation-types.generated.ts';
import { answerValue, UnreadableAnswerError } from './answer-values.ts';
import type { ClientWsdl } from './client-wsdl.ts';
import { requestValues } from './request-values.ts';
import {
  type HttpResponse,
  NotSoapError,
  type SoapLibraryClient,
  type SoapMembers,
  soapTools,
} from './strong-soap.ts';
import { TestTrackApiError, TestTrackConnectionError } from './testtrack-errors.ts';
import { withoutGuards } from './text-guard.ts';

/** How a connection is made. */
export interface ConnectionSettings {
  /** The address of the CGI. */
  readonly endpoint: string;
  readonly timeoutMs: number;
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Calls operations of one server: typed parts in, typed answers out, errors of this client. Knows no session. */
export class SoapConnection {
  readonly settings: ConnectionSettings;
  readonly wsdl: ClientWsdl;
  readonly #client: SoapLibraryClient;

  constructor(wsdl: ClientWsdl, settings: ConnectionSettings) {
    this.wsdl = wsdl;
    this.settings = settings;
    this.#client = soapTools().clientOf(wsdl.loaded, settings.endpoint);
  }

  /**
   * Calls one operation.
   *
   * @param parts by name; numbers, texts and flags that are left out are sent as 0, empty and false
   * @throws TestTrackApiError for a fault, TestTrackConnectionError when there is no answer that can be read,
   *   ArgumentError for parts that the WSDL does not allow
   */
  async call<N extends OperationName>(
    name: N,
    parts: Partial<OperationTypes[N]['input']>,
  ): Promise<OperationTypes[N]['output']> {
    const { model } = this.wsdl;
    const operation = model.operations.get(name);
    const send = this.#client[name];
    if (!operation || !send) throw new ArgumentError(`the server's WSDL has no operation ${name}`);
    const written = requestValues(model, operation, parts);
    const result = await new Promise<unknown>((resolve, reject) => {
      const { timeoutMs, headers } = this.settings;
      const done = (error: unknown, answer?: unknown) =>
        error ? reject(this.#errorOf(name, error)) : resolve(answer);
      send.call(this.#client, written, done, { timeout: timeoutMs }, headers);
    });
    return this.#answer(name, result) as OperationTypes[N]['output'];
  }

  #answer(name: string, result: unknown): unknown {
    const part = this.wsdl.model.operations.get(name)?.output;
    if (!part) return undefined;
    const members = (typeof result === 'object' && result !== null ? result : {}) as SoapMembers;
    const others = Object.keys(members).filter((member) => !member.startsWith('$') && member !== part.name);
    if (!Object.hasOwn(members, part.name) && others.length > 0) {
      throw this.#connectionError(`${name} was answered with ${others.join(', ')} instead of ${part.name}`);
    }
    try {
      const value = answerValue(this.wsdl.model, part, members[part.name]);
      if (Object.hasOwn(members, part.name) && value !== undefined) return value;
    } catch (error) {
      if (!(error instanceof UnreadableAnswerError)) throw error;
      throw this.#connectionError(`${name} was answered with something unreadable: ${error.message}`, error);
    }
    // A list without entries may be left out by a server, or be nil (observed in clients).
    if (part.type.kind === 'array') return [];
    throw this.#connectionError(`${name} was answered without its part ${part.name}`);
  }

  #errorOf(operation: string, error: unknown): Error {
    const fault = faultOf(error);
    if (fault) {
      const { response } = error as { readonly response?: HttpResponse };
      const hint = response?.headers?.['x-twintrack-hint'];
      return new TestTrackApiError({ operation, ...fault, hint: Array.isArray(hint) ? hint[0] : hint });
    }
    const problem = error instanceof Error ? error : new Error(String(error));
    return this.#connectionError(
      `${operation} got no answer from ${this.settings.endpoint}: ${reason(problem)}`,
      problem,
    );
  }

  #connectionError(message: string, cause?: Error): TestTrackConnectionError {
    const { response } = (cause ?? {}) as { readonly response?: HttpResponse };
    const status = cause instanceof NotSoapError ? cause.status : response?.statusCode;
    return new TestTrackConnectionError(message, { url: this.settings.endpoint, status, cause });
  }
}

function reason(error: Error & { readonly code?: string; readonly response?: HttpResponse }): string {
  switch (error.code) {
    case 'ESOCKETTIMEDOUT':
    case 'ETIMEDOUT':
      return 'it took too long';
    case 'ECONNREFUSED':
      return 'nothing listens there';
    default:
      return error.message.split('\n', 1)[0] ?? '';
  }
}

/** The Fault element that strong-soap hangs on its error. SOAP 1.2 names its parts otherwise. */
function faultOf(error: unknown): { code: string; text: string; detail: string | undefined } | undefined {
  const root = (error as { readonly root?: unknown } | undefined)?.root;
  const fault = child(root, 'Envelope', 'Body', 'Fault');
  if (fault === undefined) return undefined;
  const text = (...path: string[]) => textOf(child(fault, ...path));
  return {
    code: text('faultcode') ?? text('Code', 'Value') ?? '',
    text: text('faultstring') ?? text('Reason', 'Text') ?? '',
    detail: text('detail') ?? text('Detail'),
  };
}

function child(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as SoapMembers)[name] : undefined),
    value,
  );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return withoutGuards(value);
  const inner = child(value, '$value');
  return typeof inner === 'string' ? withoutGuards(inner) : undefined;
}

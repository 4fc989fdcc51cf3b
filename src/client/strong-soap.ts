import { createRequire } from 'node:module';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { once } from '../memo/memory.ts';
import { guardTexts } from './text-guard.ts';

/** A value as strong-soap reads and writes it: text, or members by name with `$attributes` and `$value`. */
export type SoapValue = string | SoapMembers | readonly SoapValue[] | null | undefined;
export interface SoapMembers {
  readonly $attributes?: Readonly<Record<string, unknown>>;
  readonly $value?: string;
  readonly [member: string]: unknown;
}

/** What the HTTP library below strong-soap gives as a response. */
export interface HttpResponse {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
}

export interface SoapLibrary {
  readonly WSDL: new (text: string, uri: string, options: object) => { loadSync(): LoadedWsdl };
  readonly Client: new (wsdl: LoadedWsdl, endpoint: string, options: object) => SoapLibraryClient;
  readonly XMLHandler: new (schemas: object, options: object) => XmlHandler;
  readonly HttpClient: new (options: object) => HttpClient;
}

export interface LoadedWsdl {
  readonly definitions: { readonly schemas: object };
}

type Done = (error: unknown, result?: SoapValue, body?: string) => void;
// biome-ignore lint/complexity/useMaxParams: the library's signature
type Operation = (parts: SoapMembers, done: Done, httpOptions: object, headers: object) => void;
export type SoapLibraryClient = { xmlHandler: XmlHandler } & { readonly [operation: string]: Operation };

interface XmlNode {
  attribute(name: string, value: string): unknown;
}
type NamedValues = Readonly<Record<string, string>>;
interface XmlHandler {
  getXsiType(): unknown;
  addAttributes(
    node: XmlNode,
    namespaces: unknown,
    descriptor: unknown,
    value: unknown,
    attributes?: NamedValues,
  ): void;
}

type Answered = (error: unknown, response?: HttpResponse, body?: string) => void;
interface HttpClient {
  request(url: string, data: string, done: Answered, headers: object, options: object): unknown;
}

/** The answer of something that is no SOAP server: an error page of a proxy, for one. */
export class NotSoapError extends Error {
  readonly code: TwinErrorCode = 'TWIN_CLIENT_NOT_SOAP';
  readonly status: number | undefined;

  constructor(status: number | undefined, body: string) {
    const start = body.replace(/\s+/g, ' ').trim().slice(0, 120);
    super(`HTTP ${status ?? '?'} without a SOAP envelope${start === '' ? '' : `: ${start}`}`);
    this.status = status;
  }
}

/** strong-soap with the two changes that this interface needs. */
export interface SoapTools {
  readonly readWsdl: (text: string) => LoadedWsdl;
  readonly clientOf: (wsdl: LoadedWsdl, endpoint: string) => SoapLibraryClient;
}

/** Loads strong-soap at its first use: with its HTTP library it takes as long as a whole start of a twin. */
export const soapTools = once('strong-soap', () =>
  toolsOf((createRequire(import.meta.url)('strong-soap') as { readonly soap: SoapLibrary }).soap),
);

function toolsOf({ WSDL, Client, XMLHandler, HttpClient }: SoapLibrary): SoapTools {
  /**
   * Writes attributes under the names they are given. strong-soap itself drops the prefix of
   * `SOAP-ENC:arrayType`, fails on a prefix that the WSDL declares, and for an `xsi:type` that it knows rewrites
   * days and moments to UTC.
   */
  class EncodedWriter extends XMLHandler {
    override getXsiType(): undefined {
      return undefined;
    }

    override addAttributes(
      ...[node, , , , attributes]: Parameters<InstanceType<typeof XMLHandler>['addAttributes']>
    ): void {
      for (const [name, value] of Object.entries(attributes ?? {})) node.attribute(name, value);
    }
  }

  /** Gives texts whole, and refuses what is no SOAP: strong-soap takes such an answer for an empty one. */
  class WholeTextClient extends HttpClient {
    override request(
      ...[url, data, done, headers, options]: Parameters<InstanceType<typeof HttpClient>['request']>
    ): unknown {
      const answered: Answered = (error, response, body = '') => {
        if (error) done(error);
        else if (!/<(?:[^\s<>:/]+:)?Envelope[\s>]/.test(body))
          done(new NotSoapError(response?.statusCode, body));
        else done(null, response, guardTexts(body));
      };
      return super.request(url, data, answered, headers, options);
    }
  }

  return {
    readWsdl: (text) => new WSDL(text, 'ttsoapcgi.wsdl', {}).loadSync(),
    clientOf: (wsdl, endpoint) => {
      const options = { httpClient: new WholeTextClient({ prettyPrint: false }) };
      const client = new Client(wsdl, endpoint, options);
      client.xmlHandler = new EncodedWriter(wsdl.definitions.schemas, options);
      return client;
    },
  };
}

import { readFileSync } from 'node:fs';
import { ConnectionPlaces } from '../../src/http/connection-places.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { type Endpoints, type Listener, listen } from '../../src/http/listener.ts';
import { type GivenSettings, readSettings } from '../../src/http/settings.ts';
import { soapEndpoint } from '../../src/http/soap-endpoint.ts';
import { Trust } from '../../src/http/trust.ts';
import type { Log, LogFields } from '../../src/log/log.ts';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { servedWsdl } from '../../src/soap/wsdl-document.ts';
import { readWsdl } from '../../src/soap/wsdl-model.ts';
import type { TestTrack } from '../../src/testtrack/service.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { World } from '../../src/world/world.ts';
import { type HostedWorld, hostWorld } from '../../src/worlds/hosted-world.ts';

export const wsdlText = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const codec = createSoapCodec(readWsdl(wsdlText));

/** A log that can be read in a test. */
export class KeptLog implements Log {
  readonly isDebug = true;
  readonly lines: { level: string; message: string; fields: LogFields | undefined }[] = [];
  error = this.keep('error');
  warn = this.keep('warn');
  info = this.keep('info');
  debug = this.keep('debug');

  private keep(level: string): (message: string, fields?: LogFields) => void {
    return (message, fields) => void this.lines.push({ level, message, fields });
  }
}

export interface Edge {
  readonly listener: Listener;
  readonly port: number;
  readonly log: KeptLog;
  /** The operations the service was asked, in order. */
  readonly calls: { operation: string; input: Readonly<Record<string, unknown>> }[];
}

/** A world that holds nothing, for tests of what is before it. */
const emptyWorld = hostWorld(
  'main',
  { world: new World('seed'), clock: { mode: 'real' } },
  { now: Date.now },
);

/** A real listener on a free port, with a service of the test's own behind the SOAP endpoint. */
export async function startEdge(
  options: {
    answer?: TestTrack['call'];
    settings?: GivenSettings;
    rpc?: Endpoint;
    pages?: Endpoint;
    world?: HostedWorld;
  } = {},
): Promise<Edge> {
  const log = new KeptLog();
  const settings = readSettings(options.settings);
  const calls: Edge['calls'] = [];
  const service: TestTrack = {
    enter: () => undefined,
    call: (operation, input) => {
      calls.push({ operation, input });
      return options.answer?.(operation, input) ?? [];
    },
  };
  const generalFault = new ProductFault(16, 'General error.', 'Look into the log.');
  const unused: Endpoint = (_request, response) => void response.writeHead(404).end();
  const endpoints: Endpoints = {
    soap: soapEndpoint({
      codec: () => codec,
      service: () => service,
      limits: settings,
      log,
      generalFault,
      wsdl: (address) => servedWsdl(wsdlText, address),
    }),
    context: (_request, url) => ({ ...url, prefix: '', world: options.world ?? emptyWorld }),
    worldAt: () => options.world ?? emptyWorld,
    rpc: options.rpc ?? unused,
    refuseControl: () => undefined,
    pages: async () => options.pages ?? unused,
  };
  const places = new ConnectionPlaces(settings.maxConnections, log);
  const listener = await listen(endpoints, {
    host: '127.0.0.1',
    port: 0,
    settings,
    places,
    trust: new Trust(),
    log,
  });
  return { listener, port: listener.port, log, calls };
}

/** A SOAP envelope around an operation. */
export function envelope(operation: string, parts = ''): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"' +
    ` xmlns:ttns="urn:testtrack-interface"><SOAP-ENV:Body><ttns:${operation}>${parts}</ttns:${operation}></SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}

/** The head of a SOAP request; the body is to follow. */
export function soapHead(headers: readonly string[], path = '/cgi-bin/ttsoapcgi.exe'): string {
  return [
    `POST ${path} HTTP/1.1`,
    'Host: twin',
    'Content-Type: text/xml; charset=UTF-8',
    ...headers,
    '',
    '',
  ].join('\r\n');
}

/** A whole SOAP request as bytes on the wire. */
export function soapRequest(body: string, headers: readonly string[] = []): string {
  return soapHead([...headers, `Content-Length: ${Buffer.byteLength(body)}`]) + body;
}

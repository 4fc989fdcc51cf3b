import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { passedHeaders } from '../../http/passed-headers.ts';
import { failureReason } from '../net/failure.ts';
import { beginRequest } from '../net/http-exchange.ts';
import type { Target } from '../net/target.ts';
import type { PassedExchange } from '../recording/redaction.ts';
import { KeptBody } from './kept-body.ts';
import { asksForWsdl, withOwnAddress } from './wsdl-address.ts';

/** The servers behind a proxy, fixed when it starts. */
export interface ProxyTargets {
  readonly testTrack?: Target | undefined;
  readonly apTest?: Target | undefined;
}

export interface ProxyOptions {
  readonly targets: ProxyTargets;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** How many bytes of a body are kept for the recording; longer ones pass as well, and are left out there. */
  readonly mostKept: number;
  /** The time of day in milliseconds. */
  readonly now: () => number;
  /** Milliseconds that only grow. */
  readonly stopwatch: () => number;
  /** Told of each exchange when it ended; what it throws is told to `onFailure`. */
  readonly onExchange: (exchange: PassedExchange) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
}

/** A proxy that runs. */
export interface RunningProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a proxy in front of real servers. Bodies pass as they are, both ways, piece by piece; only the address in a WSDL
 * is the proxy's. It asks no server but its targets: an absolute address in a request line counts for its path alone.
 *
 * @throws Error with the code of Node when it cannot listen
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const server = createServer((request, response) => new Passing(options, request, response).begin());
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function listening(server: Server, { host, port }: ProxyOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** One request on its way. */
class Passing {
  readonly #options: ProxyOptions;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #at: number;
  readonly #begun: number;
  readonly #sent: KeptBody;
  readonly #got: KeptBody;
  #isDone = false;

  constructor(options: ProxyOptions, request: IncomingMessage, response: ServerResponse) {
    this.#options = options;
    this.#request = request;
    this.#response = response;
    this.#at = options.now();
    this.#begun = options.stopwatch();
    this.#sent = new KeptBody(options.mostKept);
    this.#got = new KeptBody(options.mostKept);
  }

  begin(): void {
    const path = pathOf(this.#request.url ?? '/');
    const { target, api } = this.#chosen(path);
    const isWsdl = asksForWsdl(this.#request.method, path);
    const headers = passedHeaders(this.#request.rawHeaders, isWsdl ? ['host', 'accept-encoding'] : ['host']);
    const onward = beginRequest(target, {
      method: this.#request.method,
      path,
      headers: [...headers.flat(), 'Host', target.hostHeader],
    });
    onward.on('error', (error) => this.#failed(target.explained(error), { path, api }));
    onward.on('response', (answer) => {
      target.answered();
      if (isWsdl) void this.#answerWsdl(answer, target);
      else this.#pass(answer, { path, api });
    });
    this.#request.on('data', (piece: Buffer) => this.#sent.add(piece));
    this.#request.pipe(onward);
    this.#response.on('close', () => {
      if (!this.#response.writableFinished) onward.destroy();
    });
  }

  #chosen(path: string): { target: Target; api: PassedExchange['api'] } {
    const { testTrack, apTest } = this.#options.targets;
    const bare = path.replace(/\?.*$/, '');
    const folder = apTest?.url.pathname.replace(/[^/]*$/, '') ?? '';
    if (apTest && (!testTrack || (folder !== '/' ? bare.startsWith(folder) : bare === apTest.url.pathname))) {
      return { target: apTest, api: bare === apTest.url.pathname ? 'ApTest' : undefined };
    }
    if (!testTrack) throw new TypeError('a proxy has a target');
    return { target: testTrack, api: bare === testTrack.url.pathname ? 'TestTrack' : undefined };
  }

  #pass(
    answer: IncomingMessage,
    about: { readonly path: string; readonly api: PassedExchange['api'] },
  ): void {
    const headers = passedHeaders(answer.rawHeaders, []);
    this.#response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers.flat());
    answer.on('data', (piece: Buffer) => this.#got.add(piece));
    answer.on('aborted', () =>
      this.#done(about, { status: answer.statusCode ?? 0, headers, isWhole: false }),
    );
    answer.on('end', () => {
      if (!answer.complete) return;
      this.#done(about, { status: answer.statusCode ?? 0, headers, isWhole: true });
    });
    answer.on('error', () => this.#response.destroy());
    answer.pipe(this.#response);
  }

  async #answerWsdl(answer: IncomingMessage, target: Target): Promise<void> {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of answer) pieces.push(piece as Buffer);
    } catch {
      this.#response.destroy();
      return;
    }
    const host = this.#request.headers.host ?? '';
    const text = withOwnAddress(Buffer.concat(pieces).toString('utf8'), { host, path: target.url.pathname });
    const headers = passedHeaders(answer.rawHeaders, ['content-length']);
    this.#response
      .writeHead(answer.statusCode ?? 502, [
        ...headers.flat(),
        'Content-Length',
        String(Buffer.byteLength(text)),
      ])
      .end(text);
  }

  /** The target gave no answer: said in a way that no client takes for one of the server. */
  #failed(error: Error, about: { readonly path: string; readonly api: PassedExchange['api'] }): void {
    if (this.#response.headersSent) {
      this.#response.destroy();
      return;
    }
    const text = `The proxy got no answer: ${failureReason(error)}.\n`;
    const headers: [string, string][] = [['Content-Type', 'text/plain; charset=utf-8']];
    this.#got.add(Buffer.from(text));
    this.#response.writeHead(502, headers.flat()).end(text);
    this.#done(about, { status: 502, headers, isWhole: true });
  }

  #done(
    { path, api }: { readonly path: string; readonly api: PassedExchange['api'] },
    answer: Omit<PassedExchange['answer'], 'body' | 'tooLong'>,
  ): void {
    if (this.#isDone) return;
    this.#isDone = true;
    const { stopwatch, onExchange, onFailure } = this.#options;
    const milliseconds = stopwatch() - this.#begun;
    const exchange = {
      at: this.#at,
      milliseconds,
      api,
      request: {
        method: this.#request.method ?? '',
        path,
        headers: passedHeaders(this.#request.rawHeaders, []),
        ...this.#sent.kept,
      },
      answer: { ...answer, ...this.#got.kept },
    };
    // Behind what is on its way to the client already.
    setImmediate(() => onExchange(exchange).catch(onFailure));
  }
}

/** The path of a request line, whatever server it names. */
function pathOf(url: string): string {
  if (url.startsWith('/')) return url;
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : '/';
}

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An answer on its way back, to be changed or not. */
export interface PassingAnswer {
  /** The text of the request, address included. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

/** What is said instead; undefined for what was said. */
export type Lie = (answer: PassingAnswer) => Partial<Pick<PassingAnswer, 'status' | 'body'>> | undefined;

/** A server that passes everything on to a twin, and answers some of it otherwise. */
export async function wrongServer(origin: string, lie: Lie): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const answer = await fetch(origin + request.url, {
      method: request.method ?? 'GET',
      headers: forwarded(request),
      ...(body.length > 0 ? { body } : {}),
    });
    const passing = { status: answer.status, body: await answer.text() };
    const told = {
      ...passing,
      ...lie({ ...passing, request: `${request.url}\n${body.toString('latin1')}` }),
    };
    const contentType = answer.headers.get('content-type') ?? 'text/plain';
    response.writeHead(told.status, { 'content-type': contentType }).end(told.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function forwarded({ headers }: IncomingMessage): Record<string, string> {
  const own = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !own.includes(name) ? [[name, value]] : [],
    ),
  );
}

import { afterEach, describe, expect, test } from 'vitest';
import { ConnectionPlaces } from '../../src/http/connection-places.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { listen } from '../../src/http/listener.ts';
import { readSettings } from '../../src/http/settings.ts';
import { Trust } from '../../src/http/trust.ts';
import { silentLog } from '../../src/log/log.ts';
import { type Edge, envelope, soapHead, soapRequest, startEdge } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';

let edge: Edge;
afterEach(() => edge.listener.close());

const named =
  (name: string): Endpoint =>
  (request, response, url) => {
    response.end(`${name} ${request.method} ${url.path} ${url.query}`);
  };

const endpoints = {
  context: () => {
    throw new Error('nobody gets through');
  },
  worldAt: () => undefined,
  soap: named('soap'),
  rpc: named('rpc'),
  pages: async () => named('pages'),
  refuseControl: () => undefined,
};

function listenerOptions(host: string, port: number) {
  const places = new ConnectionPlaces(10, silentLog);
  return { host, port, settings: readSettings(), places, trust: new Trust(), log: silentLog };
}

test('a port of 0 reports the port it got', async () => {
  edge = await startEdge();
  expect(edge.port).toBeGreaterThan(0);
  expect(edge.listener.url).toBe(`http://127.0.0.1:${edge.port}`);
});

test('a port that is taken is told in a sentence with the way out', async () => {
  edge = await startEdge();
  await expect(listen(endpoints, listenerOptions('127.0.0.1', edge.port))).rejects.toThrow(
    `Port ${edge.port} on 127.0.0.1 is taken by another program. Choose another one with --port, or --port 0 for any free one.`,
  );
});

test('a host that is not of this machine is told in a sentence', async () => {
  edge = await startEdge();
  await expect(listen(endpoints, listenerOptions('192.0.2.1', 0))).rejects.toThrow(
    '"192.0.2.1" is no address of this machine.',
  );
});

describe('a request goes by its path', () => {
  const ask = (target: string, method = 'GET') =>
    exchange(edge.port, `${method} ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);

  test.each([
    ['/run/rpc.mpl?a=b', 'rpc GET /run/rpc.mpl a=b'],
    ['/atm/run/rpc.mpl', 'rpc GET /atm/run/rpc.mpl'],
    ['/deep/er/run/rpc.mpl?', 'rpc GET /deep/er/run/rpc.mpl'],
    ['/', 'pages GET /'],
    ['/cgi-bin/other.exe', 'pages GET /cgi-bin/other.exe'],
    ['/run/rpc.mpl/x', 'pages GET /run/rpc.mpl/x'],
    ['/__admin/clock?x', 'pages GET /__admin/clock x'],
  ])('%s', async (target, expected) => {
    edge = await startEdge({ rpc: named('rpc'), pages: named('pages') });
    expect(await ask(target)).toContain(expected);
  });

  test('every method reaches the endpoint', async () => {
    edge = await startEdge({ rpc: named('rpc'), pages: named('pages') });
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect(await ask('/run/rpc.mpl', method)).toContain(`rpc ${method} /run/rpc.mpl`);
    }
  });

  test('a URL over the limit is refused with 414', async () => {
    edge = await startEdge({ rpc: named('rpc') });
    expect(await ask(`/run/rpc.mpl?${'x'.repeat(16_000)}`)).toContain('rpc GET');
    expect(await ask(`/run/rpc.mpl?${'x'.repeat(33_000)}`)).toMatch(/^HTTP\/1\.1 414 .*setting maxUrl/s);
  });
});

test('a connection that nobody asked to keep ends after the answer, on every path', async () => {
  edge = await startEdge({ rpc: named('rpc'), pages: named('pages') });
  for (const path of ['/', '/run/rpc.mpl', '/cgi-bin/ttsoapcgi.exe']) {
    expect(await exchange(edge.port, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).toContain(
      'Connection: close\r\n',
    );
  }
});

test('a mistake in an endpoint answers a bare 500 and ends in the log', async () => {
  const mistake = new Error('secret');
  edge = await startEdge({
    rpc: () => {
      throw mistake;
    },
    pages: () => Promise.reject(mistake) as unknown as undefined,
  });
  for (const path of ['/run/rpc.mpl', '/']) {
    const answer = await exchange(edge.port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(
      /^HTTP\/1\.1 500 [\s\S]*Something went wrong in Twintrack itself; its log says what\.\n$/,
    );
    expect(answer).not.toContain('secret');
  }
  expect(edge.log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
});

describe('closing', () => {
  const body = envelope('getDatabaseList');

  test('finishes an answer that is going out to a slow reader', async () => {
    const text = 'x'.repeat(20_000_000);
    edge = await startEdge({ pages: (_request, response) => void response.end(text) });
    const connection = await RawConnection.open(edge.port);
    connection.send('GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n');
    await connection.until(/200 OK/);
    connection.socket.pause();
    const closed = edge.listener.close();
    await new Promise((resolve) => setImmediate(resolve));
    connection.socket.resume();
    expect((await connection.untilClosed()).length).toBeGreaterThan(text.length);
    await closed;
  });

  test('answers the requests in flight wholly, then closes their connections', async () => {
    edge = await startEdge();
    const halfSent = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const connection = await RawConnection.open(edge.port);
        const head = soapHead([
          'Connection: keep-alive',
          `Content-Length: ${body.length}`,
          'Expect: 100-continue',
        ]);
        connection.send(head);
        await connection.until(/100 Continue/);
        return connection.send(body.slice(0, 50));
      }),
    );
    const closed = edge.listener.close();
    for (const connection of halfSent) connection.send(body.slice(50));
    for (const connection of halfSent) {
      const answer = await connection.untilClosed();
      expect(answer).toMatch(/<\/SOAP-ENV:Envelope>\s*$/);
      expect(answer).toContain('Connection: close\r\n');
    }
    await closed;
  });

  test('closes idle connections and those that never sent a byte', async () => {
    edge = await startEdge();
    const silent = await RawConnection.open(edge.port);
    const idle = await RawConnection.open(edge.port);
    idle.send(soapRequest(body, ['Connection: keep-alive']));
    await idle.until(/<\/SOAP-ENV:Envelope>/);
    await edge.listener.close();
    await silent.untilClosed();
    await idle.untilClosed();
  });

  test('cuts what is not over when the grace time is', async () => {
    edge = await startEdge({ settings: { closeGrace: '50ms' } });
    const stuck = await RawConnection.open(edge.port);
    stuck.send(soapHead(['Content-Length: 10', 'Expect: 100-continue']));
    await stuck.until(/100 Continue/);
    await edge.listener.close();
    await stuck.untilClosed();
  });

  test('accepts nobody any more, and can be asked twice', async () => {
    edge = await startEdge();
    await Promise.all([edge.listener.close(), edge.listener.close()]);
    await expect(RawConnection.open(edge.port)).rejects.toThrow('ECONNREFUSED');
  });
});

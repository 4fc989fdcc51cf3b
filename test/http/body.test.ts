import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BodyError, readBody } from '../../src/http/body.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';

const limits = { maxBody: 1000, gzipRatio: 100 };
let server: Server;
let port: number;
let lastProblem: Promise<BodyError>;
let noteProblem: (problem: BodyError) => void;

beforeAll(async () => {
  lastProblem = new Promise((resolve) => {
    noteProblem = resolve;
  });
  server = createServer((request, response) => {
    response.shouldKeepAlive = false;
    const packedLimits = request.url === '/large' ? { maxBody: 10_000_000, gzipRatio: 100 } : limits;
    readBody(request, packedLimits).then(
      (body) => response.end(`read ${body.length} ${body.toString('latin1').slice(0, 20)}`),
      (problem: BodyError) => {
        if (problem.isGone) noteProblem(problem);
        response.writeHead(problem.status).end(problem.message);
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = (headers: string, body: string, path = '/') =>
  exchange(
    port,
    Buffer.concat([
      Buffer.from(`POST ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`),
      Buffer.from(body, 'latin1'),
    ]),
  );

test('a body with Content-Length is read', async () => {
  expect(await post('Content-Length: 5\r\n', 'hello')).toMatch(/read 5 hello$/);
});

test('a request without a body has an empty one', async () => {
  expect(await exchange(port, 'POST / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/read 0 $/);
});

test('a chunked body is read', async () => {
  const answer = await post(
    'Transfer-Encoding: chunked\r\n',
    '2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: a\r\n\r\n',
  );
  expect(answer).toMatch(/read 5 hello$/);
});

test('a body of exactly the limit is read, one byte more is refused, whichever way it is sent', async () => {
  const chunk = (size: number) => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`;
  expect(await post('Content-Length: 1000\r\n', 'x'.repeat(1000))).toContain('200 OK');
  expect(await post('Content-Length: 1001\r\n', 'x'.repeat(1001))).toContain('413 ');
  expect(await post('Transfer-Encoding: chunked\r\n', chunk(1000))).toContain('200 OK');
  expect(await post('Transfer-Encoding: chunked\r\n', chunk(1001))).toContain('413 ');
});

test('a body that comes byte by byte is read', async () => {
  const connection = await RawConnection.open(port);
  connection.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 26\r\n\r\n');
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
    connection.send(letter);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await connection.untilClosed()).toMatch(/read 26 abcdefghijklmnopqrst$/);
});

test('a client that goes away in the middle is noted as gone', async () => {
  const connection = await RawConnection.open(port);
  connection.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 26\r\n\r\nabc');
  await new Promise((resolve) => setImmediate(resolve));
  connection.cut();
  expect((await lastProblem).message).toBe('The connection ended before the whole body came.');
});

const gzipped = (data: string) => {
  const packed = gzipSync(data).toString('latin1');
  return [`Content-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n`, packed] as const;
};

test('a gzip body is unpacked', async () => {
  expect(await post(...gzipped('hello'))).toMatch(/read 5 hello$/);
});

test('the unpacked size of a gzip body is limited like any other', async () => {
  expect(await post(...gzipped('x'.repeat(1001)))).toMatch(/413 [\s\S]*over the limit of 1000 bytes/);
});

test('a gzip body that unpacks to more than 100 times its size is refused', async () => {
  const [headers, packed] = gzipped('x'.repeat(9_000_000));
  expect(await post(headers, packed, '/large')).toMatch(/413 [\s\S]*more than 100 times its size/);
});

test('a gzip body that is cut off or no gzip is refused', async () => {
  const [, packed] = gzipped('hello hello');
  const cut = packed.slice(0, -6);
  const headers = (body: string) => `Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n`;
  expect(await post(headers(cut), cut)).toContain('400 ');
  expect(await post(headers('plain'), 'plain')).toContain('400 ');
});

test.each(['deflate', 'br', 'gzip, gzip', 'x'])(
  'Content-Encoding %s is refused with 415',
  async (encoding) => {
    expect(await post(`Content-Encoding: ${encoding}\r\nContent-Length: 1\r\n`, 'x')).toMatch(
      /415 [\s\S]*Send the body as it is, or gzip\./,
    );
  },
);

/** Hardening of the HTTP edge: odd, slow and oversized requests (items 4, 16 and 17 of the list of attacks). */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { type Edge, envelope, soapHead, soapRequest, startEdge } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';

let edge: Edge;
afterEach(() => edge.listener.close());

const body = envelope('getDatabaseList');
const answered = /<ttns:getDatabaseListResponse>/;

/** The twin still serves others. */
async function expectAlive(): Promise<void> {
  expect(await exchange(edge.port, soapRequest(body))).toMatch(answered);
}

describe('a body over the limit', () => {
  test.each([
    ['announced', (size: number) => soapRequest('x'.repeat(size))],
    [
      'chunked',
      (size: number) =>
        `${soapHead(['Transfer-Encoding: chunked'])}${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`,
    ],
  ])('is refused when %s', async (_name, request) => {
    edge = await startEdge({ settings: { maxBody: '10kB' } });
    expect(await exchange(edge.port, request(10 * 1024 + 1))).toMatch(/^HTTP\/1\.1 413 /);
    await expectAlive();
  });

  test('is refused before it came when it is announced', async () => {
    edge = await startEdge();
    const connection = await RawConnection.open(edge.port);
    connection.send(soapHead(['Content-Length: 999999999999']));
    await connection.until(/^HTTP\/1\.1 413 [\s\S]*<\/SOAP-ENV:Envelope>/);
    connection.cut();
    await expectAlive();
  });

  test('is refused when ten megabytes come in pieces of one byte each', async () => {
    edge = await startEdge({ settings: { maxBody: '20kB' } });
    const piece = '1\r\nx\r\n';
    const request = soapHead(['Transfer-Encoding: chunked']) + piece.repeat(20 * 1024 + 1);
    const connection = await RawConnection.open(edge.port);
    connection.send(request);
    await connection.until(/^HTTP\/1\.1 413 /);
    connection.cut();
    await expectAlive();
  });

  test('is refused when it is a gzip bomb', async () => {
    edge = await startEdge();
    const bomb = gzipSync(Buffer.alloc(9 * 1024 * 1024));
    const head = soapHead(['Content-Encoding: gzip', `Content-Length: ${bomb.length}`]);
    const answer = await exchange(edge.port, Buffer.concat([Buffer.from(head), bomb]));
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*more than 100 times its size/);
    await expectAlive();
  });
});

describe('a lying Content-Length', () => {
  test('that is too small leaves bytes that are no request: the call is answered, then the connection ends', async () => {
    edge = await startEdge();
    const request = soapHead(['Connection: keep-alive', `Content-Length: ${body.length}`]) + body;
    expect(await exchange(edge.port, `${request}rubbish\r\n\r\n`)).toMatch(/<\/SOAP-ENV:Envelope>\s*$/);
    expect(edge.calls).toHaveLength(1);
  });

  test('that is too large ends with the connection and reaches no operation', async () => {
    edge = await startEdge();
    const connection = await RawConnection.open(edge.port);
    connection.send(soapHead([`Content-Length: ${body.length + 10}`]) + body);
    connection.socket.end();
    await connection.untilClosed();
    expect(edge.calls).toEqual([]);
    await expectAlive();
  });
});

describe('a request that two readers could read differently is refused', () => {
  test.each([
    ['two different lengths', ['Content-Length: 5', 'Content-Length: 6']],
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity']],
    ['a length that is no number', ['Content-Length: 5a']],
    ['a negative length', ['Content-Length: -5']],
    ['a blank before the colon', ['Content-Length : 5']],
  ])('%s', async (_name, headers) => {
    edge = await startEdge();
    expect(await exchange(edge.port, `${soapHead(headers)}hello`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(edge.calls).toEqual([]);
    await expectAlive();
  });
});

test('pipelined calls are answered in their order', async () => {
  edge = await startEdge();
  const other = envelope('getProjectDataOptionList');
  const keep = ['Connection: keep-alive'];
  const connection = await RawConnection.open(edge.port);
  connection.send(soapRequest(body, keep) + soapRequest(other, keep) + soapRequest(body));
  const answer = await connection.untilClosed();
  expect([...answer.matchAll(/<ttns:(\w+)Response>/g)].map(([, name]) => name)).toEqual([
    'getDatabaseList',
    'getProjectDataOptionList',
    'getDatabaseList',
  ]);
});

describe('headers', () => {
  test('five hundred of them are read', async () => {
    edge = await startEdge();
    const many = Array.from({ length: 500 }, (_, at) => `X-H${at}: ${at}`);
    expect(await exchange(edge.port, soapRequest(body, many))).toMatch(answered);
  });

  test('a line of 64 kB is refused with 431', async () => {
    edge = await startEdge();
    const request = soapRequest(body, [`X-Long: ${'x'.repeat(64 * 1024)}`]);
    expect(await exchange(edge.port, request)).toMatch(/^HTTP\/1\.1 431 .*setting maxHeaders/s);
    await expectAlive();
  });

  test('a client of rpc.mpl reads the code 1 in the first line of that refusal', async () => {
    edge = await startEdge();
    const long = `X-Long: ${'x'.repeat(64 * 1024)}`;
    const request = `GET /atm/run/rpc.mpl?command=getSuiteList HTTP/1.1\r\nHost: twin\r\n${long}\r\n\r\n`;
    expect(await exchange(edge.port, request)).toMatch(
      /^HTTP\/1\.1 431 .*\r\n\r\n1\nRequest line and headers/s,
    );
    await expectAlive();
  });

  test('bytes that are no HTTP are refused', async () => {
    edge = await startEdge();
    for (const bytes of [
      'hello\r\n\r\n',
      '\x16\x03\x01\x02\x00',
      'FOO / HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
    ]) {
      expect(await exchange(edge.port, bytes)).toMatch(/^HTTP\/1\.1 (400|505) /);
    }
    await expectAlive();
  });

  test('Expect with something unknown is refused with 417', async () => {
    edge = await startEdge();
    expect(await exchange(edge.port, soapRequest(body, ['Expect: miracles', 'Connection: close']))).toMatch(
      /^HTTP\/1\.1 417 /,
    );
  });
});

describe('a slow client', () => {
  const quick = { headersTimeout: '60ms', bodyTimeout: '120ms' };

  test('is cut while it sends headers', async () => {
    edge = await startEdge({ settings: quick });
    const connection = await RawConnection.open(edge.port);
    connection.send('POST /cgi-bin/ttsoapcgi.exe HTTP/1.1\r\nHost: ');
    expect(await connection.untilClosed()).toMatch(/^HTTP\/1\.1 408 .*headersTimeout/s);
  });

  test('is cut when it never sends a byte', async () => {
    edge = await startEdge({ settings: quick });
    const connection = await RawConnection.open(edge.port);
    await connection.untilClosed();
  });

  test('is cut while it sends a body, and no operation runs', async () => {
    edge = await startEdge({ settings: quick });
    const connection = await RawConnection.open(edge.port);
    connection.send(soapHead([`Content-Length: ${body.length}`]) + body.slice(0, -1));
    expect(await connection.untilClosed()).toMatch(/^HTTP\/1\.1 408 .*bodyTimeout/s);
    expect(edge.calls).toEqual([]);
  });

  test('does not keep others waiting, not even two hundred of them', async () => {
    edge = await startEdge();
    const slow = await Promise.all(Array.from({ length: 200 }, () => RawConnection.open(edge.port)));
    for (const connection of slow) connection.send(soapHead([`Content-Length: ${body.length}`]) + body[0]);
    await expectAlive();
    for (const connection of slow) connection.cut();
  });
});

test('a thousand idle connections leave room for others', async () => {
  edge = await startEdge();
  const idle = await Promise.all(Array.from({ length: 1000 }, () => RawConnection.open(edge.port)));
  await expectAlive();
  for (const connection of idle) connection.cut();
});

test('a hundred clients that go away in the middle of a body leave nothing behind', async () => {
  edge = await startEdge();
  const gone = await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(edge.port)));
  for (const connection of gone) connection.send(soapHead(['Content-Length: 5000']) + body);
  await expectAlive();
  for (const connection of gone) connection.cut();
  await Promise.all(gone.map((connection) => connection.untilClosed()));
  await expectAlive();
  expect(edge.calls.map(({ operation }) => operation)).toEqual(['getDatabaseList', 'getDatabaseList']);
});

test('UTF-8 characters cut at any byte by a segment arrive whole', async () => {
  edge = await startEdge({ answer: () => 1 });
  const call = Buffer.from(envelope('DatabaseLogon', '<dbname>ä€😀</dbname>'));
  const start = call.indexOf(0xc3);
  for (let cut = start; cut <= start + 9; cut++) {
    const connection = await RawConnection.open(edge.port);
    connection.send(soapHead([`Content-Length: ${call.length}`, 'Expect: 100-continue']));
    await connection.until(/100 Continue/);
    connection.send(call.subarray(0, cut));
    await new Promise((resolve) => setImmediate(resolve));
    connection.send(call.subarray(cut));
    await connection.untilClosed();
  }
  expect(new Set(edge.calls.map(({ input }) => input.dbname))).toEqual(new Set(['ä€😀']));
});

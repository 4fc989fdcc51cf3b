import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ProductFault } from '../../src/world/product-fault.ts';
import { type Edge, envelope, soapHead, soapRequest, startEdge } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';

let edge: Edge;
afterEach(() => edge.listener.close());

describe('a call', () => {
  test('is answered with the encoded result', async () => {
    edge = await startEdge({ answer: () => 4711 });
    const parts = '<dbname>Sample</dbname><username>u</username><password>p</password>';
    const answer = await exchange(edge.port, soapRequest(envelope('DatabaseLogon', parts)));
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('Content-Type: text/xml; charset=utf-8\r\n');
    expect(answer).toContain(
      '<ttns:DatabaseLogonResponse><Cookie>4711</Cookie></ttns:DatabaseLogonResponse>',
    );
    expect(edge.calls).toHaveLength(1);
    expect(edge.calls[0]?.input).toMatchObject({ dbname: 'Sample', username: 'u', password: 'p' });
  });

  test.each([
    '/cgi-bin/ttsoapcgi.exe',
    '/scripts/ttsoapcgi.exe',
    '/Scripts/TTSoapCGI.exe',
    'http://twin/scripts/ttsoapcgi.exe',
  ])('is taken at %s', async (path) => {
    edge = await startEdge();
    const body = envelope('getDatabaseList');
    const answer = await exchange(edge.port, soapHead([`Content-Length: ${body.length}`], path) + body);
    expect(answer).toContain('<ttns:getDatabaseListResponse>');
  });

  test('can be sent as gzip', async () => {
    edge = await startEdge();
    const packed = gzipSync(envelope('getDatabaseList'));
    const head = soapHead(['Content-Encoding: gzip', `Content-Length: ${packed.length}`]);
    const answer = await exchange(edge.port, Buffer.concat([Buffer.from(head), packed]));
    expect(answer).toContain('<ttns:getDatabaseListResponse>');
  });

  test('with Expect: 100-continue is told to go on, unless it announces too much', async () => {
    edge = await startEdge({ settings: { maxBody: 2000 } });
    const body = envelope('getDatabaseList');
    const connection = await RawConnection.open(edge.port);
    connection.send(soapHead(['Expect: 100-continue', `Content-Length: ${body.length}`]));
    await connection.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    connection.send(body);
    expect(await connection.untilClosed()).toContain('<ttns:getDatabaseListResponse>');

    const greedy = await RawConnection.open(edge.port);
    greedy.send(soapHead(['Expect: 100-continue', 'Content-Length: 2001']));
    await greedy.until(/^HTTP\/1\.1 413 [\s\S]*<\/SOAP-ENV:Envelope>/);
    greedy.cut();
  });
});

describe('the connection', () => {
  test('closes after the answer when the client did not ask to keep it', async () => {
    edge = await startEdge();
    const answer = await exchange(edge.port, soapRequest(envelope('getDatabaseList')));
    expect(answer).toContain('Connection: close\r\n');
  });

  test.each(['keep-alive', 'Keep-Alive', 'TE, keep-alive'])(
    'stays open for "Connection: %s"',
    async (value) => {
      edge = await startEdge();
      const request = soapRequest(envelope('getDatabaseList'), [`Connection: ${value}`]);
      const connection = await RawConnection.open(edge.port);
      connection.send(request);
      await connection.until(/<\/SOAP-ENV:Envelope>/);
      connection.send(request);
      await connection.until(/<\/SOAP-ENV:Envelope>[\s\S]*<\/SOAP-ENV:Envelope>/);
      expect(connection.received).not.toContain('Connection: close');
      connection.cut();
    },
  );

  test('an HTTP/1.0 client gets a whole answer and the end of the stream', async () => {
    edge = await startEdge();
    const body = envelope('getDatabaseList');
    const head = `POST /cgi-bin/ttsoapcgi.exe HTTP/1.0\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect(await exchange(edge.port, head + body)).toMatch(/<\/SOAP-ENV:Envelope>\s*$/);
  });
});

describe('a fault', () => {
  test('of the product answers 500 with its number as detail, and its hint in a header and the log', async () => {
    edge = await startEdge({
      answer: () => {
        throw new ProductFault(22, 'The record is locked by another user.', 'Locked by Jürgen.');
      },
    });
    const answer = await exchange(edge.port, soapRequest(envelope('getDatabaseList')));
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).toContain('<faultcode>SOAP-ENV:Server</faultcode>');
    expect(answer).toContain(
      '<faultstring>The record is locked by another user.</faultstring><detail>22</detail>',
    );
    expect(answer).toContain('x-twintrack-hint: Locked by Jurgen.\r\n');
    expect(edge.log.lines).toContainEqual({
      level: 'info',
      message: 'getDatabaseList refused with 22: The record is locked by another user.',
      fields: {
        operation: 'getDatabaseList',
        code: 22,
        user: undefined,
        world: 'main',
        durationMs: expect.any(Number),
        hint: 'Locked by Jürgen.',
      },
    });
  });

  test('of ours is a general error outside and everything inside', async () => {
    const mistake = new TypeError('secret inside');
    edge = await startEdge({
      answer: () => {
        throw mistake;
      },
    });
    const answer = await exchange(edge.port, soapRequest(envelope('getDatabaseList')));
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).toContain('<faultstring>General error.</faultstring><detail>16</detail>');
    expect(answer).not.toMatch(/secret|TypeError|\.ts|at /);
    expect(edge.log.lines).toContainEqual({
      level: 'error',
      message: 'A mistake of ours in getDatabaseList',
      fields: { code: 'TWIN_INTERNAL', error: mistake },
    });
  });

  test('is given for an answer that the WSDL does not allow, never an empty success', async () => {
    edge = await startEdge({ answer: () => 'no list' });
    const answer = await exchange(edge.port, soapRequest(envelope('getDatabaseList')));
    expect(answer).toContain('<detail>16</detail>');
  });

  test.each([
    ['an empty body', ''],
    ['no XML', 'hello'],
    ['an unknown operation', envelope('constructor')],
    ['a DOCTYPE', `<!DOCTYPE a>${envelope('getDatabaseList')}`],
  ])('for %s blames the client and reaches no operation', async (_name, body) => {
    edge = await startEdge();
    const answer = await exchange(edge.port, soapRequest(body));
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).toContain('<faultcode>SOAP-ENV:Client</faultcode>');
    expect(answer).toContain('x-twintrack-hint: ');
    expect(edge.calls).toEqual([]);
  });

  test('for a body over the limit comes with 413, even while the client still writes', async () => {
    edge = await startEdge({ settings: { maxBody: 1000 } });
    const answer = await exchange(edge.port, soapRequest('x'.repeat(900_000)));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain(
      '<faultstring>The request body is over the limit of 1000 bytes (setting maxBody).</faultstring>',
    );
  });

  test('for another packing than gzip comes with 415', async () => {
    edge = await startEdge();
    const answer = await exchange(edge.port, soapRequest('x', ['Content-Encoding: deflate']));
    expect(answer).toMatch(/^HTTP\/1\.1 415 /);
    expect(answer).toContain('SOAP-ENV:Client');
  });

  test('goes in the SOAP version of the request', async () => {
    edge = await startEdge({
      answer: () => {
        throw new ProductFault(17, 'Session Dropped.', 'hint');
      },
    });
    const body = envelope('getDatabaseList').replace(
      'http://schemas.xmlsoap.org/soap/envelope/',
      'http://www.w3.org/2003/05/soap-envelope',
    );
    const answer = await exchange(edge.port, soapRequest(body));
    expect(answer).toContain('Content-Type: application/soap+xml; charset=utf-8\r\n');
    expect(answer).toContain('http://www.w3.org/2003/05/soap-envelope');
  });
});

describe('another method', () => {
  const ask = (method: string, path = '/cgi-bin/ttsoapcgi.exe') =>
    exchange(edge.port, `${method} ${path} HTTP/1.1\r\nHost: tt.example:81\r\n\r\n`);

  test('GET explains how to call', async () => {
    edge = await startEdge();
    const answer = await ask('GET');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('Content-Type: text/plain; charset=utf-8\r\n');
    expect(answer).toContain('The WSDL: http://tt.example:81/cgi-bin/ttsoapcgi.exe?wsdl');
  });

  test('GET with ?wsdl gives the WSDL with the address that was asked', async () => {
    edge = await startEdge();
    const answer = await ask('GET', '/scripts/ttsoapcgi.exe?WSDL');
    expect(answer).toContain('location="http://tt.example:81/scripts/ttsoapcgi.exe"');
  });

  test('HEAD has no body', async () => {
    edge = await startEdge();
    expect(await ask('HEAD')).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n$/);
  });

  test('OPTIONS tells the methods and nothing about other origins', async () => {
    edge = await startEdge();
    const answer = await ask('OPTIONS');
    expect(answer).toMatch(/^HTTP\/1\.1 204 /);
    expect(answer).toContain('Allow: POST, GET, HEAD, OPTIONS\r\n');
    expect(answer).not.toMatch(/access-control/i);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'PROPFIND'])('%s is refused with 405', async (method) => {
    edge = await startEdge();
    const answer = await ask(method);
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain('Allow: POST, GET, HEAD, OPTIONS\r\n');
  });
});

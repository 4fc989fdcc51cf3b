import * as crypto from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type GuardOptions, isLoopbackHost, refusalOf } from '../../src/control/guard.ts';
import { controlRoutes } from '../../src/control/routes.ts';
import { startTwin } from '../../src/twin.ts';
import { startPages } from '../support/pages.ts';
import { exchange } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const local: GuardOptions = { token: undefined, boundHost: '127.0.0.1', allowedHosts: [] };

function request(headers: Record<string, string>, remoteAddress = '127.0.0.1'): IncomingMessage {
  return {
    headers: { host: 'localhost:8080', ...headers },
    socket: { remoteAddress },
  } as unknown as IncomingMessage;
}

describe('without a token', () => {
  test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('a client at %s is let in', (address) => {
    expect(refusalOf(request({}, address), local)).toBeUndefined();
  });

  test.each(['192.168.1.5', '10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '1270.0.0.1'])(
    'a client at %s is told to use a token',
    (address) => {
      expect(refusalOf(request({}, address), local)).toMatchObject({
        status: 403,
        message: expect.stringContaining('--admin-token'),
      });
    },
  );

  test('a request that a proxy on this machine passes on is refused', () => {
    expect(refusalOf(request({ 'x-forwarded-for': '203.0.113.9' }), local)?.status).toBe(403);
    expect(refusalOf(request({ forwarded: 'for=203.0.113.9' }), local)?.status).toBe(403);
    expect(refusalOf(request({ 'x-forwarded-host': 'twin.example' }), local)?.status).toBe(403);
    expect(refusalOf(request({ 'x-forwarded-proto': 'https' }), local)?.status).toBe(403);
  });
});

describe('with a token', () => {
  const guarded = { ...local, token: 'open sesame' };

  test('a request that shows it is let in, from anywhere', () => {
    expect(refusalOf(request({ authorization: 'Bearer open sesame' }, '10.0.0.1'), guarded)).toBeUndefined();
    expect(refusalOf(request({ authorization: 'bearer  open sesame' }), guarded)).toBeUndefined();
  });

  test.each([
    {},
    { authorization: 'Bearer open' },
    { authorization: 'Bearer open sesame!' },
    { authorization: 'Basic b3Blbg==' },
  ])('a request that does not is refused with 401, on this machine too (%j)', (headers) => {
    expect(refusalOf(request(headers as Record<string, string>), guarded)?.status).toBe(401);
  });
});

test('a token of any length is compared by digests of one length, in constant time', () => {
  const guarded = { ...local, token: 'open sesame' };
  const compared = vi.mocked(crypto.timingSafeEqual);
  compared.mockClear();
  for (const shown of ['o', 'open sesamf', 'open sesame', 'x'.repeat(5000)]) {
    refusalOf(request({ authorization: `Bearer ${shown}` }), guarded);
  }
  expect(compared.mock.calls.map((pair) => pair.map(({ byteLength }) => byteLength))).toEqual(
    Array.from({ length: 4 }, () => [32, 32]),
  );
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['LocalHost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
  ['127.0.0.1.example', false],
])('whether only this machine reaches %s: %s', (host, isLocal) => {
  expect(isLoopbackHost(host)).toBe(isLocal);
});

describe('the Host header', () => {
  test.each([
    'localhost',
    'localhost:8080',
    'LOCALHOST',
    'tt.localhost:1',
    '127.0.0.1:8080',
    '127.1.2.3',
    '[::1]:8080',
  ])('%s is ours', (host) => {
    expect(refusalOf(request({ host }), local)).toBeUndefined();
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '',
    'notlocalhost',
    'a b',
  ])('"%s" is refused: a page that was given our address by its own name server could send it', (host) => {
    expect(refusalOf(request({ host }), local)).toMatchObject({
      status: 403,
      message: expect.stringContaining('--allow-host'),
    });
  });

  test('may be the bound host or an allowed one', () => {
    expect(
      refusalOf(request({ host: 'tt.example:80' }), { ...local, boundHost: 'tt.example' }),
    ).toBeUndefined();
    expect(
      refusalOf(request({ host: 'twin:8080' }), { ...local, allowedHosts: ['other', 'Twin'.toLowerCase()] }),
    ).toBeUndefined();
  });

  test('may be any address when bound to all of them, but no strange name', () => {
    const everywhere = { ...local, boundHost: '0.0.0.0' };
    expect(refusalOf(request({ host: '192.168.1.5:8080' }), everywhere)).toBeUndefined();
    expect(refusalOf(request({ host: 'evil.example' }), everywhere)?.status).toBe(403);
  });
});

describe('a browser', () => {
  test.each([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('that shows a page of another origin is refused (%j)', (headers) => {
    expect(refusalOf(request(headers as Record<string, string>), local)?.status).toBe(403);
  });

  test.each([
    { origin: 'http://localhost:8080' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin' },
  ])('that shows our own page is let in (%j)', (headers) => {
    expect(refusalOf(request(headers as Record<string, string>), local)).toBeUndefined();
  });
});

describe('every control route', () => {
  let started: Awaited<ReturnType<typeof startPages>>;
  afterEach(() => started.edge.listener.close());

  const paths = [...controlRoutes, { path: '/__admin/nowhere' }, { path: '/__admin/worlds/%zz' }];
  const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];
  const all = [...new Set(paths.map(({ path }) => path))].flatMap((path) =>
    everyMethod.map((method) => ({ method, path })),
  );

  test('is refused with 401 without the token, whatever the method', async () => {
    started = await startPages({ token: 'open sesame' });
    for (const { method, path } of all) {
      const { status, headers } = await fetch(started.url + path, { method });
      expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 401`);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="twintrack"');
    }
    expect(started.runner.clock.now()).toBe(Date.parse('2026-01-31T09:15:00Z'));
  });

  test('is refused with 403 for a rebound name and for another origin', async () => {
    started = await startPages();
    for (const { method, path } of all) {
      for (const header of ['Host: evil.example', 'Host: localhost\r\nOrigin: http://evil.example']) {
        const answer = await exchange(
          started.edge.port,
          `${method} ${path} HTTP/1.1\r\n${header}\r\nConnection: close\r\n\r\n`,
        );
        expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      }
    }
  });

  test('answers with the token', async () => {
    started = await startPages({ token: 'open sesame' });
    const headers = { authorization: 'Bearer open sesame' };
    for (const { method, path, example } of controlRoutes) {
      const { body } = example ?? {};
      const { status } = await fetch(started.url + path.replace(/:\w+/g, 'checkout'), {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      // What stands behind the guard may say that there is no such thing, but it was reached.
      expect([200, 400, 404, 409], `${method} ${path}`).toContain(status);
    }
  });

  test('answers without CORS headers, a preflight too', async () => {
    started = await startPages();
    const preflight = { origin: 'http://evil.example', 'access-control-request-method': 'PUT' };
    for (const { method, path } of all) {
      for (const headers of [{}, { origin: started.url }, preflight] as Record<string, string>[]) {
        const { headers: answered } = await fetch(started.url + path, { method, headers });
        const cors = [...answered.keys()].filter((name) => name.startsWith('access-control-'));
        expect(cors, `${method} ${path}`).toEqual([]);
      }
    }
  });

  test('never shows the token in a message or in the log', async () => {
    started = await startPages({ token: 'open sesame' });
    const answer = await fetch(`${started.url}/__admin/health`, {
      headers: { authorization: 'Bearer wrong one' },
    });
    const told = (await answer.text()) + JSON.stringify(started.log.lines);
    expect(told).not.toMatch(/open sesame|wrong one/);
  });
});

test('a world is guarded as the twin is, however it is named', async () => {
  await using twin = await startTwin({ scenario: tinyScenario, adminToken: 'open sesame' });
  await using fork = await twin.fork('one');
  for (const { method, path } of controlRoutes) {
    for (const [address, headers] of [
      [twin.url + path, { 'x-twintrack-world': 'one' }],
      [`${twin.url}/w/one${path}`, {}],
      [fork.url + path, {}],
    ] as const) {
      const { status } = await fetch(address, { method, headers });
      expect(`${method} ${address} ${status}`).toBe(`${method} ${address} 401`);
    }
  }
});

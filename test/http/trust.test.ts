import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientOrigin } from '../../src/http/client-address.ts';
import { Trust, type TrustOptions } from '../../src/http/trust.ts';

function arrived(headers: Record<string, string>, remoteAddress = '127.0.0.1') {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, { host: 'twin:8080', ...headers });
  return { request, response: new ServerResponse(request) };
}

const refusal = (headers: Record<string, string>, options: TrustOptions = {}) => {
  const { request, response } = arrived(headers);
  return new Trust(options).refusalOfCall(request, response);
};

describe('a call', () => {
  test.each([
    {},
    { origin: 'http://twin:8080' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ])('of a client or of the twin’s own pages is let in: %j', (headers) => {
    expect(refusal(headers)).toBeUndefined();
  });

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://twin:9090' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('of a page of another site is refused: %j', (headers) => {
    expect(refusal(headers)).toContain('--allow-origin');
    expect(refusal(headers, { allowedOrigins: ['https://app.example'] })).toContain('--allow-origin');
  });

  test('of an allowed site is let in, and its page may read the answer', () => {
    const { request, response } = arrived({
      origin: 'https://app.example',
      'sec-fetch-site': 'cross-site',
      'access-control-request-method': 'POST',
    });
    const trust = new Trust({ allowedOrigins: ['https://app.example/'] });
    expect(trust.refusalOfCall(request, response)).toBeUndefined();
    expect(response.getHeader('access-control-allow-origin')).toBe('https://app.example');
    expect(response.getHeader('access-control-allow-methods')).toBe('GET, POST');
    expect(response.getHeader('vary')).toBe('Origin');
  });
});

describe('what a proxy says of its client', () => {
  const origin = (headers: Record<string, string>, from: string, options: TrustOptions = {}) => {
    const { request } = arrived(headers, from);
    new Trust(options).dropForwarded(request);
    return clientOrigin(request);
  };
  const old = { 'x-forwarded-host': 'tt.example.com', 'x-forwarded-proto': 'https' };
  const standard = { forwarded: 'for=10.1.1.1;host="tt.example.com";proto=https, for=10.2.2.2' };

  test.each([old, standard])('is believed from this machine: %j', (headers) => {
    for (const from of ['127.0.0.1', '127.3.4.5', '::1', '::ffff:127.0.0.1']) {
      expect(origin(headers, from), from).toBe('https://tt.example.com');
    }
  });

  test('is believed from elsewhere only when the address is named', () => {
    expect(origin(old, '10.0.0.7')).toBe('http://twin:8080');
    expect(origin(old, '10.0.0.7', { trustedProxies: ['10.0.0.8'] })).toBe('http://twin:8080');
    expect(origin(old, '10.0.0.7', { trustedProxies: ['10.0.0.0/24'] })).toBe('https://tt.example.com');
    expect(origin(old, '::ffff:10.0.0.7', { trustedProxies: ['10.0.0.7'] })).toBe('https://tt.example.com');
    expect(origin(old, 'fd00::7', { trustedProxies: ['fd00::/8'] })).toBe('https://tt.example.com');
  });

  test('is taken out before the control looks, which then sees a stranger', () => {
    const { request } = arrived({ 'x-forwarded-for': '127.0.0.1', ...old }, '10.0.0.7');
    new Trust().dropForwarded(request);
    expect(request.headers['x-forwarded-for']).toBeUndefined();
  });
});

test.each([
  [{ allowedOrigins: ['app.example'] }, '"app.example" is no origin of a site'],
  [{ allowedOrigins: ['https://app.example/path'] }, '--allow-origin'],
  [{ allowedOrigins: ['*'] }, '"*" is no origin'],
  [{ trustedProxies: ['proxy.example'] }, '"proxy.example" is no address of a proxy'],
  [{ trustedProxies: ['10.0.0.0/33'] }, '--trust-proxy'],
  [{ trustedProxies: ['10.0.0.0/'] }, '--trust-proxy'],
])('what is no address stops the start: %j', (options, message) => {
  expect(() => new Trust(options)).toThrow(message);
});

import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientOrigin } from '../../src/http/client-address.ts';

const request = (headers: Record<string, string>, localAddress = '127.0.0.1') =>
  ({ headers, socket: { localAddress, localPort: 8080 } }) as unknown as IncomingMessage;

test.each([
  ['the Host header is the address', { host: 'tt.example:8081' }, 'http://tt.example:8081'],
  ['IPv6 addresses keep their brackets', { host: '[::1]:8080' }, 'http://[::1]:8080'],
  ['a proxy can say https', { host: 'tt.example', 'x-forwarded-proto': 'https' }, 'https://tt.example'],
  [
    'the proxy nearest to the client counts',
    { host: 'inner', 'x-forwarded-host': 'outer.example, inner', 'x-forwarded-proto': 'https, http' },
    'https://outer.example',
  ],
  ['any other scheme is http', { host: 'a', 'x-forwarded-proto': 'javascript' }, 'http://a'],
  ['a host that is none is not repeated', { host: 'a"><script>' }, 'http://127.0.0.1:8080'],
  ['a missing host is made up for', {}, 'http://127.0.0.1:8080'],
])('%s', (_name, headers, origin) => {
  expect(clientOrigin(request(headers as Record<string, string>))).toBe(origin);
});

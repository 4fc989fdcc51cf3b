import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlRoutes } from '../../src/control/routes.ts';
import { startPages } from '../support/pages.ts';
import { exchange } from '../support/raw-http.ts';

let started: Awaited<ReturnType<typeof startPages>>;
beforeAll(async () => {
  started = await startPages();
});
afterAll(() => started.edge.listener.close());

const get = (path: string, init?: RequestInit) => fetch(started.url + path, init);

test('the index page lists every address, as the client reaches it', async () => {
  const text = await (await get('/')).text();
  for (const path of ['/ttsoapcgi.wsdl', '/cgi-bin/ttsoapcgi.exe', '/run/rpc.mpl'])
    expect(text).toContain(started.url + path);
  for (const { path } of controlRoutes) expect(text).toContain(started.url + path);
});

test('the index page shows no markup that a client sent', async () => {
  const answer = await exchange(
    started.edge.port,
    'GET / HTTP/1.1\r\nHost: "><script>\r\nConnection: close\r\n\r\n',
  );
  expect(answer).not.toContain('<script');
});

describe('the WSDL', () => {
  test.each([
    ['/ttsoapcgi.wsdl', '/cgi-bin/ttsoapcgi.exe'],
    ['/scripts/ttsoapcgi.wsdl', '/scripts/ttsoapcgi.exe'],
  ])('at %s announces %s on the host that the client used', async (path, soapPath) => {
    const answer = await exchange(
      started.edge.port,
      `GET ${path} HTTP/1.1\r\nHost: tt.example:81\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('Content-Type: text/xml; charset=utf-8\r\n');
    expect(answer).toContain(`location="http://tt.example:81${soapPath}"`);
  });
});

test('every page forbids scripts, frames and guessing', async () => {
  for (const path of ['/', '/ttsoapcgi.wsdl', '/nowhere', '/__admin/health', '/twintrack.css']) {
    const { headers } = await get(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test.each([
  ['/ttsoapcgi.wsd', 'Did you mean GET /ttsoapcgi.wsdl?'],
  ['/cgi-bin/ttsoap.exe', 'Did you mean POST /cgi-bin/ttsoapcgi.exe?'],
  ['/atm/rpc.mpl', 'Did you mean GET /run/rpc.mpl?'],
])('the unknown path %s is answered with 404 and the nearest address', async (path, hint) => {
  const answer = await get(path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe(
    `There is nothing at this path. ${hint} The page at / lists every address.\n`,
  );
});

test.each([
  ['POST', '/ttsoapcgi.exe', 'Did you mean POST /cgi-bin/ttsoapcgi.exe?'],
  ['POST', '/soap/TTSoapCGI.exe/', 'Did you mean POST /scripts/ttsoapcgi.exe?'],
  ['POST', '/rpc.mpl', 'Did you mean POST /run/rpc.mpl?'],
  ['HEAD', '/wsdl/ttsoapcgi.wsdl', ''],
  ['PUT', '/__admi/clock', 'Did you mean PUT /__admin/clock?'],
])(
  '%s %s, which is nowhere, is in the log and in the journal with what was probably meant',
  async (method, path, hint) => {
    const answer = await fetch(started.url + path, { method, body: method === 'POST' ? '<x/>' : null });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(hint);
    const entry = started.worlds.main.journal.entries().at(-1);
    expect(entry).toMatchObject({ kind: 'refusal', refusal: { status: 404, text: `${method} ${path}` } });
    expect(JSON.stringify(entry)).toContain(hint);
    expect(started.log.lines.map(({ message }) => message)).toContainEqual(expect.stringContaining(hint));
  },
);

test('a call to a page that can only be read is told where calls go', async () => {
  const answer = await fetch(`${started.url}/ttsoapcgi.wsdl`, { method: 'POST', body: '<x/>' });
  expect(answer.status).toBe(405);
  expect(await answer.text()).toContain('Did you mean POST /cgi-bin/ttsoapcgi.exe?');
});

test('a path that cannot be decoded is no mistake of ours', async () => {
  const answer = await get('/%zz');
  expect(answer.status).toBe(404);
});

test.each(['PUT', 'DELETE', 'POST', 'PATCH'])(
  '%s on a page is refused with what is allowed',
  async (method) => {
    const answer = await get('/ttsoapcgi.wsdl', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  },
);

test('HEAD and OPTIONS work on a page', async () => {
  expect((await get('/', { method: 'HEAD' })).status).toBe(200);
  const options = await get('/', { method: 'OPTIONS' });
  expect(options.status).toBe(204);
  expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
});

import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlRoutes } from '../../src/control/routes.ts';
import { startPages } from '../support/pages.ts';

let started: Awaited<ReturnType<typeof startPages>>;
beforeAll(async () => {
  started = await startPages();
});
afterAll(() => started.edge.listener.close());

const ask = () => supertest(started.url);

test('the index page lists every address, as the client reaches it', async () => {
  const { text } = await ask().get('/');
  for (const path of ['/ttsoapcgi.wsdl', '/cgi-bin/ttsoapcgi.exe', '/run/rpc.mpl'])
    expect(text).toContain(started.url + path);
  for (const { path } of controlRoutes) expect(text).toContain(started.url + path);
});

test('the index page leads to the console, and says which world it is of and where its state lives', async () => {
  const { text } = await ask().get('/');
  expect(text).toContain(`<a href="${started.url}/__console">The console</a>`);
  expect(text).toContain('<strong>main</strong>');
  expect(text).toContain('lives in memory until the twin ends');
});

test('the console allows its own script only, and is found below other prefixes', async () => {
  const { text, headers } = await ask().get('/__console').expect(200);
  expect(headers['content-security-policy']).toMatch(/script-src 'self';/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(text).not.toMatch(/(?:src|href)="\//);
  await ask().get('/__console/').expect(302).expect('location', '../__console');
  await ask()
    .get('/__console/main.js')
    .expect('content-type', /javascript/)
    .expect(200);
  await ask().get('/__console/console.css').expect('content-type', /css/).expect(200);
});

test('a browser keeps script and style of the console for good under the names that the page gives them', async () => {
  const { text, headers } = await ask().get('/__console').expect('cache-control', 'no-cache');
  const named = [...text.matchAll(/(?:src|href)="(__console\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(named).toHaveLength(2);
  for (const path of named) {
    const { etag = '' } = (
      await ask().get(`/${path}`).expect('cache-control', 'private, max-age=31536000, immutable')
    ).headers;
    // Another one than the page names is asked for again, so that no page runs an old script.
    for (const old of [path.replace(/\?.*/, ''), path.replace(/\?.*/, '?v=old'), `${path}&v=old`])
      await ask().get(`/${old}`).set('if-none-match', etag).expect('cache-control', 'no-cache').expect(304);
  }
  await ask()
    .get('/__console')
    .set('if-none-match', headers.etag ?? '')
    .expect(304);
});

test('the index page shows no markup that a client sent', async () => {
  const { text } = await ask().get('/').set('Host', '"><script>');
  expect(text).not.toContain('<script');
});

describe('the WSDL', () => {
  test.each([
    ['/ttsoapcgi.wsdl', '/cgi-bin/ttsoapcgi.exe'],
    ['/scripts/ttsoapcgi.wsdl', '/scripts/ttsoapcgi.exe'],
  ])('at %s announces %s on the host that the client used', async (path, soapPath) => {
    const answer = await ask().get(path).set('Host', 'tt.example:81');
    expect(answer.type).toBe('text/xml');
    expect(answer.charset).toBe('utf-8');
    expect(answer.text).toContain(`location="http://tt.example:81${soapPath}"`);
  });
});

test('every page forbids scripts, frames and guessing', async () => {
  for (const path of ['/', '/ttsoapcgi.wsdl', '/nowhere', '/__admin/health', '/twintrack.css']) {
    const { headers } = await ask()
      .get(path)
      .expect('content-security-policy', /^default-src 'none';/)
      .expect('x-content-type-options', 'nosniff')
      .expect('x-frame-options', 'DENY');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
});

test.each([
  ['/ttsoapcgi.wsd', 'Did you mean GET /ttsoapcgi.wsdl?'],
  ['/cgi-bin/ttsoap.exe', 'Did you mean POST /cgi-bin/ttsoapcgi.exe?'],
  ['/atm/rpc.mpl', 'Did you mean GET /run/rpc.mpl?'],
])('the unknown path %s is answered with 404 and the nearest address', async (path, hint) => {
  await ask()
    .get(path)
    .expect(404, `There is nothing at this path. ${hint} The page at / lists every address.\n`);
});

test.each([
  ['POST', '/ttsoapcgi.exe', 'Did you mean POST /cgi-bin/ttsoapcgi.exe?'],
  ['POST', '/soap/TTSoapCGI.exe/', 'Did you mean POST /scripts/ttsoapcgi.exe?'],
  ['POST', '/rpc.mpl', 'Did you mean POST /run/rpc.mpl?'],
  ['HEAD', '/wsdl/ttsoapcgi.wsdl', ''],
  ['PUT', '/__admi/clock', 'Did you mean PUT /__admin/clock?'],
  ['PUT', '/__admin/clok', 'Did you mean PUT /__admin/clock?'],
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
  await ask().get('/%zz').expect(404);
});

test.each(['put', 'delete', 'post', 'patch'] as const)(
  '%s on a page is refused with what is allowed',
  async (method) => {
    await ask()[method]('/ttsoapcgi.wsdl').expect(405).expect('allow', 'GET, HEAD, OPTIONS');
  },
);

test('HEAD and OPTIONS work on a page', async () => {
  await ask().head('/').expect(200);
  await ask().options('/').expect(204).expect('allow', 'GET, HEAD, OPTIONS');
});

/** Every method on every path (item 17 of the list of attacks): a clear answer, no stack, and the twin lives. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlRoutes } from '../../src/control/routes.ts';
import { startTwin, type Twin } from '../../src/index.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';

let twin: Twin;
beforeAll(async () => {
  twin = await startTwin({ scenario: tinyScenario });
});
afterAll(() => twin.close());

const paths = [
  '/',
  '/twintrack.css',
  '/ttsoapcgi.wsdl',
  '/scripts/ttsoapcgi.wsdl',
  '/cgi-bin/ttsoapcgi.exe',
  '/scripts/ttsoapcgi.exe',
  '/run/rpc.mpl',
  '/atm/run/rpc.mpl',
  '/nowhere',
  '/%zz/..%2f',
  '//',
  '*',
  ...new Set(controlRoutes.map(({ path }) => path)),
];
/** What a request is answered with; of a stream, what it begins with. */
async function answerTo(method: string, path: string): Promise<string> {
  const request = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`;
  if (method !== 'GET' || path !== '/__admin/events') return exchange(twin.port, request);
  const connection = (await RawConnection.open(twin.port)).send(request);
  await connection.until(/\r\n\r\n/);
  connection.socket.destroy();
  return connection.received;
}

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'CONNECT',
  'BREW',
];

describe.each(methods)('%s', (method) => {
  test.each(paths)('%s', async (path) => {
    const answer = await answerTo(method, path);
    if (method !== 'CONNECT') expect(answer).toMatch(/^HTTP\/1\.1 (200|204|400|404|405|409|500) /);
    expect(answer).not.toMatch(/^ {4}at |\.ts:\d|node_modules|Access-Control/im);
    if (method === 'HEAD') expect(answer).toMatch(/\r\n\r\n$/);
    expect((await fetch(`${twin.url}/__admin/health`)).status).toBe(200);
  });
});

test('no answer but a SOAP fault has the status 500', async () => {
  for (const path of paths.filter((candidate) => !candidate.endsWith('.exe'))) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const answer = await answerTo(method, path);
      expect(`${method} ${path} ${answer.slice(9, 12)}`).not.toMatch(/ 500$/);
    }
  }
});

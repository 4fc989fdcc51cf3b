import { afterEach, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { soapHead } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';

let twin: Twin;
afterEach(() => twin.close());

/** What the journal says of the one request that came. */
async function noted(count = 1) {
  await expect.poll(() => twin.journal.entries().length).toBe(count);
  return twin.journal.entries().at(-1);
}

const line = (start: string, headers = '') =>
  `${start} HTTP/1.1\r\nHost: twin\r\nConnection: close\r\n${headers}\r\n`;
const rpc = '/run/rpc.mpl?rpctoken=open';

test.each([
  [
    'a method that the CGI does not know',
    line('PUT /cgi-bin/ttsoapcgi.exe'),
    'testtrack',
    405,
    'PUT: Send SOAP',
  ],
  ['a method that rpc.mpl does not know', line(`DELETE ${rpc}`), 'aptest', 405, 'DELETE: Send commands'],
  ['a URL that is too long', line(`GET ${rpc}&x=${'y'.repeat(33_000)}`), 'aptest', 414, 'maxUrl'],
  [
    'headers that are too long',
    line(`GET ${rpc}`, `X-Y: ${'y'.repeat(70_000)}\r\n`),
    'aptest',
    431,
    'maxHeaders',
  ],
  [
    'a world that is not there',
    line('POST /w/nowhere/cgi-bin/ttsoapcgi.exe'),
    'testtrack',
    404,
    'no world "nowhere"',
  ],
  ['what is no HTTP', 'HELO twin\r\n\r\n', 'testtrack', 400, 'not readable as HTTP'],
  ['a proxy’s request', line('CONNECT twin:443'), 'testtrack', 405, 'CONNECT'],
  [
    'an envelope that is no XML',
    `${line('POST /cgi-bin/ttsoapcgi.exe', 'Content-Length: 2\r\n')}{}`,
    'testtrack',
    500,
    'End of file',
  ],
] as const)('the journal shows %s', async (_what, request, api, status, text) => {
  twin = await startTwin({ scenario: tinyScenario });
  await exchange(twin.port, request);
  expect(await noted()).toMatchObject({ api, refused: { status, text: expect.stringContaining(text) } });
});

test.each([
  ['of the CGI', soapHead(['Content-Length: 100']), 'testtrack'],
  ['of rpc.mpl', line(`POST ${rpc}`, 'Content-Length: 100\r\n'), 'aptest'],
  [
    'of an upload',
    line(`POST ${rpc}`, 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100\r\n'),
    'aptest',
  ],
])('the journal shows a client %s that left before its request was whole', async (_what, head, api) => {
  twin = await startTwin({ scenario: tinyScenario });
  const connection = await RawConnection.open(twin.port);
  connection.send(`${head}--b`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  connection.cut();
  expect(await noted()).toMatchObject({ api, refused: { status: 0 } });
});

test('the first upload, for which code is still being loaded, is in the journal too when its client leaves', async () => {
  twin = await startTwin({ scenario: tinyScenario });
  const connection = await RawConnection.open(twin.port);
  const head = 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100\r\n\r\n';
  connection.send(`POST /run/rpc.mpl HTTP/1.1\r\nHost: a\r\n${head}--b`).cut();
  expect(await noted()).toMatchObject({ api: 'aptest', refused: { status: 0 } });
});

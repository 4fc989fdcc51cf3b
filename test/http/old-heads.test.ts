import { afterEach, describe, expect, test } from 'vitest';
import { makeCredentials } from '../../src/http/tls/made-credentials.ts';
import { startTwin, type Twin } from '../../src/twin.ts';
import { envelope } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { secureConnection } from '../support/tls.ts';

let twin: Twin;
afterEach(() => twin.close());

const start = async (options: Parameters<typeof startTwin>[0] = {}) => {
  twin = await startTwin({ scenario: tinyScenario, ...options });
};
const body = envelope('getDatabaseList');
const answered = /<ttns:getDatabaseListResponse>/g;
const rpcTarget = '/run/rpc.mpl?rpctoken=open&username=ann&command=getSuiteList';

/** A call as production programs write it: every line ends as `end` says, the empty one with CR LF. */
const call = (fields: readonly string[] = [], end = '\n', text = body) =>
  [
    'POST /cgi-bin/ttsoapcgi.exe HTTP/1.1',
    'Host: twin',
    'Content-Type: text/xml; charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    ...fields,
    '\r\n',
  ].join(end) + text;
const keep = ['Connection: keep-alive'];
const countOf = (answer: string) => answer.match(answered)?.length;

describe('a head with bare line feeds', () => {
  test.each([
    ['and an empty line with CR LF', call()],
    ['and an empty line with LF', call().replace('\r\n', '\n')],
    ['whose last header ends with CR LF', call().replace('\n\r\n', '\r\n\r\n')],
    ['of HTTP/1.0', call().replace('HTTP/1.1', 'HTTP/1.0')],
    ['and a body with CR LF of its own', call([], '\n', `\r\n${body}\r\n`)],
  ])('%s is read', async (_what, request) => {
    await start();
    expect(await exchange(twin.port, request)).toMatch(answered);
  });

  test('is read however its bytes are cut', async () => {
    await start();
    const connection = await RawConnection.open(twin.port);
    for (const byte of Buffer.from(call())) {
      connection.send(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    expect(await connection.untilClosed()).toMatch(answered);
  });

  test('is read again and again on a kept connection, also several at once, and a chunked call behind', async () => {
    await start();
    const connection = await RawConnection.open(twin.port);
    connection.send(call(keep));
    await connection.until(answered);
    connection.send(`${call(keep) + call(keep, '\r\n')}\r\n${call(keep)}`);
    await connection.until(/(?:<ttns:getDatabaseListResponse>[\s\S]*){4}/);
    const chunked = call(['Transfer-Encoding: chunked'], '\n', '').replace('Content-Length: 0\n', '');
    connection.send(`${chunked}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    expect(countOf(await connection.untilClosed())).toBe(5);
  });

  test('is read over TLS', async () => {
    const folder = new ScenarioFolder();
    const { cert, key } = await makeCredentials({ hosts: ['127.0.0.1'], now: Date.now() });
    await start({ tls: { cert: folder.write('c.pem', cert), key: folder.write('k.pem', key) } });
    folder.remove();
    const socket = await secureConnection(twin.port, { ca: cert });
    let answer = '';
    socket.on('data', (piece: Buffer) => {
      answer += piece.toString();
    });
    socket.write(call());
    await new Promise((resolve) => socket.on('close', resolve));
    expect(answer).toMatch(answered);
  });

  test('may ask for leave to send its body, and may have a long one', async () => {
    await start();
    const long = envelope('getDatabaseList', `<x>${'y'.repeat(300_000)}</x>`);
    const request = call(['Expect: 100-continue'], '\n', long);
    const connection = await RawConnection.open(twin.port);
    const at = request.indexOf('\r\n\r\n') < 0 ? request.indexOf('\n\r\n') + 3 : 0;
    connection.send(request.slice(0, at));
    await connection.until(/100 Continue/);
    connection.send(request.slice(at));
    expect(await connection.untilClosed()).toMatch(answered);
  });

  test('ends with the twin, kept or half sent', async () => {
    await start({ settings: { closeGrace: '10s' } });
    const [kept, half] = [await RawConnection.open(twin.port), await RawConnection.open(twin.port)];
    kept.send(call(keep));
    await kept.until(answered);
    half.send('POST /cgi-bin');
    await twin.close();
    await Promise.all([kept.untilClosed(), half.untilClosed()]);
  });
});

describe('what two readers could read differently is refused, and in the journal', () => {
  test.each([
    ['two lengths', call(['Content-Length: 5']), 'two lengths'],
    ['two equal lengths', call([`Content-Length: ${body.length}`]), 'two lengths'],
    ['a length and chunks', call(['Transfer-Encoding: chunked']), 'a length and chunks'],
    ['a length that is no number', call([], '\n', '').replace('Length: 0', 'Length: +5'), 'no number'],
    ['a blank in a name', call(['X Y: 1']), 'a blank in its name'],
    ['a blank before the colon', call(['X-Y : 1']), 'a blank in its name'],
    ['a folded line', call(['X-Y: 1', ' Content-Length: 5']), 'folded'],
    ['a CR inside a line', call(['X-Y: 1\rContent-Length: 5']), 'a CR that no LF follows'],
    ['a CR inside the request line', call().replace(' HTTP', '\r HTTP'), 'a CR that no LF follows'],
  ])('%s', async (_what, request, why) => {
    await start();
    const answer = await exchange(twin.port, request + call());
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(answered);
    expect(answer).toContain(why);
    expect(twin.journal.entries()).toMatchObject([{ api: 'testtrack', refused: { status: 400 } }]);
  });

  test.each([
    ['a bare line feed among lines with CR LF', call(['X-Y: 1\nContent-Length: 5'], '\r\n')],
    ['a bare CR among lines with CR LF', call(['X-Y: 1\rContent-Length: 5'], '\r\n')],
    [
      'a bare line feed in a head with a byte beyond ASCII',
      call(['X-Y: 1\nZ: 5'], '\r\n').replace('.exe', '.exe?\xfc'),
    ],
  ])('%s', async (_what, request) => {
    await start();
    expect(await exchange(twin.port, request)).toMatch(/^HTTP\/1\.1 400 /);
    expect(twin.journal.entries()).toMatchObject([{ refused: { status: 400 } }]);
  });

  test('a second request hidden behind a length is a body, and behind a body a request', async () => {
    await start();
    const hidden = call();
    const outer = call(keep, '\n', hidden);
    expect(countOf(await exchange(twin.port, outer + call()))).toBe(1);
    expect(twin.journal.entries()).toHaveLength(2);
  });
});

describe('a request line with bytes beyond ASCII', () => {
  const line = (target: string, end = '\r\n') => `GET ${target} HTTP/1.1${end}Host: twin${end}${end}`;

  test.each(['\r\n', '\n'])('reaches rpc.mpl with line ends %j', async (end) => {
    await start();
    const utf8 = Buffer.from('Grüße').toString('latin1');
    expect(await exchange(twin.port, line(`${rpcTarget}&note=${utf8}`, end))).toMatch(/\r\n\r\n0\nSmall\n$/);
  });

  test('reaches it too when a kept connection sent others before, and goes on to be kept', async () => {
    await start();
    const kept = (target: string) =>
      line(target).replace('Host: twin', 'Host: twin\r\nConnection: keep-alive');
    const connection = await RawConnection.open(twin.port);
    connection.send(kept(rpcTarget));
    await connection.until(/Small\n$/);
    const targets = [`${rpcTarget}&note=\xfc`, rpcTarget, `${rpcTarget}&note=\xe4`];
    for (const [at, target] of targets.entries()) {
      connection.send(kept(target));
      await connection.until(new RegExp(`(?:0\\nSmall\\n[\\s\\S]*){${at + 2}}`));
    }
    connection.send(line(rpcTarget));
    expect((await connection.untilClosed()).match(/0\nSmall\n/g)).toHaveLength(5);
    expect(twin.journal.entries()).toHaveLength(5);
  });

  test('is no way to hide a request in the headers of another', async () => {
    await start();
    const connection = await RawConnection.open(twin.port);
    connection.send('POST /cgi-bin/ttsoapcgi.exe HTTP/1.1\r\nHost: twin\r\nX-Y: a\r\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    connection.send(line(`${rpcTarget}&note=\xfc`));
    expect(await connection.untilClosed()).toMatch(/^HTTP\/1\.1 400 [\s\S]*not readable as HTTP/);
  });

  test('is the only thing that is written anew: its headers keep their bytes', async () => {
    await start();
    const request = line(`${rpcTarget}&note=\xfc`).replace('Host: twin', 'Host: twin\r\nX-Y: \xfc');
    expect(await exchange(twin.port, request)).toMatch(/0\nSmall\n$/);
  });
});

test('a client that never ends its first line is told that it is too slow', async () => {
  await start({ settings: { headersTimeout: '80ms' } });
  const connection = await RawConnection.open(twin.port);
  connection.send('GET /run/rpc');
  expect(await connection.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
  expect(twin.journal.entries()).toMatchObject([{ refused: { status: 408 } }]);
});

test('a client that closes its side within the first line is told so', async () => {
  await start();
  const connection = await RawConnection.open(twin.port);
  connection.send('GET /run/rpc').socket.end();
  expect(await connection.untilClosed()).toMatch(/^HTTP\/1\.1 400 /);
  const silent = await RawConnection.open(twin.port);
  silent.socket.end();
  expect(await silent.untilClosed()).toBe('');
});

test.each([
  ['in its first request', ''],
  ['in a later request', call(keep, '\r\n')],
  ['in a later request, behind one of its own', call(keep)],
])(
  'a client that ends its side in a head beyond ASCII %s is told so, and nobody else notices',
  async (_, first) => {
    await start();
    for (const cut of [
      'GET /run/rpc.mpl?a=\xc5b HTTP/1.1\r\n',
      'GET /run/rpc.mpl?a=\xc5',
      'GET /\xc5 HTTP/1.1\r\nHost: a',
    ]) {
      const connection = await RawConnection.open(twin.port);
      if (first !== '') await connection.send(first).until(answered);
      connection.send(Buffer.from(cut, 'latin1')).socket.end();
      expect(await connection.untilClosed()).toMatch(/HTTP\/1\.1 400 /);
    }
    expect(await exchange(twin.port, call())).toMatch(answered);
  },
);

test.each([
  ['line', `GET /\xc5${'a'.repeat(100_000)}`],
  ['header', `GET /\xc5 HTTP/1.1\r\nA: ${'a'.repeat(100_000)}`],
  ['header with line feeds', `GET /\xc5 HTTP/1.1\nHost: a\nA: ${'a'.repeat(100_000)}`],
])('a head beyond ASCII with a %s that is too long is refused, and nobody else notices', async (_, head) => {
  await start();
  const connection = await RawConnection.open(twin.port);
  connection.send(Buffer.from(head, 'latin1')).socket.end();
  expect(await connection.untilClosed()).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(await exchange(twin.port, call())).toMatch(answered);
});

test('a handshake of TLS with a line feed among its random bytes is no head', async () => {
  await start();
  const hello = Buffer.concat([Buffer.from([0x16, 3, 1, 0, 9, 0x0a]), Buffer.alloc(8, 0x41)]);
  expect(await exchange(twin.port, hello)).toContain(
    'This port speaks plain HTTP, and the client begins with TLS.',
  );
});

import { appendFileSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ApTestClient, TestTrackClient } from '../../src/client/index.ts';
import { startTwin } from '../../src/index.ts';
import {
  Recorder,
  Redaction,
  StandIns,
  soapMessages,
  startProxy,
  targetOf,
  usualPaths,
} from '../../src/real/record/index.ts';
import type { PassedExchange } from '../../src/real/recording/redaction.ts';
import { sharedModel } from '../../src/wsdl/shared-model.ts';
import { serverThat, temporaryFolder } from './servers.ts';

const password = 'n0t <for> "eyes" & é';

async function recorded(more: { testTrack?: string; apTest?: string } = {}) {
  const target = await startTwin({
    scenario: {
      twintrack: 1,
      clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
      testtrack: {
        projects: [
          {
            name: 'Project',
            users: [{ login: 'admin', password, last: 'Admin' }],
            defects: [{ summary: 'One' }],
          },
        ],
      },
      aptest: { token: 'tok-very-secret', users: ['lake'], suites: [{ name: 'Example', tests: ['a/b'] }] },
    },
  });
  onTestFinished(() => target.close());
  const folder = temporaryFolder();
  const [out, har] = [path.join(folder, 'a.jsonl'), path.join(folder, 'a.har')];
  const trust = {};
  const reach = { trust, timeoutMs: 5_000 };
  const testTrack = await targetOf(
    { ...reach, url: more.testTrack ?? target.soapUrl, option: '--target' },
    usualPaths.soap,
  );
  const apTest = await targetOf(
    { ...reach, url: more.apTest ?? target.rpcUrl, option: '--rpc-target' },
    usualPaths.rpc,
  );
  const recorder = new Recorder(
    { out, har, isForced: false },
    new Redaction(soapMessages(sharedModel()), new StandIns()),
    { startedAt: '2026-03-02T15:00:00Z', targets: [] },
  );
  const passed: PassedExchange[] = [];
  const failures: unknown[] = [];
  const proxy = await startProxy({
    mostKept: 64_000_000,
    targets: { testTrack, apTest },
    ...{ host: '127.0.0.1', port: 0, now: () => 0, stopwatch: () => 0 },
    onExchange: (exchange) => {
      passed.push(exchange);
      return recorder.add(exchange);
    },
    onFailure: (error) => failures.push(error),
  });
  onTestFinished(() => proxy.close());
  const lines = async () => {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await recorder.close();
    expect(failures).toEqual([]);
    return readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  return { target, proxy, passed, lines, out, har, recorder };
}

const envelopeOf = (body: string) =>
  `<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:x="http://www.w3.org/2001/XMLSchema-instance"><e:Body>${body}</e:Body></e:Envelope>`;
const logon = (secret: string) =>
  envelopeOf(
    `<n:DatabaseLogon xmlns:n="urn:testtrack-interface"><dbname>P</dbname><username>u</username><password x:type="x">${secret}</password></n:DatabaseLogon>`,
  );
const xml = 'text/xml; charset=utf-8';

/** A logon with the password hunter2, as stacks write it. */
const foreignRequests = {
  'a plain stack': { contentType: xml, body: logon('hunter2') },
  Axis: {
    contentType: xml,
    body: envelopeOf(
      '<n:DatabaseLogon xmlns:n="urn:testtrack-interface"><dbname>P</dbname><username>u</username><password href="#id0"/></n:DatabaseLogon><multiRef id="id0">hunter2</multiRef>',
    ),
  },
  'one with numeric references': { contentType: xml, body: logon('h&#117;nter2') },
  'SOAP::Lite with base64': {
    contentType: xml,
    body: logon('hunter2').replace('x:type="x"', 'x:type="x:base64"'),
  },
  'one in UTF-16': {
    contentType: 'text/xml; charset=utf-16',
    body: new Uint8Array(Buffer.from(`\ufeff${logon('hunter2')}`, 'utf16le')),
  },
  'one that breaks off': { contentType: xml, body: logon('hunter2').slice(0, -40) },
};

describe('a recording', () => {
  test('shows every call as values beside what went over the wire', async () => {
    const { proxy, lines, har } = await recorded();
    const tt = await TestTrackClient.logOn({
      url: proxy.url,
      project: 'Project',
      username: 'admin',
      password,
    });
    await tt.getDefect({ defectNumber: 1 });
    await tt.getDefect({ defectNumber: 2 }).catch(() => {});
    await tt.logOff();
    const ap = new ApTestClient({
      url: proxy.url,
      token: 'tok-very-secret',
      username: 'lake',
      suite: 'Example',
    });
    await ap.getTestsSuiteByname();
    const [head, ...exchanges] = await lines();
    expect(head).toMatchObject({ twintrackRecording: 1 });
    expect(
      exchanges.map(({ number, call, outcome }) => [number, call.operation ?? call.command, outcome.kind]),
    ).toEqual([
      [1, 'getProjectList', 'result'],
      [2, 'ProjectLogon', 'result'],
      [3, 'getDefect', 'result'],
      [4, 'getDefect', 'fault'],
      [5, 'DatabaseLogoff', 'result'],
      [6, 'getTestsSuiteByname', 'result'],
    ]);
    expect(exchanges[2].outcome.result.summary).toBe('One');
    expect(exchanges[2].answer.body.text).toContain('<summary>One</summary>');
    expect(exchanges[3].outcome.fault).toMatchObject({ detail: '6' });
    expect(exchanges[5].outcome.result).toEqual(['a.dir/b.bts']);
    expect(JSON.parse(readFileSync(har, 'utf8')).log.entries).toHaveLength(6);
  });

  test('holds stand-ins in the place of passwords, cookies and tokens, the same for the same', async () => {
    const { proxy, passed, lines, out, har } = await recorded();
    for (let round = 0; round < 2; round++) {
      const tt = await TestTrackClient.logOn({
        url: proxy.url,
        project: 'Project',
        username: 'admin',
        password,
      });
      await tt.getDefect({ defectNumber: 1 });
      await tt.addUser({ pUser: { lastname: 'New', loginname: `new${round}`, password: 'fresh-secret' } });
      await tt.logOff();
    }
    await fetch(`${proxy.url}/run/rpc.mpl?rpctoken=tok-very-secret&username=lake&command=getSuiteList`, {
      headers: { authorization: 'Basic bWU6c2VjcmV0', cookie: 'JSESSION=abc' },
    });
    const [, ...exchanges] = await lines();
    const written = readFileSync(out, 'utf8') + readFileSync(har, 'utf8');
    const cookies = passed.flatMap(
      ({ answer }) => /<ProjectLogonResult>|<cookie>(\d+)</.exec(answer.body.toString())?.[1] ?? [],
    );
    const sent = passed.flatMap(
      ({ request }) => /<cookie[^>]*>(\d+)</.exec(request.body.toString())?.[1] ?? [],
    );
    for (const secret of [
      password,
      'eyes',
      'fresh-secret',
      'tok-very-secret',
      'bWU6c2VjcmV0',
      'JSESSION',
      ...cookies,
      ...sent,
    ]) {
      expect(written, secret).not.toContain(secret);
    }
    const calls = exchanges.map(({ call }) => call);
    const logons = calls.filter(({ operation }) => operation === 'ProjectLogon');
    expect(logons.map(({ parts }) => parts.password)).toEqual(['secret-1', 'secret-1']);
    expect(
      exchanges.filter(({ call }) => call.operation === 'ProjectLogon').map(({ outcome }) => outcome.result),
    ).toEqual([900000001, 900000002]);
    expect(
      calls.filter(({ operation }) => operation === 'getDefect').map(({ parts }) => parts.cookie),
    ).toEqual([900000001, 900000002]);
  });

  test.each(Object.entries(foreignRequests))(
    'holds no secret of a request as %s writes it',
    async (_, { body, contentType }) => {
      const { proxy, lines, out } = await recorded();
      await fetch(`${proxy.url}/cgi-bin/ttsoapcgi.exe`, {
        method: 'POST',
        body,
        headers: { 'content-type': contentType },
      });
      await lines();
      const written = readFileSync(out, 'utf8');
      const bytes = [...written.matchAll(/"base64":"([^"]+)"/g)].map(([, text = '']) =>
        Buffer.from(text, 'base64'),
      );
      for (const form of ['hunter2', 'h&#117;nter2', 'aHVudGVyMg', 'h\0u\0n\0t']) {
        expect(
          [written, ...bytes.map((each) => each.toString('latin1'))].some((text) => text.includes(form)),
          form,
        ).toBe(false);
      }
    },
  );

  test('is whole up to its last exchange while the proxy runs', async () => {
    const { proxy, out, recorder } = await recorded();
    await fetch(`${proxy.url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: '<nothing/>' });
    while (recorder.count === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(
      readFileSync(out, 'utf8')
        .split('\n')
        .map((line) => line === '' || typeof JSON.parse(line)),
    ).toEqual(['object', 'object', true]);
  });

  test('shows an answer that was compressed as it is read', async () => {
    const packed = gzipSync('<a>plain</a>');
    const url = await serverThat(
      (_, answer) => void answer.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    );
    const { proxy, lines, passed } = await recorded({ testTrack: url });
    expect(
      await (await fetch(`${proxy.url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: 'x' })).text(),
    ).toBe('<a>plain</a>');
    expect(passed[0]?.answer.body.equals(packed)).toBe(true);
    const [, exchange] = await lines();
    expect(exchange.answer.body).toEqual({ text: '<a>plain</a>' });
  });
});

describe('the proxy', () => {
  test('passes bytes, headers and statuses as they are', async () => {
    const seen: { headers: string[]; body: Buffer; url: string }[] = [];
    const answerBytes = Buffer.from([0, 255, 13, 10, 60]);
    const url = await serverThat(async (request, answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      seen.push({ headers: request.rawHeaders, body: Buffer.concat(pieces), url: request.url ?? '' });
      answer.writeHead(299, 'Odd', ['X-Odd', 'one', 'x-odd', 'two', 'Set-Cookie', 'a=b']).end(answerBytes);
    });
    const { proxy } = await recorded({ testTrack: url });
    const sent = Buffer.from([1, 2, 254, 10]);
    const got = await new Promise<{ status: number; message: string; headers: string[]; body: Buffer }>(
      (resolve) => {
        const outgoing = httpRequest(`${proxy.url}/cgi-bin/ttsoapcgi.exe?x=1`, {
          method: 'PUT',
          headers: { 'X-Mine': 'Ä'.normalize('NFC').charCodeAt(0).toString() },
        });
        outgoing.on('response', async (answer) => {
          const pieces: Buffer[] = [];
          for await (const piece of answer) pieces.push(piece as Buffer);
          resolve({
            status: answer.statusCode ?? 0,
            message: answer.statusMessage ?? '',
            headers: answer.rawHeaders,
            body: Buffer.concat(pieces),
          });
        });
        outgoing.end(sent);
      },
    );
    expect(got).toMatchObject({ status: 299, message: 'Odd', body: answerBytes });
    expect(got.headers.slice(0, 6)).toEqual(['X-Odd', 'one', 'x-odd', 'two', 'Set-Cookie', 'a=b']);
    expect(seen[0]).toMatchObject({ body: sent, url: '/cgi-bin/ttsoapcgi.exe?x=1' });
    expect(seen[0]?.headers).toContain('X-Mine');
    expect(seen[0]?.headers.slice(-1)[0]).not.toContain(new URL(proxy.url).port);
  });

  test('puts its own address into a WSDL', async () => {
    const { proxy, target } = await recorded();
    const wsdl = await (await fetch(`${proxy.url}/ttsoapcgi.wsdl`)).text();
    expect(wsdl).toContain(`location="${proxy.url}/cgi-bin/ttsoapcgi.exe"`);
    expect(wsdl).not.toContain(new URL(target.url).port);
  });

  test('asks its target and nobody else, whatever a request line or a redirect says', async () => {
    let asked = 0;
    const other = await serverThat((_, answer) => {
      asked += 1;
      answer.end('other');
    });
    const url = await serverThat((_, answer) => void answer.writeHead(302, { location: other }).end());
    const { proxy } = await recorded({ testTrack: url });
    const { hostname, port } = new URL(proxy.url);
    const status = await new Promise((resolve) => {
      httpRequest({ hostname, port, path: `${other}/secret`, method: 'POST' })
        .on('response', (answer) => resolve(answer.statusCode))
        .end();
    });
    expect([status, asked]).toEqual([302, 0]);
  });

  test('answers 502 with the reason when its target is gone', async () => {
    const { proxy, target, lines } = await recorded();
    await target.close();
    const answer = await fetch(`${proxy.url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: 'x' });
    expect([answer.status, await answer.text()]).toEqual([
      502,
      'The proxy got no answer: nothing listens there.\n',
    ]);
    expect((await lines())[1].answer.status).toBe(502);
  });
});

test('a half line at the end of a file is cut off when it goes on', async () => {
  const { LineFile } = await import('../../src/real/files/line-file.ts');
  const file = path.join(temporaryFolder(), 'lines');
  const first = LineFile.create(file);
  first.add('whole');
  first.close();
  appendFileSync(file, 'half a li');
  const again = LineFile.resume(file);
  again.add('next');
  again.close();
  expect(readFileSync(file, 'utf8')).toBe('whole\nnext\n');
});

import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeCredentials } from '../../src/http/tls/made-credentials.ts';
import type { TlsOptions } from '../../src/http/tls/tls-options.ts';
import { withoutUndefined } from '../../src/input/without-undefined.ts';
import { startTwin, type Twin, type TwinOptions } from '../../src/twin.ts';
import { KeptLog } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { secureConnection, secureGet } from '../support/tls.ts';

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

const started = (tls: TwinOptions['tls'], options: TwinOptions = {}) =>
  startTwin({ scenario: tinyScenario, ...withoutUndefined({ tls }), ...options });
const trusting = (twin: Twin) => ({ ca: twin.tls?.certificate });
const portOf = (url: string | undefined) => Number(new URL(url ?? '').port);
const refusalsOf = (twin: Twin) => twin.journal.entries().map(({ refused }) => refused);

/** One certificate for all tests that are about something else: to make one takes longer than most of them. */
const shared = new ScenarioFolder();
const usual = { cert: path.join(shared.path, 'cert.pem'), key: path.join(shared.path, 'key.pem') };
beforeAll(async () => {
  const { cert, key } = await makeCredentials({ hosts: ['localhost', '127.0.0.1'], now: Date.now() });
  shared.write('cert.pem', cert);
  shared.write('key.pem', key);
});
afterAll(() => shared.remove());

/** A certificate in files, made as the twin makes its own. */
async function given(wish: Partial<Parameters<typeof makeCredentials>[0]> = {}) {
  const { cert, key } = await makeCredentials({ hosts: ['127.0.0.1'], now: Date.now(), ...wish });
  return { cert: folder.write('cert.pem', cert), key: folder.write('key.pem', key), text: cert };
}

describe('a twin with TLS', () => {
  test('answers over TLS only, with https in the WSDL, and a client can trust it', async () => {
    await using twin = await started(usual);
    expect(twin.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(twin.tlsUrl).toBe(twin.url);
    const { text } = await secureGet(twin.wsdlUrl, trusting(twin));
    expect(text).toContain(`location="${twin.url}/cgi-bin/ttsoapcgi.exe"`);
    const rpc = `${twin.rpcUrl}?rpctoken=open&username=ann&command=getSuiteList`;
    expect(await secureGet(rpc, trusting(twin))).toEqual({ status: 200, text: '0\nSmall\n' });
  });

  test('is not trusted by a client that was not told of its certificate', async () => {
    await using twin = await started(usual);
    await expect(secureGet(twin.wsdlUrl)).rejects.toThrow(/self-signed/);
  });

  test('speaks both when TLS has a port of its own, and each WSDL names the address that was used', async () => {
    await using twin = await started({ ...usual, port: 0 });
    expect(twin.url).toMatch(/^http:/);
    const plain = await (await fetch(twin.wsdlUrl)).text();
    expect(plain).toContain(`location="${twin.url}/cgi-bin/ttsoapcgi.exe"`);
    const { text } = await secureGet(`${twin.tlsUrl}/ttsoapcgi.wsdl`, trusting(twin));
    expect(text).toContain(`location="${twin.tlsUrl}/cgi-bin/ttsoapcgi.exe"`);
  });

  test.each([
    ['that speaks TLS only', {}, /^https:/],
    ['that speaks both', { port: 0 }, /^http:/],
  ] as const)('gives a world of a twin %s ports of the same kind', async (_what, tls, scheme) => {
    await using twin = await started({ ...usual, ...tls });
    await using own = await twin.fork('own');
    await using below = await twin.fork({ name: 'below', listen: false });
    expect(own.url).toMatch(scheme);
    expect(portOf(own.tlsUrl)).not.toBe(portOf(twin.tlsUrl));
    const { text } = await secureGet(`${own.tlsUrl}/ttsoapcgi.wsdl`, trusting(twin));
    expect(text).toContain(`location="${own.tlsUrl}/cgi-bin/ttsoapcgi.exe"`);
    expect(below.tlsUrl).toBe(`${twin.tlsUrl}/w/below`);
    const worlds = JSON.parse((await secureGet(`${twin.tlsUrl}/__admin/worlds`, trusting(twin))).text);
    expect(worlds[1]).toMatchObject({ name: 'own', url: own.url, tlsUrl: own.tlsUrl });
  });

  test('is the first of its two ports that is told when it is taken', async () => {
    await using other = await started(false);
    await expect(started({ ...usual, port: other.port })).rejects.toThrow(
      `Port ${other.port} on 127.0.0.1 is taken by another program. Choose another one with --tls-port`,
    );
  });

  test('ends at once, with a kept connection and one that never shook hands', async () => {
    const twin = await started(usual);
    const kept = await secureConnection(twin.port, trusting(twin));
    const silent = await RawConnection.open(twin.port);
    const half = await RawConnection.open(twin.port);
    half.send('\x16\x03\x01');
    const closed = [once(kept, 'close'), silent.untilClosed(), half.untilClosed()];
    kept.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
    await once(kept, 'data');
    await twin.close();
    await Promise.all(closed);
  });
});

describe('the versions of TLS', () => {
  const oldest = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'AES128-SHA:@SECLEVEL=0' } as const;

  test('a client of 2008 shakes hands when 1.0 is allowed', async () => {
    await using twin = await started({ ...usual, min: '1.0' });
    const socket = await secureConnection(twin.port, { ...trusting(twin), ...oldest });
    expect([socket.getProtocol(), socket.getCipher().name]).toEqual(['TLSv1', 'AES128-SHA']);
    socket.destroy();
  });

  test('it is refused otherwise, and the journal says which option it needs', async () => {
    await using twin = await started(usual);
    await expect(secureConnection(twin.port, { ...trusting(twin), ...oldest })).rejects.toThrow(/protocol/);
    await expect
      .poll(() => refusalsOf(twin).map((refused) => refused?.hint))
      .toEqual([expect.stringContaining('--tls-min 1.0')]);
  });
});

describe('the wrong protocol at a port is told in a sentence', () => {
  test('plain HTTP at the TLS port', async () => {
    await using twin = await started(usual);
    const answer = await exchange(twin.port, 'GET /run/rpc.mpl HTTP/1.1\r\nHost: twin\r\n\r\n');
    expect(answer).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*This port speaks TLS, and the client sent plain HTTP\. Use https/,
    );
    expect(twin.journal.entries()).toMatchObject([{ api: 'aptest', refused: { status: 400 } }]);
  });

  test('TLS at the plain port', async () => {
    await using twin = await started(false);
    await expect(secureConnection(twin.port)).rejects.toThrow();
    expect(refusalsOf(twin).map((refused) => refused?.text)).toEqual([
      'This port speaks plain HTTP, and the client begins with TLS. Use http://, or start the twin with --tls.',
    ]);
  });
});

describe('a certificate that was made', () => {
  const fingerprint = async (options: TwinOptions, tls: TwinOptions['tls'] = true) => {
    await using twin = await started(tls, options);
    return twin.tls?.fingerprint;
  };

  test('names this machine, and is told with its fingerprint', async () => {
    await using twin = await started(true);
    const { text } = await secureGet(`https://localhost:${twin.port}/__admin/health`, trusting(twin));
    expect(text).toContain('"ok"');
    expect(twin.tls).toMatchObject({ isMade: true, certificateFile: undefined, bad: undefined });
    expect(twin.tls?.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('is kept in the data folder, its key for nobody else, also across --fresh', async () => {
    const data = path.join(folder.path, 'state');
    const first = await fingerprint({ data });
    expect(await fingerprint({ data })).toBe(first);
    expect(await fingerprint({ data, fresh: true })).toBe(first);
    expect(statSync(path.join(data, 'tls', 'key.pem')).mode & 0o077).toBe(0);
    await using twin = await started(true, { data });
    expect(readFileSync(twin.tls?.certificateFile ?? '', 'utf8')).toBe(twin.tls?.certificate);
  });

  test.each([
    [
      'lacks a name that clients come by',
      { allowedHosts: ['twin.example.org:8443'] },
      'does not name twin.example.org',
    ],
    ['ends in a week', { hostNow: () => Date.now() + 795 * 86_400_000 }, 'it ends on'],
  ])('is made anew when it %s, which is told', async (_what, options, reason) => {
    const data = path.join(folder.path, 'state');
    const first = await fingerprint({ data });
    const log = new KeptLog();
    expect(await fingerprint({ data, log, ...options })).not.toBe(first);
    expect(log.lines.map(({ message }) => message)).toContainEqual(expect.stringContaining(reason));
  });

  test('is made anew when it was damaged', async () => {
    const data = path.join(folder.path, 'state');
    const first = await fingerprint({ data });
    writeFileSync(path.join(data, 'tls', 'certificate.pem'), 'rubbish');
    expect(await fingerprint({ data })).not.toBe(first);
  });

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('can be wrong on purpose: %s', async (bad, code) => {
    const data = path.join(folder.path, 'state');
    const usual = await fingerprint({ data });
    await using twin = await started({ bad }, { data });
    await expect(secureGet(twin.wsdlUrl, trusting(twin))).rejects.toMatchObject({ code });
    expect(twin.tls?.bad).toBe(bad);
    await twin.close();
    expect(await fingerprint({ data })).toBe(usual);
  });
});

describe('a certificate that was given', () => {
  const said = async (tls: TlsOptions) => {
    await expect(started(tls)).rejects.toThrow();
    return started(tls).catch((error: Error) => error.message);
  };

  test('is shown', async () => {
    const { cert, key, text } = await given();
    await using twin = await started({ cert, key });
    expect(twin.tls).toMatchObject({ certificate: text, certificateFile: cert, isMade: false });
    expect((await secureGet(`${twin.url}/__admin/health`, trusting(twin))).status).toBe(200);
  });

  test('is taken with a warning when it has expired, or is not valid yet', async () => {
    for (const [wish, message] of [
      [{ bad: 'expired' as const }, /^The certificate of --tls-cert has expired on /],
      [{ now: Date.now() + 10 * 86_400_000 }, /^The certificate of --tls-cert is valid from /],
    ] as const) {
      const { cert, key } = await given(wish);
      const log = new KeptLog();
      await using twin = await started({ cert, key }, { log });
      expect(twin.port).toBeGreaterThan(0);
      expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringMatching(message) }]);
    }
  });

  test('is refused with a key that does not fit it', async () => {
    const { cert } = await given();
    const { key } = await makeCredentials({ hosts: ['127.0.0.1'], now: Date.now() });
    expect(await said({ cert, key: folder.write('other.pem', key) })).toMatch(
      /other\.pem does not fit the certificate in .*cert\.pem \(subject CN=127\.0\.0\.1\)/,
    );
  });

  test('is refused when a file is missing or holds something else', async () => {
    const { cert, key } = await given();
    const absent = path.join(folder.path, 'no.pem');
    expect(await said({ cert: absent, key })).toBe(
      `${absent} cannot be read: there is no such file (--tls-cert).`,
    );
    expect(await said({ cert: key, key })).toContain('key.pem holds no certificate that can be read');
    expect(await said({ cert, key: cert })).toContain('cert.pem holds no private key that can be read');
    const locked = folder.write('locked.pem', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n');
    expect(await said({ cert, key: locked })).toContain('openssl pkey -in');
    expect(await said({ clientCa: key })).toContain('(--tls-client-ca)');
  });
});

describe('certificates of clients', () => {
  test('are asked for: a client with one of ours gets in, and one without is told of in the journal', async () => {
    const { cert, clientcert, clientprivate } = await generate([{ name: 'commonName', value: 'Clients' }], {
      algorithm: 'sha256',
      clientCertificate: true,
      extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
    });
    const client = { cert: clientcert, key: clientprivate };
    await using twin = await started({ ...usual, clientCa: folder.write('clients.pem', cert) });
    const health = `${twin.url}/__admin/health`;
    expect((await secureGet(health, { ...trusting(twin), ...client })).status).toBe(200);
    await expect(secureGet(health, trusting(twin))).rejects.toThrow();
    await expect
      .poll(() => refusalsOf(twin).map((refused) => refused?.hint))
      .toEqual(['The client showed no certificate, and this twin asks for one (--tls-client-ca).']);
  });
});

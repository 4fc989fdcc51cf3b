import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { failureReason } from '../../src/real/net/failure.ts';
import type { TlsTrust } from '../../src/real/net/target.ts';
import { cloneOptions, temporaryFolder } from './servers.ts';

const tiny = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Behind TLS',
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [{ login: 'admin', password: 'secret', last: 'A', groups: ['Makers'] }],
        defects: [{ summary: 'Seen over TLS' }],
      },
    ],
  },
};

async function secureTwin(
  tls: true | { readonly bad?: 'expired' | 'host' | 'untrusted'; readonly clientCa?: string },
) {
  const twin = await startTwin({ scenario: tiny, tls });
  onTestFinished(() => twin.close());
  return twin;
}

async function cloning(url: string, trust: TlsTrust): Promise<number> {
  const { testTrack, ...options } = cloneOptions(url, { project: 'Behind TLS' });
  if (!testTrack) throw new Error('a project is cloned');
  const { bytes } = await cloned({ ...options, testTrack: { ...testTrack, trust } });
  return bytes;
}

describe('the certificate of a server', () => {
  test('is believed when the authority is named, and told of when it is not', async () => {
    const twin = await secureTwin(true);
    expect(await cloning(twin.url, { ca: twin.tls?.certificate })).toBeGreaterThan(100);
    await expect(cloning(twin.url, {})).rejects.toThrow(
      /its certificate is signed by .* \(--ca names a file with the authority to believe\)/,
    );
  });

  test.each([
    ['expired', 'its certificate is no longer valid'],
    ['host', 'its certificate is for another host'],
    ['untrusted', 'its certificate is signed by itself'],
  ] as const)('that does not fit (%s) is refused with the reason', async (bad, reason) => {
    const twin = await secureTwin({ bad });
    await expect(cloning(twin.url, { ca: twin.tls?.certificate })).rejects.toThrow(reason);
  });
});

describe('a certificate of the client', () => {
  let client: { authority: string; cert: string; key: string };
  beforeAll(async () => {
    client = await clientCertificate();
  });

  test('is shown to a server that wants one', async () => {
    const twin = await twinThatWants(client.authority);
    const { cert, key } = client;
    expect(await cloning(twin.url, { ca: twin.tls?.certificate, cert, key })).toBeGreaterThan(100);
  });

  test('that is missing is asked for by the option', async () => {
    const twin = await twinThatWants(client.authority);
    await expect(cloning(twin.url, { ca: twin.tls?.certificate })).rejects.toThrow(
      'it wants a certificate of the client (--cert and --key)',
    );
  });

  test('of another authority is named as the cause, with who signed it', async () => {
    const twin = await twinThatWants(client.authority);
    const { cert, key } = await clientCertificate();
    await expect(cloning(twin.url, { ca: twin.tls?.certificate, cert, key })).rejects.toThrow(
      /do(?:es)? not take the certificate of the client \(--cert and --key(?:; signed by CN=Clients)?\)/,
    );
    // Node breaks off; servers on OpenSSL alone say what is wrong.
    const refused = Object.assign(new Error('tlsv1 alert unknown ca'), {
      code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    });
    expect(failureReason(refused)).toBe('it does not take the certificate of the client (--cert and --key)');
  });
});

async function clientCertificate() {
  const made = await generate([{ name: 'commonName', value: 'Clients' }], {
    algorithm: 'sha256',
    clientCertificate: true,
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  return { authority: made.cert, cert: made.clientcert ?? '', key: made.clientprivate ?? '' };
}

function twinThatWants(authority: string) {
  const clientCa = path.join(temporaryFolder(), 'clients.pem');
  writeFileSync(clientCa, authority);
  return secureTwin({ clientCa });
}

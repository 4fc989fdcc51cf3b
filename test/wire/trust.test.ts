import { symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { envelope } from '../support/edge.ts';
import { jsonBody } from '../support/json-body.ts';
import { ScenarioFolder } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';

const project = { name: 'Project', users: [{ login: 'lake', password: 'water', last: 'Lake' }] };
const scenario = { twintrack: 1, testtrack: { projects: [project] }, aptest: { token: 't', users: ['ann'] } };
const folder = new ScenarioFolder();
let served: string;
let twin: Twin;
beforeAll(async () => {
  served = folder.write('served.json', scenario);
  twin = await startTwin({
    scenario: served,
    allowedOrigins: ['https://app.example'],
  });
});
afterAll(async () => {
  await twin.close();
  folder.remove();
});
beforeEach(() => twin.reset());

describe('a page of another site', () => {
  const cross = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

  test('cannot make calls of either product; the journal shows that it tried', async () => {
    const soap = { method: 'POST', headers: cross, body: envelope('getDatabaseList') };
    const answers = [
      await fetch(twin.soapUrl, soap),
      await fetch(`${twin.rpcUrl}?rpctoken=t&username=ann&command=getSuiteList`, { headers: cross }),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBe(403);
      expect(headers.get('x-twintrack-hint')).toContain('--allow-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    const unread = twin.journal.entries().filter(({ refused }) => refused?.status === 403);
    expect(unread.map(({ api }) => api).sort()).toEqual(['aptest', 'testtrack']);
  });

  test('can when the twin was started for it, and may read the answer', async () => {
    const headers = { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
    const answer = await fetch(twin.soapUrl, { method: 'POST', headers, body: envelope('getDatabaseList') });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });
});

describe('a cookie', () => {
  const logOn = async (url: string) =>
    Number(await soapClient(url).DatabaseLogon({ dbname: 'Project', username: 'lake', password: 'water' }));

  test('is good for one world only, and not after a reset', async () => {
    await using fork = await twin.fork();
    await using other = await twin.fork();
    const seen = [await logOn(twin.soapUrl), await logOn(fork.soapUrl), await logOn(other.soapUrl)];
    twin.reset();
    seen.push(await logOn(twin.soapUrl));
    fork.reset();
    seen.push(await logOn(fork.soapUrl));
    expect(new Set(seen).size).toBe(5);
  });
});

describe('a scenario that a control request names', () => {
  const make = async (named: unknown) => {
    const answer = await fetch(`${twin.url}/__admin/worlds`, {
      method: 'POST',
      ...jsonBody({ name: 'other', scenario: named }),
    });
    return { status: answer.status, text: await answer.text() };
  };

  test.each([
    ['outside by ..', '../../etc/passwd'],
    ['outside by its root', '/etc/passwd'],
    ['with NUL', 'served.json\0.yaml'],
    ['a folder', '.'],
    ['nothing that is there', 'nothing.yaml'],
  ])('is not %s', async (_what, named) => {
    const { status, text } = await make(named);
    expect(status).toBe(400);
    expect(text).not.toMatch(/root:|ENOENT|stack| at /);
  });

  test('is not reached by a link that leads out', async () => {
    symlinkSync('/etc/passwd', path.join(path.dirname(served), 'out.yaml'));
    const { status, text } = await make('out.yaml');
    expect(status).toBe(400);
    expect(text).toContain('outside');
    expect(text).not.toContain('root:');
  });

  test('extends nothing when it is data', async () => {
    const { status, text } = await make({ twintrack: 1, extends: 'served.json' });
    expect(status).toBe(400);
    expect(text).toContain('a scenario given as data extends nothing');
  });

  test('may be one beside the served one', async () => {
    folder.write('beside.json', scenario);
    expect((await make('beside.json')).status).toBe(200);
    await fetch(`${twin.url}/__admin/worlds/other`, { method: 'DELETE' });
  });
});

test('a control request has to say that its body is JSON', async () => {
  const answer = await fetch(`${twin.url}/__admin/snapshots`, { method: 'POST', body: '{"name":"x"}' });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { error: string }).error).toContain('application/json');
});

test('which worlds there are is told to those who may control the twin only', async () => {
  await using guarded = await startTwin({ scenario, adminToken: 'open sesame' });
  const ask = async (name: string) => (await fetch(`${guarded.url}/w/${name}/__admin/clock`)).status;
  expect(await ask('main')).toBe(401);
  expect(await ask('nobody')).toBe(401);
});

test('CONNECT gets an answer', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(twin.port, '127.0.0.1', () =>
      socket.write('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n'),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 405 .*CONNECT is not known here/s);
});

test.each([
  '/',
  '/nothing',
  '/atm/index.mpl',
  '/__admin',
  '/__admin/health',
  '/ttsoapcgi.wsdl',
  '/cgi-bin/ttsoapcgi.exe',
  '/w/nobody/',
])('%s is sent with the headers that keep a browser from acting on it', async (target) => {
  const { headers } = await fetch(twin.url + target, { headers: { accept: 'text/html' } });
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
});

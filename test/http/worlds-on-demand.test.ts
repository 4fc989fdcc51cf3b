import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { exchange } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';

const token = 'a-token';
let twin: Twin;
beforeEach(async () => {
  const settings = { maxWorlds: 4 };
  twin = await startTwin({ scenario: tinyScenario, worldsOnDemand: true, adminToken: token, settings });
});
afterEach(() => twin.close());

const control = (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
  fetch(`${twin.url}${path}`, { headers });

async function worlds(): Promise<string[]> {
  const listed = (await (await control('/__admin/worlds')).json()) as { name: string }[];
  return listed.map(({ name }) => name);
}

describe('a world that is not there is made', () => {
  test('by a SOAP call, as a fork of the served one as it is then', async () => {
    const main = soapClient(twin.soapUrl);
    const logon = { dbname: 'Tiny', username: 'administrator', password: '' };
    const cookie = await main.DatabaseLogon(logon);
    await main.addDefect({ cookie, pDefect: { summary: 'in both' } });
    const tt = soapClient(`${twin.url}/w/shop/cgi-bin/ttsoapcgi.exe`);
    const own = await tt.DatabaseLogon(logon);
    const found = await tt.getDefect({
      cookie: own,
      defectNumber: 2,
      summary: '',
      bDownloadAttachments: false,
    });
    expect(found).toMatchObject({ summary: 'in both' });
    expect(await worlds()).toEqual(['main', 'shop']);
  });

  test('by a call of rpc.mpl that names it in the header', async () => {
    const answer = await fetch(`${twin.rpcUrl}?command=getSuiteList`, {
      headers: { 'x-twintrack-world': 'shop' },
    });
    expect(answer.status).toBe(200);
    expect(await worlds()).toEqual(['main', 'shop']);
  });

  test.each([
    ['the WSDL, which most SOAP libraries fetch before their first call', '/ttsoapcgi.wsdl'],
    ['the WSDL of IIS, in letters of any case', '/Scripts/TTSoapCGI.wsdl'],
    ['ApTest’s login, by a program that reads screens', '/atm/login.mpl'],
  ])('by a request for %s', async (_, path) => {
    expect((await fetch(`${twin.url}/w/shop${path}`)).status).toBe(200);
    expect(await worlds()).toEqual(['main', 'shop']);
  });

  test('by a control request of somebody who may make worlds', async () => {
    expect((await control('/w/shop/__admin/clock')).status).toBe(200);
    expect(await worlds()).toEqual(['main', 'shop']);
  });

  test('once, however many come at once', async () => {
    const calls = Array.from({ length: 20 }, () =>
      fetch(`${twin.url}/w/shop/run/rpc.mpl`, { method: 'POST', body: 'command=getSuiteList' }),
    );
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await worlds()).toEqual(['main', 'shop']);
  });

  test('on the disk too, before its first call is answered', async () => {
    const data = mkdtempSync(path.join(tmpdir(), 'twintrack-on-demand-'));
    try {
      {
        await using first = await startTwin({ scenario: tinyScenario, worldsOnDemand: true, data });
        expect((await fetch(`${first.url}/w/kept/cgi-bin/ttsoapcgi.exe`)).status).toBe(200);
      }
      await using second = await startTwin({ scenario: tinyScenario, data });
      expect((await fetch(`${second.url}/w/kept/cgi-bin/ttsoapcgi.exe`)).status).toBe(200);
    } finally {
      rmSync(data, { recursive: true });
    }
  });
});

describe('no world is made', () => {
  afterEach(async () => expect(await worlds()).toEqual(['main']));

  test('by a control request without the token', async () => {
    expect((await control('/w/shop/__admin/clock', {})).status).toBe(401);
  });

  test('by a page of another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await fetch(`${twin.url}/w/shop/cgi-bin/ttsoapcgi.exe`, { headers })).status).toBe(404);
  });

  test('by what a browser asks for by itself', async () => {
    expect((await fetch(`${twin.url}/w/shop/favicon.ico`)).status).toBe(404);
  });

  test.each([
    '/w/../run/rpc.mpl',
    '/w/-x/run/rpc.mpl',
    `/w/${'x'.repeat(65)}/run/rpc.mpl`,
    '/w/a%00b/run/rpc.mpl',
    '/w//run/rpc.mpl',
  ])('for a name that no path may be: %s', async (target) => {
    const request = `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    expect(await exchange(twin.port, request)).toMatch(/^HTTP\/1\.1 404 /);
  });
});

test('a world that there is no place for is refused, and the others answer', async () => {
  const status = async (name: string) => (await fetch(`${twin.url}/w/${name}/run/rpc.mpl`)).status;
  for (const name of ['a', 'b', 'c']) expect(await status(name)).toBe(200);
  const refused = await fetch(`${twin.url}/w/d/run/rpc.mpl`);
  expect([refused.status, await refused.text()]).toEqual([
    404,
    expect.stringContaining('There are 4 worlds already'),
  ]);
  expect(await status('a')).toBe(200);
});

test('without the option nothing is made', async () => {
  await using plain = await startTwin({ scenario: tinyScenario });
  expect((await fetch(`${plain.url}/w/shop/run/rpc.mpl`)).status).toBe(404);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin, type TwinOptions, type WorldHandle } from '../../src/index.ts';
import { KeptLog } from '../support/edge.ts';
import { twoUsersScenario } from '../support/scenarios.ts';
import { faultOf, type SoapClient, soapClient } from '../support/soap-client.ts';

let root: string;
let twin: Twin;
let log: KeptLog;
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-data-'));
  twin = await start();
});
afterEach(async () => {
  await twin.close();
  rmSync(root, { recursive: true, force: true });
});

async function start(options: TwinOptions = {}): Promise<Twin> {
  log = new KeptLog();
  twin = await startTwin({ scenario: twoUsersScenario, data: path.join(root, 'state'), log, ...options });
  return twin;
}
async function restart(options: TwinOptions = {}): Promise<Twin> {
  await twin.close();
  return start(options);
}

const soap = ({ soapUrl }: Pick<WorldHandle, 'soapUrl'>) => soapClient(soapUrl);
/** A world by its address. */
const below = (name: string) => soapClient(`${twin.url}/w/${name}/cgi-bin/ttsoapcgi.exe`);
const logOn = async (tt: SoapClient, username = 'admin', password = 'secret') =>
  Number(await tt.DatabaseLogon({ dbname: 'Project', username, password }));

async function save(tt: SoapClient, cookie: number, summary: string): Promise<void> {
  const pDefect = await tt.editDefect({ cookie, defectNumber: 1 });
  await tt.saveDefect({ cookie, pDefect: { ...pDefect, summary } });
}
const summaryOf = async (tt: SoapClient, cookie: number) =>
  (await tt.getDefect({ cookie, defectNumber: 1 })).summary;
const told = () => log.lines.map(({ message }) => message);

async function admin(method: string, at: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${twin.url}/__admin${at}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  expect([answer.status, json.error]).toEqual([200, undefined]);
  return json;
}

describe('worlds in a data folder', () => {
  test('go on where they ended, each with its records, sessions, clock and port', async () => {
    const fork = await twin.fork('checkout');
    const cookie = await logOn(soap(fork));
    await save(soap(fork), cookie, 'Fork');
    fork.clock.advance('5m');
    const { madeAt } = await admin('GET', '/worlds/checkout');
    await restart();
    const { url, ...shown } = await admin('GET', '/worlds/checkout');
    expect(url).toBe(fork.url);
    expect(shown).toMatchObject({ madeAt, clock: { now: '2026-03-02T15:05:00.000Z' } });
    expect(await summaryOf(soapClient(fork.soapUrl), cookie)).toBe('Fork');
    expect(await summaryOf(below('checkout'), cookie)).toBe('Fork');
    expect(await summaryOf(soap(twin), await logOn(soap(twin)))).toBe('One');
    expect(told()).toContain(`The world "checkout" goes on at ${fork.url}`);
    await admin('POST', '/worlds/checkout/reset');
    await restart();
    expect(await summaryOf(below('checkout'), await logOn(below('checkout')))).toBe('One');
  });

  test('get another port when theirs is taken, and keep that one', async () => {
    const fork = await twin.fork('checkout');
    const { port } = new URL(fork.url);
    await twin.close();
    const other = createServer().listen(Number(port), '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await start();
    await new Promise((resolve) => other.close(resolve));
    expect(told()).toContain(
      `The world "checkout" cannot have its port ${port} again, so it gets another one`,
    );
    const { url } = await admin('GET', '/worlds/checkout');
    expect(url).not.toBe(fork.url);
    await logOn(soapClient(`${url}/cgi-bin/ttsoapcgi.exe`));
    await restart();
    expect((await admin('GET', '/worlds/checkout')).url).toBe(url);
  });

  test('that began from a scenario of their own come back to that one', async () => {
    const own = structuredClone(twoUsersScenario);
    for (const project of own.testtrack.projects) project.defects = [{ summary: 'Own' }];
    await admin('POST', '/worlds', { name: 'own', scenario: own });
    await save(below('own'), await logOn(below('own')), 'Changed');
    await restart({ scenario: 'not read' });
    const cookie = await logOn(below('own'));
    expect(await summaryOf(below('own'), cookie)).toBe('Changed');
    await admin('POST', '/worlds/own/reset');
    expect(await summaryOf(below('own'), await logOn(below('own')))).toBe('Own');
  });

  test('do not come back when they were dropped', async () => {
    await admin('POST', '/worlds', { name: 'short' });
    await (await twin.fork('scoped')).drop();
    await admin('DELETE', '/worlds/short');
    await restart();
    expect(await (await fetch(`${twin.url}/__admin/worlds`)).json()).toMatchObject([{ name: 'main' }]);
  });

  test('that nobody used for too long are gone for good', async () => {
    let now = 0;
    const hostNow = () => now;
    const settings = { worldIdle: '1m' };
    await restart({ hostNow, settings });
    await admin('POST', '/worlds', { name: 'idle' });
    now += 60_000;
    // However long the twin was down: only from now on it can be used.
    await restart({ hostNow, settings });
    const names = async () =>
      ((await (await fetch(`${twin.url}/__admin/worlds`)).json()) as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await names()).toEqual(['main', 'idle']);
    now += 60_000;
    expect(await names()).toEqual(['main']);
    await restart({ hostNow, settings });
    expect(await names()).toEqual(['main']);
  });
});

describe('a data folder keeps', () => {
  test('a snapshot that was restored, with the clock', async () => {
    const cookie = await logOn(soap(twin));
    const before = twin.snapshot('before');
    await save(soap(twin), cookie, 'After');
    twin.clock.advance('1h');
    before.restore();
    await restart();
    expect(twin.clock.now().toISOString()).toBe('2026-03-02T15:00:00.000Z');
    expect(await summaryOf(soap(twin), cookie)).toBe('One');
  });

  test('what the script did by itself, and that it was done', async () => {
    const rule = {
      name: 'taken',
      when: { at: '+10m' },
      do: { lock: { number: 2, by: 'lake', minutes: 30 } },
    };
    await admin('POST', '/rules', rule);
    twin.clock.advance('10m');
    await restart();
    const cookie = await logOn(soap(twin));
    const fault = await faultOf(soap(twin).editDefect({ cookie, defectNumber: 2 }));
    expect(fault.detail).toBe('22');
    expect(await (await fetch(`${twin.url}/__admin/rules`)).json()).toMatchObject([
      { name: 'taken', hits: 1 },
    ]);
    twin.clock.advance('31m');
    await soap(twin).editDefect({ cookie: await logOn(soap(twin)), defectNumber: 2 });
  });

  test.each([
    ['frozen', { mode: 'frozen', now: '2026-04-01T00:00:00Z' }],
    ['offset', { mode: 'offset', now: '2026-04-01T00:00:00Z' }],
    ['scaled', { mode: 'scaled', now: '2026-04-01T00:00:00Z', rate: 60 }],
  ])('a clock that was set: %s', async (mode, choice) => {
    let now = Date.parse('2026-03-02T09:00:00Z');
    await restart({ hostNow: () => now });
    await admin('PUT', '/clock', choice);
    now += 1000;
    const shown = twin.clock.state();
    await restart({ hostNow: () => now });
    expect(twin.clock.state()).toEqual(shown);
    expect(shown.mode).toBe(mode);
  });
});

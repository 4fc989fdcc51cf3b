/** What goes wrong with several twins behind a balancer: what clients see, what the twins say, and how it is noticed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { exchange } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { Balancers, deployed } from './balancers.ts';

const token = 'of-the-test';
const authorization = { authorization: `Bearer ${token}` };
const root = mkdtempSync(path.join(tmpdir(), 'twintrack-balancer-mistakes-'));
const balancers = new Balancers();
const twins: Twin[] = [];
let haproxy = '';
let nginx = '';

const startTwins = (count: number, worldsOnDemand: boolean) =>
  Promise.all(
    Array.from({ length: count }, () =>
      startTwin({ scenario: tinyScenario, worldsOnDemand, adminToken: token }),
    ),
  );
const portsOf = (some: readonly Twin[]) => some.map(({ port }) => port);

beforeAll(async () => {
  twins.push(...(await startTwins(3, true)));
  haproxy = await balancers.haproxy(portsOf(twins));
  nginx = await balancers.nginx(portsOf(twins), root);
});
afterAll(async () => {
  balancers.end();
  for (const each of twins) await each.close();
  rmSync(root, { recursive: true, force: true });
});

const control = (at: string, target: string, init: RequestInit = {}) =>
  fetch(at + target, { ...init, headers: { ...authorization, 'content-type': 'application/json' } });

/** The twins that have a world, by their places. */
async function having(world: string, some: readonly Twin[] = twins): Promise<number[]> {
  const found = await Promise.all(some.map(({ url }) => control(url, `/__admin/worlds/${world}`)));
  return found.flatMap(({ status }, at) => (status === 200 ? [at] : []));
}

const soapOf = (at: string, world: string) => soapClient(`${at}/w/${world}/cgi-bin/ttsoapcgi.exe`);
const logon = { dbname: 'Tiny', username: 'administrator', password: '' };

/** A name that leads to the first or second twin, which two balancers have the other way round. */
async function swappedWorld(at: string, prefix: string): Promise<string> {
  for (let number = 0; ; number++) {
    const answer = await fetch(`${at}/w/${prefix}-${number}/run/rpc.mpl`, { method: 'HEAD' });
    if (answer.headers.get('x-twintrack-twin') !== 'twin3') return `${prefix}-${number}`;
  }
}

describe('two balancers with different tables', () => {
  test('give a name two worlds where worlds come to be on demand, and the twins’ own lists show both', async () => {
    const [first, second, third] = portsOf(twins) as [number, number, number];
    const other = await balancers.haproxy([second, first, third]);
    const world = await swappedWorld(haproxy, 'two');
    const tt = soapOf(haproxy, world);
    const cookie = await tt.DatabaseLogon(logon);
    await tt.addDefect({ cookie, pDefect: { summary: 'kept in one of them' } });
    const right = await having(world);
    const asked = { cookie, defectNumber: 2, summary: '', bDownloadAttachments: false };
    const fault = await faultOf(soapOf(other, world).getDefect(asked));
    expect(fault.text).toBe('Session Dropped.');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('never given out here');
    expect(await having(world)).toEqual([0, 1]);

    // Mended: the same table in both, and the world that nobody meant is dropped at its own twin.
    const [wrong] = [0, 1].filter((at) => !right.includes(at)).map((at) => twins[at]?.url ?? '');
    expect((await control(wrong ?? '', `/__admin/worlds/${world}`, { method: 'DELETE' })).status).toBe(200);
    const mended = await balancers.haproxy([first, second, third]);
    expect(await soapOf(mended, world).getDefect(asked)).toMatchObject({ summary: 'kept in one of them' });
    expect(await having(world)).toEqual(right);
  });

  test('are told of where worlds are made first: there is no such world', async () => {
    const plain = await startTwins(2, false);
    twins.push(...plain);
    const [first, second] = portsOf(plain) as [number, number];
    const [one, other] = await Promise.all([
      balancers.haproxy([first, second, first]),
      balancers.haproxy([second, first, second]),
    ]);
    const world = await swappedWorld(one, 'made');
    expect((await control(one, `/__admin/worlds/${world}`, { method: 'PUT' })).status).toBe(200);
    const answer = await fetch(`${other}/w/${world}/run/rpc.mpl`);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining(`There is no world "${world}".`),
    ]);
  });
});

describe('a call is sent to one twin once', () => {
  /** Makes a call that a rule acts on. @returns how many such calls the world's journal has, and the defects it has then */
  async function doneWith(
    world: string,
    rule: object,
  ): Promise<{ answer: unknown; calls: number; defects: number }> {
    const tt = soapOf(haproxy, world);
    const cookie = await tt.DatabaseLogon(logon);
    const body = JSON.stringify({ when: { operation: 'addDefect' }, do: rule });
    const made = await control(haproxy, `/w/${world}/__admin/rules`, { method: 'POST', body });
    expect(made.status).toBe(200);
    const answer = await tt
      .addDefect({ cookie, pDefect: { summary: 'once' } })
      .catch((error: unknown) => error);
    const journal = await control(haproxy, `/w/${world}/__admin/journal?operation=addDefect`);
    const { entries } = (await journal.json()) as { entries: unknown[] };
    const list = await tt.getRecordListForTable({
      cookie,
      tablename: 'Defect',
      columnlist: [{ name: 'Summary' }],
    });
    expect(await having(world)).toHaveLength(1);
    return { answer, calls: entries.length, defects: list?.records?.length ?? 0 };
  }

  test('when the twin answers later than haproxy waits for a connection', async () => {
    expect(await doneWith('late', { delay: '2500ms' })).toEqual({ answer: 2, calls: 1, defects: 2 });
  });

  test('when the connection ends after the call was made: the client is told, and it is not made again', async () => {
    const { answer, calls, defects } = await doneWith('cut', { cut: 'after' });
    expect(answer).toBeInstanceOf(Error);
    expect([calls, defects]).toEqual([1, 2]);
  });
});

test('worlds of a twin that stays away longer than TWIN_AWAY begin anew in others, and are its own again later', async () => {
  // Stands for a twin that is away, at a port that nobody else can have meanwhile: whoever connects is cut off.
  let isBack = false;
  const [first] = portsOf(twins);
  const stand = createServer((client) => {
    if (!isBack) return void client.destroy();
    client.on('error', () => {}).once('data', () => client.end('HTTP/1.0 200 OK\r\n\r\nit is back'));
  });
  await new Promise<void>((resolve) => stand.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = stand.address() as AddressInfo;
    const at = await balancers.haproxy([first ?? 0, port, first ?? 0], { TWIN_AWAY: '2' });
    const names = Array.from({ length: 12 }, (_, number) => `away-${number}`);
    const whoAnswers = async () => {
      const answers = await Promise.all(
        names.map((name) => fetch(`${at}/w/${name}/run/rpc.mpl`, { method: 'HEAD' })),
      );
      return [
        ...new Set(answers.map(({ status, headers }) => `${status} ${headers.get('x-twintrack-twin')}`)),
      ].sort();
    };
    await expect.poll(whoAnswers, { timeout: 60_000 }).toEqual(['200 twin1', '200 twin3']);
    isBack = true;
    await expect.poll(whoAnswers, { timeout: 60_000 }).toEqual(['200 twin1', '200 twin2', '200 twin3']);
  } finally {
    await new Promise((resolve) => stand.close(resolve));
  }
});

test('haproxy’s checks come each second while a twin fails, so that TWIN_AWAY is in seconds: 30 without it', () => {
  const text = readFileSync(deployed('haproxy.cfg'), 'utf8');
  expect(text).toContain('presetenv TWIN_AWAY 30\n');
  expect(text).toMatch(/default-server check .*fastinter 1s .*fall "\$\{TWIN_AWAY\}"/);
});

test('a proxy that drops /w/NAME sends all to the main world, which the WSDL and every list of calls show', async () => {
  const dropping = (text: string) =>
    text.replace('location / {', 'location / { rewrite ^/w/[^/]+(/.*)$ $1 break;');
  const wrong = await balancers.nginx(portsOf(twins), root, dropping);
  const shown = async (at: string) => {
    const wsdl = await (await fetch(`${at}/w/prefixed/ttsoapcgi.wsdl`)).text();
    const journal = await (await control(at, '/w/prefixed/__admin/journal')).json();
    return {
      address: /location="([^"]+)"/.exec(wsdl)?.[1]?.replace(at, ''),
      world: (journal as { world: string }).world,
    };
  };
  expect(await shown(wrong)).toEqual({ address: '/cgi-bin/ttsoapcgi.exe', world: 'main' });
  expect(await having('prefixed')).toEqual([]);
  expect(await shown(nginx)).toEqual({ address: '/w/prefixed/cgi-bin/ttsoapcgi.exe', world: 'prefixed' });
});

describe.each([
  ['haproxy', () => haproxy],
  ['nginx', () => nginx],
])('through %s', (balancer, at) => {
  const ask = async (target: string, more = '') => {
    const head = `HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more}\r\n`;
    const text = await exchange(Number(new URL(at()).port), `GET ${target} ${head}`);
    return Number(text.split(' ', 2)[1]);
  };

  test.each([
    ['/w/-x/run/rpc.mpl'],
    ['/w/..%2Fmain/run/rpc.mpl'],
    ['/w/%2e%2e/run/rpc.mpl'],
    ['/w/a%00b/run/rpc.mpl'],
    [`/w/${'x'.repeat(65)}/run/rpc.mpl`],
    ['/run/rpc.mpl', 'x-twintrack-world: ../main\r\n'],
  ])(
    'a world that is named as none may be is refused, and made by no twin: %s',
    async (target, header = '') => {
      const before = await Promise.all(
        twins.map(({ url }) => control(url, '/__admin/worlds').then((all) => all.text())),
      );
      expect([400, 404]).toContain(await ask(target, header));
      const after = await Promise.all(
        twins.map(({ url }) => control(url, '/__admin/worlds').then((all) => all.text())),
      );
      expect(after.map(namesIn)).toEqual(before.map(namesIn));
    },
  );

  test('one name is one world, however its letters are written', async () => {
    const world = `${balancer}-spelt`;
    for (const name of [world, world.replace('-', '%2D'), world.replace('spelt', 's%70elt')]) {
      expect(await ask(`/w/${name}/run/rpc.mpl?command=getSuiteList`)).toBe(200);
      expect((await control(at(), `/__admin/worlds/${name}`, { method: 'PUT' })).status).toBe(200);
    }
    expect(await having(world)).toHaveLength(1);
  });

  test('a missing or wrong token is told, and makes no world', async () => {
    const target = `${at()}/__admin/worlds/${balancer}-secret`;
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const answer = await fetch(target, { method: 'PUT', headers });
      expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('token')]);
    }
    expect(await having(`${balancer}-secret`)).toEqual([]);
  });

  test('a world that is put with another scenario than it has stays as it is', async () => {
    const world = `${balancer}-put`;
    const put = (body: object) =>
      control(at(), `/__admin/worlds/${world}`, { method: 'PUT', body: JSON.stringify(body) });
    const made = (await (await put({ from: 'seed' })).json()) as { madeAt: string };
    const other = await put({ scenario: { twintrack: 1 } });
    expect([other.status, await other.text()]).toEqual([
      409,
      expect.stringContaining('began from something else'),
    ]);
    expect(await (await put({ from: 'seed' })).json()).toMatchObject({ madeAt: made.madeAt });
    expect(await having(world)).toHaveLength(1);
  });

  test('a world that is made with POST, which leads to no certain twin, is refused with what to do instead', async () => {
    const body = JSON.stringify({ name: `${balancer}-posted` });
    for (const target of ['/__admin/worlds', '/w/main/__admin/worlds']) {
      const answer = await control(at(), target, { method: 'POST', body });
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { error: expect.stringContaining('PUT /__admin/worlds/NAME') },
      ]);
    }
    expect(await having(`${balancer}-posted`)).toEqual([]);
  });
});

/** The names in a list of worlds; when each was used says nothing. */
const namesIn = (list: string) => (JSON.parse(list) as { name: string }[]).map(({ name }) => name);

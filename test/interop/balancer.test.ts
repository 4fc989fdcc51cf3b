/**
 * Several twins behind Debian's haproxy and nginx, with the files of deploy/. 120 worlds; TWINTRACK_BALANCED_WORLDS says
 * otherwise.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ringOf, serverNumberOf, twinOfWorld } from '../../src/moves/haproxy-hash.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { TwinAddress } from '../support/several-twins.ts';
import { soapClient } from '../support/soap-client.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';
import { runWords } from '../support/terminal.ts';
import { Balancers, deployed } from './balancers.ts';

const worldCount = Number(process.env.TWINTRACK_BALANCED_WORLDS ?? 120);
const clientCount = 20;
const names = Array.from({ length: worldCount }, (_, at) => `job-${at}`);
const numbers = [1, 2, 3];
const token = 'of-the-test';

const root = mkdtempSync(path.join(tmpdir(), 'twintrack-balancer-'));
const folder = new ScenarioFolder();
const scenario = folder.write('tiny.json', tinyScenario);
const twins: SpawnedProgram[] = [];
/** Where the twins know one another, the fourth before it is there. */
const addresses: TwinAddress[] = [];
const balancers = new Balancers();
let haproxy = '';
let nginx = '';

async function startTwinAt(number: number, port: number): Promise<SpawnedProgram> {
  const twin = await spawnProgram(
    [
      ...['serve', '--port', String(port), '--scenario', scenario, '--worlds-on-demand'],
      ...['--data', path.join(root, `twin${number}`), '--admin-token', token, '--quiet'],
      ...['--peers', addresses.map(({ url }) => url).join(',')],
    ],
    { isBuilt: true },
  );
  const address = addresses[number - 1];
  if (address) address.port = twin.port;
  return twin;
}

/** `twintrack worlds`. */
async function worldsCommand(...words: string[]): Promise<string> {
  const { exitCode, out, err } = await runWords(['worlds', ...words, '--admin-token', token]);
  expect(exitCode, out + err).toBe(0);
  return out;
}

beforeAll(async () => {
  addresses.push(...(await Promise.all([...numbers, 4].map(() => TwinAddress.listen()))));
  twins.push(...(await Promise.all(numbers.map((number) => startTwinAt(number, 0)))));
  const ports = twins.map(({ port }) => port);
  haproxy = await balancers.haproxy(ports);
  nginx = await balancers.nginx(ports, root);
});
afterAll(async () => {
  balancers.end();
  for (const { child } of twins) child.kill('SIGKILL');
  await Promise.all(twins.map(({ exit }) => exit));
  await Promise.all(addresses.map((address) => address.close()));
  folder.remove();
  rmSync(root, { recursive: true, force: true });
});

const soapUrl = (balancer: string, world: string) => `${balancer}/w/${world}/cgi-bin/ttsoapcgi.exe`;
const logon = { dbname: 'Tiny', username: 'administrator', password: '' };

/** The twin that answered a request for a world, by haproxy's word. */
async function twinOf(target: string, init: RequestInit = {}): Promise<string | null> {
  const answer = await fetch(haproxy + target, init);
  await answer.arrayBuffer();
  return answer.headers.get('x-twintrack-twin');
}

describe('haproxy with deploy/haproxy.cfg', () => {
  test('sends everything about a world to one twin, by address, control address or header', async () => {
    for (const name of names.slice(0, 20)) {
      const headers = { authorization: `Bearer ${token}` };
      const byAddress = await twinOf(`/w/${name}/run/rpc.mpl`);
      expect(await twinOf(`/__admin/worlds/${name}`, { method: 'PUT', headers })).toBe(byAddress);
      expect(await twinOf('/run/rpc.mpl', { headers: { 'x-twintrack-world': name } })).toBe(byAddress);
      expect(await twinOf(`/w/${name}/__admin/clock`, { headers })).toBe(byAddress);
    }
  });

  test('hashes as the simulation of docs/scale.md does', async () => {
    const ring = ringOf(numbers);
    const found = await Promise.all(names.slice(0, 60).map((name) => twinOf(`/w/${name}/run/rpc.mpl`)));
    expect(found).toEqual(names.slice(0, 60).map((name) => `twin${serverNumberOf(ring, name)}`));
    expect(new Set(found).size).toBe(3);
  });

  test('gives the WSDL addresses that lead through it', async () => {
    const wsdl = await (await fetch(`${soapUrl(haproxy, 'job-1')}?wsdl`)).text();
    expect(wsdl).toContain(`location="${soapUrl(haproxy, 'job-1')}"`);
  });

  test('a missing token, and a world named as no path may be, are told by the twin', async () => {
    const answer = await fetch(`${haproxy}/__admin/worlds/new`, { method: 'PUT' });
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('token')]);
    const wrong = await fetch(`${haproxy}/w/-x/run/rpc.mpl`);
    expect([wrong.status, await wrong.text()]).toEqual([404, expect.stringContaining('cannot be the name')]);
  });
});

test('nginx with deploy/nginx.conf sends everything about a world to one twin', async () => {
  for (const name of ['one', 'two', 'three', 'four']) {
    const tt = soapClient(soapUrl(nginx, name));
    const cookie = await tt.DatabaseLogon(logon);
    await tt.addDefect({ cookie, pDefect: { summary: `of ${name}` } });
    const headers = { 'x-twintrack-world': name };
    const answer = await fetch(`${nginx}/run/rpc.mpl?rpctoken=open&username=ann&command=getSuiteList`, {
      headers,
    });
    expect(await answer.text()).toMatch(/^0\n/);
    const shown = await fetch(`${nginx}/__admin/worlds/${name}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await shown.json()).toMatchObject({ name });
    const found = await tt.getDefect({ cookie, defectNumber: 2, summary: '', bDownloadAttachments: false });
    expect(found).toMatchObject({ summary: `of ${name}` });
  }
});

/** A client of some worlds: it adds defects in turn until it is told to end, and keeps what was acknowledged. */
class Client {
  readonly acknowledged = new Map<string, string[]>();
  refused = 0;
  private readonly cookies = new Map<string, unknown>();

  constructor(private readonly worlds: readonly string[]) {}

  /** Whether something was written to each of its worlds. */
  get hasAll(): boolean {
    return this.acknowledged.size === this.worlds.length;
  }

  async run(until: () => boolean): Promise<void> {
    for (let round = 1; !until(); round++) {
      for (const world of this.worlds) await this.add(world, `${world} ${round}`);
    }
  }

  private async add(world: string, summary: string): Promise<void> {
    const tt = soapClient(soapUrl(haproxy, world));
    try {
      const cookie = this.cookies.get(world) ?? (await tt.DatabaseLogon(logon));
      this.cookies.set(world, cookie);
      await tt.addDefect({ cookie: cookie as never, pDefect: { summary } });
      this.acknowledged.set(world, [...(this.acknowledged.get(world) ?? []), summary]);
    } catch {
      // The twin is away. The session outlives that, so the cookie is kept.
      this.refused += 1;
    }
  }
}

async function summariesOf(world: string): Promise<string[]> {
  const tt = soapClient(soapUrl(haproxy, world));
  const cookie = await tt.DatabaseLogon(logon);
  const list = await tt.getRecordListForTable({
    cookie,
    tablename: 'Defect',
    columnlist: [{ name: 'Summary' }],
  });
  return (list?.records ?? []).map(({ row }) => row?.[0]?.value ?? '');
}

/** The delivered file with a server more, or with one that is taken out. */
function table(change: (servers: string) => string): string {
  const file = path.join(root, 'haproxy.cfg');
  const text = readFileSync(deployed('haproxy.cfg'), 'utf8');
  const servers = /(?: {4}server .*\n)+/.exec(text)?.[0] ?? '';
  expect(servers).toContain('server twin3');
  writeFileSync(file, text.replace(servers, change(servers)));
  return file;
}

test(
  'twins are killed, added and emptied: nothing that was answered is lost, and no client sees another world',
  async () => {
    const clients = Array.from(
      { length: clientCount },
      (_, at) => new Client(names.filter((_name, index) => index % clientCount === at)),
    );
    let isOver = false;
    const running = Promise.all(clients.map((client) => client.run(() => isOver)));
    const total = () =>
      clients.reduce((sum, { acknowledged }) => sum + [...acknowledged.values()].flat().length, 0);
    const reaches = async (count: number) => {
      while (total() < count) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const isThere = async () => {
      while (!clients.every(({ hasAll }) => hasAll)) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await reaches(worldCount);
    let kills = 0;
    for (const at of [1, 2]) {
      const killed = twins[at];
      if (!killed) throw new Error('there are three twins');
      killed.child.kill('SIGKILL');
      kills += 1;
      await killed.exit;
      twins[at] = await startTwinAt(at + 1, killed.port);
      await reaches(total() + worldCount);
    }

    // A world that is made between a move and the new table would begin anew.
    await isThere();
    const all = addresses.map(({ url }) => url).join(',');
    const ports = twins.map(({ port }) => port);
    const fourth = await startTwinAt(4, 0);
    twins.push(fourth);
    const grown = await worldsCommand('rebalance', '--url', all);
    const withFourth = (servers: string) => `${servers}    server twin4 127.0.0.1:${fourth.port}\n`;
    await balancers.reload(haproxy, ports, table(withFourth));
    await reaches(total() + worldCount);

    const [, , third] = twins;
    const shrunk = await worldsCommand('drain', addresses[2]?.url ?? '', '--url', all);
    const withoutThird = (servers: string) => withFourth(servers).replace(/(server twin3 .*)/, '$1 disabled');
    await balancers.reload(haproxy, ports, table(withoutThird));
    third?.child.kill('SIGTERM');
    expect(await third?.exit).toEqual([0, null]);
    await reaches(total() + worldCount);
    isOver = true;
    await running;

    const left = addresses.map(({ url }, at) => (at === 2 ? '-' : url));
    const listed = JSON.parse(await worldsCommand('list', '--json', '--url', left.join(','))) as {
      readonly url: string;
      readonly worlds: readonly { readonly name: string }[];
    }[];
    const places = listed.flatMap(({ url, worlds }) => worlds.map(({ name }) => [name, url] as const));
    const expected = left.map((url) => (url === '-' ? undefined : url));
    for (const name of names)
      expect(places.filter(([world]) => world === name)).toEqual([[name, twinOfWorld(expected, name)]]);

    let lost = 0;
    let twice = 0;
    for (const { acknowledged } of clients) {
      for (const [world, written] of acknowledged) {
        const found = await summariesOf(world);
        lost += written.filter((summary) => !found.includes(summary)).length;
        // A balancer that sends again what may have been done would make a defect twice.
        twice += found.length - new Set(found).size;
        expect(found.filter((summary) => summary !== 'First' && !summary.startsWith(`${world} `))).toEqual(
          [],
        );
      }
    }
    const refused = clients.reduce((sum, each) => sum + each.refused, 0);
    const head = 'worlds | writes acknowledged | not answered | kills | added | emptied | lost';
    const row = [worldCount, total(), refused, kills, grown.trim(), shrunk.trim(), lost].join(' | ');
    console.log(`| ${head} |\n|${'---|'.repeat(7)}\n| ${row} |`);
    expect(clients.every(({ acknowledged }) => acknowledged.size > 0)).toBe(true);
    expect([lost, twice]).toEqual([0, 0]);
  },
  120_000 + 1000 * worldCount,
);

test.each([
  ['haproxy', ['-c', '-f', deployed('haproxy.cfg')]],
  ['nginx', ['-t', '-p', root, '-c', deployed('nginx.conf')]],
])('%s has nothing to say against the file as it is delivered', (program, words) => {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout + stderr).not.toMatch(/warn|alert|emerg/i);
});

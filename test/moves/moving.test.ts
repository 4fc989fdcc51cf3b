import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TwinOptions } from '../../src/index.ts';
import { twoUsersScenario } from '../support/scenarios.ts';
import { SeveralTwins } from '../support/several-twins.ts';
import { type SoapClient, soapClient } from '../support/soap-client.ts';

let root: string;
let several: SeveralTwins;
const optionsOf = (at: number): TwinOptions => ({
  scenario: twoUsersScenario,
  data: path.join(root, `twin-${at}`),
  worldsOnDemand: true,
});
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-moves-'));
  several = await SeveralTwins.start([optionsOf(0), optionsOf(1)]);
});
afterEach(async () => {
  await several.close();
  rmSync(root, { recursive: true, force: true });
});

const urlOf = (at: number, world: string) => `${several.twin(at).url}/w/${world}`;
const soapOf = (at: number, world: string) => soapClient(`${urlOf(at, world)}/cgi-bin/ttsoapcgi.exe`);
const logon = { dbname: 'Project', username: 'admin', password: 'secret' };
const add = (tt: SoapClient, cookie: number, summary: string) =>
  tt.addDefect({ cookie, pDefect: { summary } });
const get = async (at: number, world: string, route: string) =>
  (await fetch(`${urlOf(at, world)}/__admin/${route}`)).json() as Promise<Record<string, unknown>>;
const moved = async (world: string, from: number, to: number) => {
  const { status, json } = await several.move(world, from, to);
  expect([status, json.error]).toEqual([200, undefined]);
  return json;
};
async function summaries(tt: SoapClient, cookie: number): Promise<string[]> {
  const columnlist = [{ name: 'Summary' }];
  const list = await tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist });
  return (list?.records ?? []).map(({ row }) => row?.[0]?.value ?? '');
}

describe('a world that is moved', () => {
  test('goes whole: records, session, lock, clock, rules, snapshots and journal', async () => {
    const world = await several.twin(0).fork({ name: 'checkout', listen: false });
    const before = soapOf(0, 'checkout');
    const cookie = Number(await before.DatabaseLogon(logon));
    await add(before, cookie, 'New');
    world.snapshot('one');
    await add(before, cookie, 'Behind the snapshot');
    const locked = await before.editDefect({ cookie, defectNumber: 1 });
    world.clock.advance('7m');
    await fetch(`${urlOf(0, 'checkout')}/__admin/rules`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'slow', when: { operation: 'getTask' }, do: { delay: '1ms' } }),
    });
    const routes = ['export', 'rules', 'snapshots', 'journal?limit=100', 'testtrack/locks', 'diff?from=one'];
    const shown = () => Promise.all(routes.map((route) => get(0, 'checkout', route)));
    const then = await shown();
    const report = await moved('checkout', 0, 1);
    expect(report).toMatchObject({ world: 'checkout', to: several.url(1) });
    // By way of the twin that it left, which passes it on.
    expect(await shown()).toEqual(then);
    expect(await get(0, 'checkout', 'clock')).toMatchObject({
      mode: 'frozen',
      now: '2026-03-02T15:07:00.000Z',
    });
    expect(several.twin(1).diff('seed', 'checkout').isSame).toBe(false);

    const after = soapOf(1, 'checkout');
    await after.saveDefect({ cookie, pDefect: { ...locked, summary: 'Saved there' } });
    expect(await summaries(after, cookie)).toEqual(['Saved there', 'Two', 'New', 'Behind the snapshot']);
    await fetch(`${urlOf(1, 'checkout')}/__admin/snapshots/one/restore`, { method: 'POST' });
    expect(await summaries(after, cookie)).toEqual(['One', 'Two', 'New']);
    await fetch(`${urlOf(1, 'checkout')}/__admin/reset`, { method: 'POST' });
    expect(await summaries(after, Number(await after.DatabaseLogon(logon)))).toEqual(['One', 'Two']);
  });

  test('loses nothing that is written meanwhile, and no client is refused', async () => {
    const worlds = ['a', 'b'];
    const clients = await Promise.all(
      worlds.flatMap((world) =>
        [1, 2, 3].map(async (number) => {
          const tt = soapOf(0, world);
          return {
            world,
            number,
            tt,
            cookie: Number(await tt.DatabaseLogon(logon)),
            written: [] as string[],
          };
        }),
      ),
    );
    let isOver = false;
    const writing = Promise.all(
      clients.map(async ({ number, tt, cookie, written }) => {
        for (let round = 1; !isOver || written.length < 5; round++) {
          await add(tt, cookie, `${number}/${round}`);
          written.push(`${number}/${round}`);
        }
      }),
    );
    for (const [from, to] of [
      [0, 1],
      [1, 0],
      [0, 1],
    ] as const) {
      for (const world of worlds) await moved(world, from, to);
    }
    isOver = true;
    await writing;
    for (const { world, written, cookie } of clients)
      expect(await summaries(soapOf(1, world), cookie)).toEqual(expect.arrayContaining(written));
  });

  test('is there after a start of both twins, and calls at the one that it left find it', async () => {
    const tt = soapOf(0, 'a');
    const cookie = Number(await tt.DatabaseLogon(logon));
    await add(tt, cookie, 'New');
    await moved('a', 0, 1);
    for (const at of [0, 1]) await several.end(at);
    await Promise.all([0, 1].map((at) => several.restart(at, optionsOf(at))));
    for (const at of [0, 1]) expect(await summaries(soapOf(at, 'a'), cookie)).toEqual(['One', 'Two', 'New']);
    expect((await several.admin(0, 'GET /worlds')).json).toHaveLength(1);
    expect((await several.admin(0, 'GET /moves')).json).toMatchObject({
      moves: [{ world: 'a', phase: 'moved', peer: several.url(1) }],
    });
    await moved('a', 1, 0);
    await several.end(0);
    await several.restart(0, optionsOf(0));
    expect(await summaries(soapOf(1, 'a'), cookie)).toEqual(['One', 'Two', 'New']);
    expect((await several.admin(0, 'GET /moves')).json).toMatchObject({ moves: [] });
  });

  test('shares with the main world of the other twin what both have', async () => {
    await several.twin(0).fork({ name: 'a', listen: false });
    const before = Number((/^twintrack_state_bytes (\d+)/m.exec(await metrics(1)) ?? [])[1]);
    await moved('a', 0, 1);
    const after = Number((/^twintrack_state_bytes (\d+)/m.exec(await metrics(1)) ?? [])[1]);
    // A world of its own costs 16 kB beside its records, and shares all of these.
    expect(after - before).toBeLessThan(20_000);
  });
});

const metrics = async (at: number) => (await fetch(`${several.twin(at).url}/__admin/metrics`)).text();

describe('calls that come to the twin that a world left', () => {
  test('by its own port, the header and rpc.mpl are passed on, with addresses that lead back', async () => {
    const world = await several.twin(0).fork({ name: 'own' });
    await moved('own', 0, 1);
    const wsdl = await (await fetch(world.wsdlUrl)).text();
    expect(wsdl).toContain(`location="${world.soapUrl}"`);
    const tt = soapClient(world.soapUrl);
    await add(tt, Number(await tt.DatabaseLogon(logon)), 'New');
    const headers = { 'x-twintrack-world': 'own' };
    const journal = await fetch(`${several.twin(0).url}/__admin/journal`, { headers });
    expect(await journal.json()).toMatchObject({ recorded: 2 });
    const rpc = await fetch(`${world.rpcUrl}?command=getSuiteList`);
    expect(await rpc.text()).toMatch(/^\d+\n/);
    expect(await get(1, 'own', 'journal')).toMatchObject({ recorded: 3 });
  });

  test('drop it at the other one, and nothing of it is left', async () => {
    await several.twin(0).fork({ name: 'a', listen: false });
    await moved('a', 0, 1);
    expect(await several.admin(0, 'DELETE /worlds/a')).toMatchObject({ status: 200, json: { dropped: 'a' } });
    expect((await several.admin(1, 'GET /worlds/a')).status).toBe(404);
    expect((await several.admin(0, 'GET /moves')).json).toMatchObject({ moves: [] });
  });

  test('wait while the world is handed over', async () => {
    const tt = soapOf(0, 'a');
    const cookie = Number(await tt.DatabaseLogon(logon));
    const [, ...found] = await Promise.all([
      moved('a', 0, 1),
      ...Array.from({ length: 20 }, (_, at) => add(tt, cookie, `at once ${at}`)),
    ]);
    expect(found).toHaveLength(20);
    expect(await summaries(soapOf(1, 'a'), cookie)).toHaveLength(22);
  });
});

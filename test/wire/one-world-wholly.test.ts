/** What changes a world as a whole, and sessions that nobody ends (items 19 and 21 of the list of attacks). */
import { expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { loginSessions, serverScope } from '../../src/testtrack/model/tables.ts';
import { Worlds } from '../../src/worlds/worlds.ts';
import { soapClient } from '../support/soap-client.ts';

const scenario = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: {
    projects: [
      {
        name: 'Project',
        users: [{ login: 'admin', password: 'secret', last: 'Admin' }],
        defects: Array.from({ length: 60 }, () => ({ summary: 'first' })),
      },
    ],
  },
};
const logOn = { dbname: 'Project', username: 'admin', password: 'secret' };

test('each of many lists shows one state wholly, while the world is restored, forked and worlds are dropped', async () => {
  await using twin = await startTwin({ scenario });
  const tt = soapClient(twin.soapUrl);
  const cookie = Number(await tt.DatabaseLogon(logOn));
  const first = twin.snapshot('first');
  for (let defectNumber = 1; defectNumber <= 60; defectNumber++) {
    const pDefect = (await tt.editDefect({
      cookie,
      defectNumber,
      summary: '',
      bDownloadAttachments: false,
    })) as object;
    await tt.saveDefect({ cookie, pDefect: { ...pDefect, summary: 'second' } });
  }
  const second = twin.snapshot('second');
  const list = async () => {
    const { records } = (await tt.getRecordListForTable({
      cookie,
      tablename: 'Defect',
      filtername: '',
      columnlist: [{ name: 'Summary' }],
    })) as { records: { row: { value: string }[] }[] };
    return new Set(records.map(({ row }) => row[0]?.value));
  };
  const seen = new Set<string>();
  for (let wave = 0; wave < 10; wave++) {
    const lists = Array.from({ length: 10 }, list);
    // Some are asked, some answered, some on their way.
    for (let turn = 0; turn < wave; turn++) await new Promise((resolve) => setImmediate(resolve));
    (wave % 2 === 0 ? first : second).restore();
    await (await twin.fork({ listen: false })).drop();
    for (const found of [...(await Promise.all(lists)), await list()]) {
      expect(found.size).toBe(1);
      for (const each of found) seen.add(String(each));
    }
  }
  expect(seen).toEqual(new Set(['first', 'second']));
});

test('five thousand logons that nobody ends leave no more sessions than those that can still be used', () => {
  let now = Date.parse('2026-03-02T15:00:00Z');
  const start = loadScenario({ ...scenario, clock: { mode: 'real' } }, { now, sections: productSections });
  const worlds = new Worlds(start, { host: { now: () => now }, idleMs: 3_600_000, most: 10 });
  const { testTrack, runner } = worlds.main;
  const sizes: number[] = [];
  for (let count = 1; count <= 5000; count++) {
    testTrack.call('DatabaseLogon', logOn);
    now += 10_000;
    if (count % 1000 === 0) sizes.push(runner.world.collection(loginSessions, serverScope).size);
  }
  expect(Math.max(...sizes)).toBeLessThan(1000);
  expect(sizes.at(-1)).toBeLessThanOrEqual((sizes[1] ?? 0) + 10);
});

import { rmSync } from 'node:fs';
import path from 'node:path';
import { silentLog } from '../src/log/log.ts';
import { loadScenario } from '../src/scenario/load.ts';
import { productSections } from '../src/scenario/sections.ts';
import { defects, projectScope } from '../src/testtrack/model/tables.ts';
import type { KeptWorlds } from '../src/world/store/kept-worlds.ts';
import { openDataFolder } from '../src/worlds/data-folder.ts';
import { type HostedWorld, hostWorld } from '../src/worlds/hosted-world.ts';
import { soapClient } from '../test/support/soap-client.ts';
import { type ComparisonOptions, compare } from './compare.ts';
import { type Figure, ratio } from './figure.ts';
import { editAndSave, inTurn, rpcRequest, scatteredNumbers, soapPath } from './requests.ts';
import { writeScenario } from './scenarios.ts';
import { type Server, twinServer } from './servers.ts';

/** How long the store is measured, and how long it runs warm before. */
const storeSeconds = 1.5;

/** Calls that wait for the disk at the same time. */
const clients = 64;

/** What `--data` costs: calls that are on the disk when they are answered, and a start from what was kept. */
export async function durableFigures(folder: string, options: ComparisonOptions): Promise<Figure[]> {
  const file = (name: string) => path.join(folder, name);
  writeScenario(file('small-data.json'), 1000, [100]);
  writeScenario(file('large-data.json'), 100_000, [100]);
  const figures: Figure[] = [];
  for (const [size, name] of [
    ['1,000', 'small'],
    ['100,000', 'large'],
  ] as const) {
    const rates = await acknowledgedRates(file(`${name}-data.json`), file(`${name}-state`));
    const inState = `acknowledged at the store with ${size} defects`;
    figures.push(
      { what: `result, ${inState}`, value: rates.result, atLeast: 5000, unit: '/s' },
      { what: `one saved defect, ${inState}`, value: rates.defect, atLeast: 5000, unit: '/s' },
      { what: `editDefect + saveDefect (two calls), ${inState}`, value: rates.saveDefect, unit: '/s' },
    );
  }
  const before = performance.now();
  const server = await twinServer('not-read.json', ['--data', file('large-state')]);
  const value = (performance.now() - before) / 1000;
  await server.stop();
  figures.push({ what: 'start from a data folder with 100,000 defects', value, atMost: 4, unit: ' s' });
  figures.push(...(await overHttp(file('small-data.json'), file('http-state'), options)));
  return figures;
}

/** The same conversations with a twin that keeps its state and one that does not. */
async function overHttp(scenario: string, data: string, options: ComparisonOptions): Promise<Figure[]> {
  const servers = [await twinServer(scenario, ['--data', data]), await twinServer(scenario)];
  const talks = await Promise.all(
    servers.map(async (server) => ({
      results: { server, conversation: results() },
      saves: { server, conversation: editAndSave(await logOn(server), scatteredNumbers(1000)) },
    })),
  );
  const contenders = [...talks.map(({ results: each }) => each), ...talks.map(({ saves }) => saves)];
  const [resultKept = [], result = [], saveKept = [], save = []] = await compare(contenders, {
    ...options,
    connections: clients,
  });
  await Promise.all(servers.map((server) => server.stop()));
  const with64 = `of the rate in memory, over HTTP, ${clients} connections`;
  return [
    { what: `result with --data, ${with64}`, value: ratio(resultKept, result), atLeast: 0.6 },
    { what: `editDefect + saveDefect with --data, ${with64}`, value: ratio(saveKept, save), atLeast: 0.6 },
  ];
}

const results = () =>
  inTurn(
    Array.from({ length: 100 }, (_, at) =>
      rpcRequest(`command=result&sess=1&tid=${(at * 97) % 100}&result=pass`),
    ),
  );

async function logOn({ port }: Server): Promise<number> {
  const tt = soapClient(`http://127.0.0.1:${port}${soapPath}`);
  return Number(await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' }));
}

/** Opens a folder, made from a scenario when it is empty, as a world that answers. */
async function openWorld(scenario: string, folder: string): Promise<[HostedWorld, KeptWorlds]> {
  const kept = await openDataFolder(folder, {
    seed: () => loadScenario(scenario, { now: Date.now(), sections: productSections }),
    hostNow: Date.now,
    log: silentLog,
  });
  const { main } = kept;
  const start = { world: main.world, clock: main.clock.choice(), kept: main };
  return [hostWorld('main', start, { now: Date.now }), kept];
}

/** What each client does again and again; every one of these changes the state. */
const makers = {
  /** What a save of a defect leaves to the store: a whole record in the place of another, without the product. */
  defect: defectPutter,
  /** `editDefect` and `saveDefect`, which count as one. */
  saveDefect: saver,
  result: resultGiver,
} as const;

/**
 * How many calls a second are made, kept and acknowledged, without HTTP. Snapshots are made meanwhile as always.
 *
 * @param folder emptied first; the state stays there
 */
async function acknowledgedRates(
  scenario: string,
  folder: string,
): Promise<Record<keyof typeof makers, number>> {
  rmSync(folder, { recursive: true, force: true });
  const [world, kept] = await openWorld(scenario, folder);
  const rates = { defect: 0, saveDefect: 0, result: 0 };
  for (const call of ['result', 'saveDefect', 'defect'] as const) {
    const once = makers[call](world);
    await repeated(world, once, storeSeconds);
    rates[call] = await repeated(world, once, storeSeconds);
  }
  await kept.close();
  return rates;
}

/** @returns how often in a second */
async function repeated(world: HostedWorld, once: (at: number) => void, seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let calls = 0;
  const client = async (at: number) => {
    for (let round = 0; performance.now() < end; round++) {
      once(at + round * clients);
      await world.runner.kept();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, at) => client(at)));
  return (calls * 1000) / (performance.now() - start);
}

/** Puts one defect after another. */
function defectPutter({ runner }: HostedWorld): (at: number) => void {
  const scope = projectScope('Project');
  const { size } = runner.world.collection(defects, scope);
  return (at) => {
    runner.change((draft) => {
      const table = draft.table(defects, scope);
      const defect = table.get(((at * 37) % size) + 1);
      if (defect) table.put({ ...defect, reference: `at ${at}` });
    });
  };
}

/** Saves one defect after another; every client has other ones. */
function saver({ testTrack, runner }: HostedWorld): (at: number) => void {
  const cookie = testTrack.call('DatabaseLogon', {
    dbname: 'Project',
    username: 'username',
    password: 'password',
  }) as number;
  const count = runner.world.collection(defects, projectScope('Project')).size;
  return (at) => {
    const number = ((at * 37) % count) + 1;
    const parts = { cookie, defectNumber: number, summary: '', bDownloadAttachments: false };
    const defect = testTrack.call('editDefect', parts) as object;
    testTrack.call('saveDefect', { cookie, pDefect: { ...defect, reference: `at ${at}` } });
  };
}

/** Records one result after another in the first session. */
function resultGiver({ apTest }: HostedWorld): (at: number) => void {
  const given = { rpctoken: 'token', username: 'lake', suite: 'Example', command: 'result', sess: '1' };
  return (at) => {
    const args = { ...given, tid: String((at * 97) % 100), result: 'pass' };
    const params = new Map(Object.entries(args).map(([name, value]) => [name, [value]]));
    apTest.call({ method: 'GET', params, isMultipart: false, baseUrl: 'http://twin/run/' });
  };
}

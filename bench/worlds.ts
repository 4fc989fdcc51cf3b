import path from 'node:path';
import { loadScenario } from '../src/scenario/load.ts';
import { productSections } from '../src/scenario/sections.ts';
import { Worlds } from '../src/worlds/worlds.ts';
import { soapClient } from '../test/support/soap-client.ts';
import { type ComparisonOptions, compare } from './compare.ts';
import { type Figure, median, ratio } from './figure.ts';
import { inTurn, soapPath, soapRequest } from './requests.ts';
import { writeScenario } from './scenarios.ts';
import { residentMegabytes, type Server, twinServer } from './servers.ts';

/** What worlds cost: making one, going back, having a thousand of them, and the journal of each. */
export async function worldFigures(folder: string, options: ComparisonOptions): Promise<Figure[]> {
  const scenario = path.join(folder, '10k-worlds.json');
  writeScenario(scenario, 10_000);
  return [
    ...(await forkAndReset(scenario)),
    await thousandWorlds(scenario),
    await journalCost(scenario, options),
  ];
}

async function forkAndReset(scenario: string): Promise<Figure[]> {
  const start = loadScenario(scenario, { now: Date.now(), sections: productSections });
  const worlds = new Worlds(start, { host: { now: Date.now }, idleMs: 3_600_000, most: 1000 });
  const forks: number[] = [];
  const resets: number[] = [];
  for (let turn = 0; turn < 200; turn++) {
    const begun = performance.now();
    const fork = await worlds.make();
    forks.push(performance.now() - begun);
    const logon = { dbname: 'Project', username: 'username', password: 'password' };
    fork.testTrack.call('DatabaseLogon', logon);
    const before = performance.now();
    fork.runner.reset();
    resets.push(performance.now() - before);
  }
  const bound = { atMost: 2, unit: ' ms' };
  return [
    { what: 'fork of a world with 10,000 defects', value: median(forks), ...bound },
    { what: 'reset of a world with 10,000 defects', value: median(resets), ...bound },
  ];
}

/** Each world is used once, so that it has all that a world in use has. */
async function thousandWorlds(scenario: string): Promise<Figure> {
  const twin = await twinServer(scenario);
  const use = async (name: string) => {
    const made = await fetch(`http://127.0.0.1:${twin.port}/__admin/worlds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    if (!made.ok) throw new Error(await made.text());
    await editOne(twin, `/w/${name}`);
  };
  await use('first');
  const before = residentMegabytes(twin.pid);
  for (let number = 1; number < 1000; number++) await use(`world-${number}`);
  const value = residentMegabytes(twin.pid) - before;
  await twin.stop();
  return { what: '1,000 worlds forked from 10,000 defects, above one', value, atMost: 100, unit: ' MB' };
}

async function editOne({ port }: Server, prefix: string): Promise<void> {
  const tt = soapClient(`http://127.0.0.1:${port}${prefix}${soapPath}`);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  await tt.editDefect({ cookie, defectNumber: 1 });
}

/** Pairs of servers: two processes of one program differ by more than a journal costs. */
const JOURNAL_PAIRS = 3;

async function journalCost(scenario: string, options: ComparisonOptions): Promise<Figure> {
  const shares: number[] = [];
  for (let pair = 0; pair < JOURNAL_PAIRS; pair++) shares.push(await shareWithJournal(scenario, options));
  return {
    what: 'getDefect with the journal, of the rate without',
    value: median(shares),
    atLeast: 0.9,
  };
}

/** What a server that keeps a journal does of what another one does that keeps none. */
async function shareWithJournal(scenario: string, options: ComparisonOptions): Promise<number> {
  const servers = [await twinServer(scenario), await twinServer(scenario, ['--journal-entries', '0'])];
  const contenders = await Promise.all(
    servers.map(async (server) => {
      const tt = soapClient(`http://127.0.0.1:${server.port}${soapPath}`);
      const logon = { dbname: 'Project', username: 'username', password: 'password' };
      const cookie = Number(await tt.DatabaseLogon(logon));
      const get = (number: number) =>
        soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>${number}</defectNumber>`);
      return { server, conversation: inTurn(Array.from({ length: 200 }, (_, at) => get(at + 1))) };
    }),
  );
  const [on = [], off = []] = await compare(contenders, options);
  await Promise.all(servers.map((server) => server.stop()));
  return ratio(on, off);
}

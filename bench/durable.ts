import { rmSync } from 'node:fs';
import { openDataFolder } from '../src/data-folder.ts';
import { silentLog } from '../src/log/log.ts';
import { loadScenario } from '../src/scenario/load.ts';
import { productSections } from '../src/scenario/sections.ts';
import { defects, projectScope } from '../src/testtrack/model/tables.ts';
import type { Store } from '../src/world/store/store.ts';
import { type HostedWorld, hostWorld } from '../src/worlds/hosted-world.ts';

/** What the store is measured with. The scenario is one of `writeScenario`. */
export interface StoreLoad {
  readonly scenario: string;
  /** Emptied first. */
  readonly folder: string;
  readonly seconds: number;
  /** Calls that wait for the disk at the same time. */
  readonly clients: number;
  readonly call: keyof typeof makers;
}

/** What each client does again and again; every one of these changes the state. */
const makers = {
  /** What a save of a defect leaves to the store: a whole record in the place of another, without the product. */
  defect: defectPutter,
  /** `editDefect` and `saveDefect`, of which the save counts. */
  saveDefect: saver,
  result: resultGiver,
} as const;

/** Opens a folder, made from a scenario when it is empty, as a world that answers. */
export async function openWorld(scenario: string, folder: string): Promise<[HostedWorld, Store]> {
  const store = await openDataFolder(folder, {
    seed: () => loadScenario(scenario, { now: Date.now(), sections: productSections }),
    hostNow: Date.now,
    log: silentLog,
  });
  const start = { world: store.world, clock: store.clock.choice(), kept: store };
  return [hostWorld('main', start, { now: Date.now }), store];
}

/**
 * How many calls a second are made, kept and acknowledged, without HTTP. Snapshots are made meanwhile as always.
 */
export async function acknowledgedRate(load: StoreLoad): Promise<number> {
  rmSync(load.folder, { recursive: true, force: true });
  const [world, store] = await openWorld(load.scenario, load.folder);
  const once = makers[load.call](world);
  const start = performance.now();
  const end = start + load.seconds * 1000;
  let calls = 0;
  const client = async (at: number) => {
    for (let round = 0; performance.now() < end; round++) {
      once(at + round * load.clients);
      await world.runner.kept();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: load.clients }, (_, at) => client(at)));
  const took = (performance.now() - start) / 1000;
  await store.close();
  return calls / took;
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
    const { body } = apTest.answer({
      method: 'GET',
      params,
      isMultipart: false,
      baseUrl: 'http://twin/run/',
    });
    if (!String(body).startsWith('0')) throw new Error(String(body));
  };
}

/** Opens a folder again and closes it. @returns the seconds from the call until it could answer */
export async function reopenSeconds(folder: string): Promise<number> {
  const start = performance.now();
  const [, store] = await openWorld('not read', folder);
  const took = (performance.now() - start) / 1000;
  await store.close();
  return took;
}

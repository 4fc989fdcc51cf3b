import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin, type TwinOptions } from '../../src/index.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import type { CDefect } from '../../src/testtrack/model/operation-types.generated.ts';
import { loginSessions, serverScope } from '../../src/testtrack/model/tables.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { openDataFolder } from '../../src/worlds/data-folder.ts';
import { type HostedWorld, hostWorld } from '../../src/worlds/hosted-world.ts';
import { KeptLog } from '../support/edge.ts';
import { jsonBody } from '../support/json-body.ts';
import { twoUsersScenario } from '../support/scenarios.ts';
import { faultOf, type SoapClient, soapClient } from '../support/soap-client.ts';
import { KeptWords, keptOf } from '../support/store.ts';

let root: string;
let data: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-data-'));
  data = path.join(root, 'state');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const scenarios = path.join(import.meta.dirname, '../..', 'scenarios');
const demo = path.join(scenarios, 'demo.yaml');
const hostTime = Date.parse('2026-03-02T15:00:00Z');

describe('a twin with a data folder', () => {
  const scenario = {
    ...twoUsersScenario,
    aptest: {
      token: 'open',
      users: [{ name: 'ann', access: { '*': ['execute', 'browse', 'edit', 'manage'] } }],
      suites: [
        { name: 'Small', tests: ['A/One', 'A/Two'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] },
      ],
    },
  };
  let twin: Twin | undefined;
  afterEach(async () => {
    await twin?.close();
    twin = undefined;
  });

  async function start(options: TwinOptions = {}): Promise<{ twin: Twin; tt: SoapClient }> {
    await twin?.close();
    twin = await startTwin({ scenario, data, ...options });
    return { twin, tt: soapClient(twin.soapUrl) };
  }
  const logOn = async (tt: SoapClient, username = 'admin', password = 'secret') =>
    Number(await tt.DatabaseLogon({ dbname: 'Project', username, password }));
  const rpc = async (query: string) =>
    (await fetch(`${twin?.rpcUrl}?rpctoken=open&username=ann&suite=Small&${query}`)).text();

  test('goes on where it ended: records, sessions, locks, results, clock', async () => {
    const first = await start();
    const cookie = await logOn(first.tt);
    const defect = await first.tt.editDefect({ cookie, defectNumber: 1 });
    await first.tt.saveDefect({ cookie, pDefect: { ...defect, summary: 'Saved' } });
    await first.tt.editDefect({ cookie, defectNumber: 2 });
    expect(await rpc('command=result&sess=1&tid=1&result=pass&note=by+hand')).toMatch(/^0\n/);
    first.twin.clock.advance('5m');

    const second = await start();
    expect((await second.tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('Saved');
    const lake = await logOn(second.tt, 'lake', 'water');
    const fault = await faultOf(second.tt.editDefect({ cookie: lake, defectNumber: 2 }));
    expect(fault.detail).toBe('22');
    expect(await rpc('command=getSessionStatus&sessNum=1')).toContain('pass=1');
    expect(second.twin.clock.now().toISOString()).toBe('2026-03-02T15:05:00.000Z');
    second.twin.clock.advance('10m');
    await second.tt.editDefect({ cookie: lake, defectNumber: 2 });
  });

  test('lets those who were logged on go on, however long it was down', async () => {
    const real = { ...scenario, clock: { mode: 'real' } };
    const first = await start({ scenario: real, hostNow: () => hostTime });
    const cookie = await logOn(first.tt);
    const second = await start({ scenario: real, hostNow: () => hostTime + 86_400_000 });
    expect(await second.tt.getTableList({ cookie })).not.toEqual([]);
    second.twin.clock.advance('1d');
    expect((await faultOf(second.tt.getTableList({ cookie }))).detail).toBe('17');
  });

  test('reads the scenario at its first start only, and says so', async () => {
    await start();
    const log = new KeptLog();
    const { tt } = await start({ scenario: 'nowhere.yaml', log });
    expect(await logOn(tt)).toBeGreaterThan(0);
    expect(log.lines.map(({ message }) => message)).toContain(
      `Going on with the state in ${data}, as of record 0`,
    );
    await expect(start({ scenario: 'nowhere.yaml', fresh: true })).rejects.toThrow('there is no such file');
  });

  test('goes back to its seed by a reset, and begins anew when it is told to', async () => {
    const first = await start();
    const cookie = await logOn(first.tt);
    const defect = await first.tt.editDefect({ cookie, defectNumber: 1 });
    await first.tt.saveDefect({ cookie, pDefect: { ...defect, summary: 'Saved' } });
    const second = await start();
    expect((await fetch(`${second.twin.url}/__admin/reset`, { method: 'POST' })).status).toBe(200);
    const third = await start();
    const again = await logOn(third.tt);
    expect((await third.tt.getDefect({ cookie: again, defectNumber: 1 })).summary).toBe('One');
    const renamed = structuredClone(scenario);
    for (const project of renamed.testtrack.projects) project.defects = [{ summary: 'Other' }];
    const fourth = await start({ scenario: renamed, fresh: true });
    const last = await logOn(fourth.tt);
    expect((await fourth.tt.getDefect({ cookie: last, defectNumber: 1 })).summary).toBe('Other');
  });

  test('keeps the rules of its script and how often they acted', async () => {
    const { twin: first, tt } = await start();
    const rule = { name: 'busy', when: { operation: 'getTableList' }, do: { fault: 17 }, times: 2 };
    await fetch(`${first.url}/__admin/rules`, { method: 'POST', ...jsonBody(rule) });
    const cookie = await logOn(tt);
    await faultOf(tt.getTableList({ cookie }));
    const second = await start();
    const [shown] = (await (await fetch(`${second.twin.url}/__admin/rules`)).json()) as { hits: number }[];
    expect(shown).toMatchObject({ name: 'busy', hits: 1 });
    await faultOf(second.tt.getTableList({ cookie }));
    expect(await second.tt.getTableList({ cookie })).not.toEqual([]);
  });

  test('refuses a change that cannot be written, with a general fault, and tells why', async () => {
    const log = new KeptLog();
    const { tt } = await start({ log });
    const cookie = await logOn(tt);
    // Where the contents of files go there is a file now, so none can be written.
    writeFileSync(path.join(data, 'files'), '');
    const defect = await tt.editDefect({ cookie, defectNumber: 1 });
    const attachmentlist = [{ 'm-strFileName': 'log.txt', 'm-pFileData': Buffer.from('bytes') }];
    const [report, ...others] = defect.reportedbylist ?? [];
    const pDefect = {
      ...defect,
      summary: 'Lost',
      reportedbylist: [{ ...report, attachmentlist }, ...others],
    };
    const fault = await faultOf(tt.saveDefect({ cookie, pDefect }));
    expect(fault.outcome.status).toBe(500);
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain(
      'It could not be written to the data folder, so it was undone: ',
    );
    expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      expect.stringContaining(`The data folder ${data} could not be written to: `),
    ]);
    expect((await tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('One');

    const form = new FormData();
    const fields = { rpctoken: 'open', username: 'ann', suite: 'Small', command: 'attachFile' };
    for (const [name, value] of Object.entries({ ...fields, sess: '1', tid: '0', fileName: 'a.txt' }))
      form.append(name, value);
    form.append('upload', new Blob(['hello']), 'a.txt');
    const refused = await fetch(twin?.rpcUrl ?? '', { method: 'POST', body: form });
    expect(await refused.text()).toMatch(/^1\n/);
    expect(refused.headers.get('x-twintrack-hint')).toContain('so it was undone');

    await tt.saveDefect({ cookie, pDefect: { ...defect, summary: 'Kept' } });
    const second = await start();
    expect((await second.tt.getDefect({ cookie, defectNumber: 1 })).summary).toBe('Kept');
  });

  test('frees the folder when it cannot listen', async () => {
    const first = await start({ data: path.join(root, 'other') });
    const { port } = first.twin;
    await expect(startTwin({ scenario, data, port })).rejects.toThrow('is taken by another program');
    await start();
  });
});

/** A world of a scenario in the data folder, without a listener. */
async function opened(
  scenario: string | object,
): Promise<{ world: HostedWorld; close: () => Promise<void> }> {
  const kept = await openDataFolder(data, {
    seed: () => loadScenario(scenario, { now: hostTime, sections: productSections }),
    hostNow: () => hostTime,
    log: new KeptWords(),
    checkpointEveryMs: 0,
  });
  const { main } = kept;
  const start = { world: main.world, clock: main.clock.choice(), kept: main };
  return { world: hostWorld('main', start, { now: () => hostTime }), close: () => kept.close() };
}

test.each(readdirSync(scenarios).filter((name) => name.endsWith('.yaml')))(
  'the scenario %s is the same after an end',
  async (name) => {
    const first = await opened(path.join(scenarios, name));
    const value = keptOf(first.world.runner.world);
    await first.close();
    const second = await opened('not read');
    expect(keptOf(second.world.runner.world)).toStrictEqual(value);
    second.world.runner.reset();
    expect(keptOf(second.world.runner.world)).toStrictEqual(value);
    await second.close();
  },
);

/** One thing that a client does. What is refused changes nothing, which is just as well here. */
type Deed = (world: HostedWorld, pick: number) => void;

/** As the session that was opened last. */
function tt({ testTrack, runner }: HostedWorld, operation: string, parts: object): unknown {
  const open = runner.world.collection(loginSessions, serverScope).sorted();
  const last = open.sort((a, b) => a.startedAt - b.startedAt).at(-1);
  return testTrack.call(operation, { cookie: last?.cookie ?? 0, bDownloadAttachments: false, ...parts });
}

function rpc({ apTest }: HostedWorld, args: Record<string, string>): void {
  const given = { rpctoken: 'token', username: 'lake', suite: 'Example', ...args };
  const params = new Map(Object.entries(given).map(([name, value]) => [name, [value]]));
  try {
    apTest.call({ method: 'GET', params, isMultipart: false, baseUrl: 'http://twin/run/' });
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
  }
}

function logOn({ testTrack }: HostedWorld, pick: number): void {
  const [username, password] = [['administrator', ''] as const, ['hooper', 'grace'] as const][pick % 2] ?? [];
  testTrack.call('ProjectLogon', {
    pProj: {
      database: { name: 'Sample Project' },
      options: ['TestTrack Pro', 'TestTrack TCM', 'TestTrack RM'].map((name) => ({ name })),
    },
    username,
    password,
  });
}

const file = (pick: number) => ({
  'm-strFileName': `${pick % 3}.txt`,
  'm-pFileData': Buffer.from(`${pick % 3}`),
});

const deeds: readonly Deed[] = [
  logOn,
  (world, pick) => {
    const defect = tt(world, 'editDefect', { defectNumber: (pick % 9) + 1, summary: '' }) as CDefect;
    const [report, ...others] = defect.reportedbylist ?? [];
    const reportedbylist = [{ ...report, comments: `~${pick}`, attachmentlist: [file(pick)] }, ...others];
    tt(world, 'saveDefect', { pDefect: { ...defect, summary: `~s${pick}`, reportedbylist } });
  },
  (world, pick) => void tt(world, 'editDefect', { defectNumber: (pick % 9) + 1, summary: '' }),
  (world, pick) =>
    void tt(world, 'addDefect', { pDefect: { summary: `__proto__ ${pick}`, priority: 'High' } }),
  (world, pick) => void tt(world, 'addTask', { pTask: { summary: `~task ${pick}` } }),
  (world, pick) => void tt(world, 'deleteTaskByRecordID', { recordID: (pick % 3) + 1 }),
  (world, pick) => {
    const recordID = tt(world, 'addTestCase', { pTestCase: { summary: `~case ${pick}` } });
    const testCase = tt(world, 'editTestCaseByRecordID', { recordID }) as object;
    tt(world, 'saveTestCase', { pTestCase: { ...testCase, summary: `case ${pick}` } });
  },
  (world, pick) => {
    const pRequirement = { summary: `~requirement ${pick}`, type: 'Functional Requirement' };
    const recordID = tt(world, 'addRequirement', { pRequirement });
    const requirement = tt(world, 'editRequirementByRecordID', { recordID }) as object;
    tt(world, 'saveRequirement', { pRequirement: { ...requirement, summary: `requirement ${pick}` } });
  },
  (world) => void tt(world, 'DatabaseLogoff', {}),
  (world, pick) =>
    rpc(world, {
      command: 'createSession',
      set: 'Group_A/Group_B/My_Set',
      name: `~${pick}`,
      VAR_os: 'Mac_OS_9',
    }),
  (world, pick) =>
    rpc(world, { command: 'result', sess: '1', tid: `${pick % 4}`, result: 'pass', note: 'ä' }),
  (world, pick) => rpc(world, { command: 'createSet', set: `New_${pick}`, description: '__proto__' }),
  ({ faultRules }, pick) => {
    const name = `rule ${pick}`;
    if (!faultRules.remove(name)) faultRules.add({ name, when: {}, do: { delay: pick }, times: 1 });
  },
  ({ runner }, pick) => void runner.clock.advance(pick * 1000),
  ({ runner }, pick) => {
    if (pick % 9 === 0) runner.reset();
  },
];

test('whatever clients do, the state and the clock are the same after an end', async () => {
  const chosen = fc.array(fc.tuple(fc.nat(deeds.length - 1), fc.nat(40)), { minLength: 5, maxLength: 40 });
  const done = new Set<number>();
  await fc.assert(
    fc.asyncProperty(chosen, async (pairs) => {
      const first = await opened(demo);
      const { runner } = first.world;
      logOn(first.world, 0);
      for (const [at, pick] of pairs) {
        const before = runner.world;
        try {
          deeds[at]?.(first.world, pick);
        } catch (error) {
          if (!(error instanceof ProductFault)) throw error;
        }
        if (runner.world !== before) done.add(at);
      }
      await runner.kept();
      const value = keptOf(runner.world);
      const shown = runner.clock.state();
      await first.close();
      const second = await opened('not read');
      expect(keptOf(second.world.runner.world)).toStrictEqual(value);
      expect(second.world.runner.clock.state()).toEqual(shown);
      await second.close();
    }),
    { numRuns: 12, seed: 7 },
  );
  // The clock is no part of the world; everything else must have changed it at least once.
  expect(deeds.filter((_, at) => !done.has(at))).toHaveLength(1);
});

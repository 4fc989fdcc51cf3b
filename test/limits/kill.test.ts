/**
 * A twin with a data folder is killed in the middle of its work (item 30 of the list of attacks), again and again: what
 * a client was told is there when the next one starts, in the main world and in a fork of it, and every file can be
 * read. 10 rounds; TWINTRACK_KILL_ROUNDS says otherwise.
 */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { uuidKey } from '../../src/aptest/model/names.ts';
import { noteEntries, testLists } from '../../src/aptest/model/test-run.ts';
import { defects, projectScope } from '../../src/testtrack/model/tables.ts';
import { seededBytes } from '../../src/world/chance.ts';
import type { World } from '../../src/world/world.ts';
import { openDataFolder } from '../../src/worlds/data-folder.ts';
import { jsonBody } from '../support/json-body.ts';
import { type SoapClient, soapClient } from '../support/soap-client.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';
import { KeptWords } from '../support/store.ts';

const rounds = Number(process.env.TWINTRACK_KILL_ROUNDS ?? 10);
const root = mkdtempSync(path.join(tmpdir(), 'twintrack-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const data = path.join(root, 'state');
const writersOfEach = 4;
const ids = Array.from({ length: writersOfEach }, (_, at) => at + 1);

function scenario(): string {
  const file = path.join(root, 'scenario.json');
  const content = {
    twintrack: 1,
    clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
    testtrack: {
      projects: [
        {
          name: 'Project',
          users: [{ login: 'admin', password: 'secret', last: 'Admin' }],
          // More than the load touches, so that a checkpoint takes its time.
          defects: Array.from({ length: 300 }, (_, at) => ({ summary: `Defect ${at + 1}` })),
        },
      ],
    },
    aptest: {
      token: 'open',
      users: [{ name: 'ann', access: { '*': ['execute', 'browse', 'edit', 'manage'] } }],
      suites: [
        {
          name: 'Small',
          tests: ids.map((id) => `A/Test_${id}`),
          sets: [{ path: 'all' }],
          sessions: [{ set: 'all' }],
        },
      ],
    },
  };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Starts the twin as a user does, with a checkpoint every few milliseconds. */
function serve(): Promise<SpawnedProgram> {
  const words = ['serve', '--port', '0', '--scenario', scenario(), '--data', data, '--log-level', 'error'];
  return spawnProgram([...words, '--checkpoint-every', '20ms']);
}

/** What a writer was told, and what it asked for last and does not know about. */
interface Told {
  acknowledged: number;
  asked: number;
}
const toldNothing = () => new Map(ids.map((id): [number, Told] => [id, { acknowledged: 0, asked: 0 }]));
const told = { saves: toldNothing(), results: toldNothing(), forkSaves: toldNothing() };

/** Writes one number after another until the server is gone. */
async function writeOn(
  state: Told,
  onTold: () => void,
  write: (number: number) => Promise<void>,
): Promise<void> {
  try {
    for (;;) {
      state.asked += 1;
      await write(state.asked);
      state.acknowledged = state.asked;
      onTold();
    }
  } catch (error) {
    // The connection broke off. What the server itself refused would be a fault of the twin.
    if (!(error instanceof TypeError)) throw error;
  }
}

async function saveNumber(tt: SoapClient, cookie: number, id: number, number: number): Promise<void> {
  const pDefect = await tt.editDefect({ cookie, defectNumber: id });
  await tt.saveDefect({ cookie, pDefect: { ...pDefect, summary: `Save ${number}` } });
}

async function recordResult(url: string, id: number, number: number): Promise<void> {
  const query = `rpctoken=open&username=ann&suite=Small&command=result&sess=1&tid=${id - 1}&result=pass&note=${number}`;
  const answer = await (await fetch(`${url}/run/rpc.mpl?${query}`)).text();
  if (!answer.startsWith('0\n')) throw new Error(answer);
}

/** Makes the other world, in the first round. */
async function fork(url: string): Promise<void> {
  const answer = await fetch(`${url}/__admin/worlds`, {
    method: 'POST',
    ...jsonBody({ name: 'fork' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Lets all writers work until the server gave so many answers, and kills it in the middle of the next ones. */
async function workAndKill(
  { child, url, exit }: SpawnedProgram,
  cookie: number,
  answers: number,
): Promise<void> {
  let left = answers;
  const onTold = () => {
    left -= 1;
    if (left === 0) child.kill('SIGKILL');
  };
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  // What the killed process was editing is locked still, by this very session.
  const inFork = soapClient(`${url}/w/fork/cgi-bin/ttsoapcgi.exe`);
  for (const recordID of ids) {
    for (const each of [tt, inFork]) await each.cancelSaveDefect({ cookie, recordID }).catch(() => {});
  }
  const writers = ids.flatMap((id) => [
    writeOn(told.forkSaves.get(id) as Told, onTold, (number) => saveNumber(inFork, cookie, id, number)),
    writeOn(told.saves.get(id) as Told, onTold, (number) => saveNumber(tt, cookie, id, number)),
    writeOn(told.results.get(id) as Told, onTold, (number) => recordResult(url, id, number)),
  ]);
  await Promise.all(writers);
  expect(await exit).toEqual([null, 'SIGKILL']);
}

/** Looks at what is on the disk, in a copy, so that the next process finds it as the killed one left it. */
async function look(round: number): Promise<void> {
  const copy = path.join(root, `copy-${round}`);
  cpSync(data, copy, { recursive: true, filter: (file) => path.basename(file) !== 'lock' });
  for (const name of readdirSync(copy, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.json') && !path.basename(name).startsWith('.'))
      expect(() => JSON.parse(readFileSync(path.join(copy, name), 'utf8'))).not.toThrow();
  }
  const words = new KeptWords();
  const seed = () => {
    throw new Error('the state is gone');
  };
  const store = await openDataFolder(copy, { seed, hostNow: Date.now, log: words, checkpointEveryMs: 0 });
  compareSaves(store.main.world, told.saves);
  compareResults(store.main.world);
  const [other] = store.list();
  expect(other?.note.name).toBe('fork');
  if (other) compareSaves(other.store.world, told.forkSaves);
  await store.close();
  // A line that was being written can be cut off; nothing else may be.
  for (const warning of words.warnings) expect(warning).toContain('the last line is cut off');
  rmSync(copy, { recursive: true });
}

function compareSaves(world: World, saves: ReadonlyMap<number, Told>): void {
  for (const [id, state] of saves) {
    const { summary = '' } = world.collection(defects, projectScope('Project')).get(id) ?? {};
    settle(state, Number(/^Save (\d+)$/.exec(summary)?.[1] ?? 0));
  }
}

function compareResults(world: World): void {
  const entries = [...world.collection(noteEntries, 'aptest:Small').values()];
  const { uuids = [] } = world.collection(testLists, 'aptest:Small').get('session:1') ?? {};
  for (const [id, state] of told.results) {
    const own = entries
      .filter(({ uuid }) => uuidKey(uuid) === uuidKey(uuids[id - 1] ?? ''))
      .sort((a, b) => a.number - b.number);
    // None is missing in between either.
    expect(own.map(({ number, text }) => [number, text])).toEqual(
      own.map((_, at) => [at + 1, String(at + 1)]),
    );
    settle(state, own.length);
  }
}

/** What was acknowledged is there; what was asked for last may be there or not. */
function settle(state: Told, found: number): void {
  expect(found).toBeGreaterThanOrEqual(state.acknowledged);
  expect(found).toBeLessThanOrEqual(state.asked);
  state.acknowledged = found;
  state.asked = found;
}

test(
  `no acknowledged write is lost in ${rounds} rounds of kill -9, and every file can be read`,
  async () => {
    let cookie = 0;
    for (let round = 1; round <= rounds; round++) {
      const served = await serve();
      try {
        const tt = soapClient(`${served.url}/cgi-bin/ttsoapcgi.exe`);
        // The session outlives its process, so it is opened once.
        if (cookie === 0) {
          const logon = { dbname: 'Project', username: 'admin', password: 'secret' };
          cookie = Number(await tt.DatabaseLogon(logon));
          await fork(served.url);
        }
        const chance = seededBytes('kill', `round/${round}`).readUInt16BE() % 150;
        await workAndKill(served, cookie, 30 + chance);
        await look(round);
      } finally {
        served.child.kill('SIGKILL');
      }
    }
    const saves = [...told.saves.values(), ...told.forkSaves.values()];
    const acknowledged = saves.reduce((sum, each) => sum + each.acknowledged, 0);
    expect(acknowledged).toBeGreaterThan(rounds * 10);
  },
  rounds * 20_000,
);

/**
 * Many worlds in a data folder and few files that may be open (item 30 of the list of attacks). 150 worlds;
 * TWINTRACK_MANY_WORLDS says otherwise.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RawConnection } from '../support/raw-http.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';

const count = Number(process.env.TWINTRACK_MANY_WORLDS ?? 150);
const names = Array.from({ length: count }, (_, at) => `w${at}`);
// A start alone, from TypeScript, has up to 130 files open.
const [manyFiles, fewFiles] = [256, 160];

let root: string;
let folder: ScenarioFolder;
let program: SpawnedProgram | undefined;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-worlds-'));
  folder = new ScenarioFolder();
});
afterEach(() => {
  program?.child.kill('SIGKILL');
  folder.remove();
  rmSync(root, { recursive: true, force: true });
});

async function start(openFiles: number): Promise<SpawnedProgram> {
  const scenario = folder.write('tiny.json', tinyScenario);
  const words = ['serve', '--port', '0', '--scenario', scenario, '--data', path.join(root, 'state')];
  program = await spawnProgram([...words, '--log-format', 'json'], { openFiles });
  return program;
}

/** How many files the process has open; undefined where the system does not tell. */
function openFilesOf({ child }: SpawnedProgram): number | undefined {
  return process.platform === 'linux' ? readdirSync(`/proc/${child.pid}/fd`).length : undefined;
}

async function make(url: string, name: string): Promise<void> {
  const response = await fetch(`${url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  expect(response.status, await response.text()).toBe(200);
}

async function clientOf(url: string, name: string) {
  const tt = soapClient(`${url}/w/${name}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(await tt.DatabaseLogon({ dbname: 'Tiny', username: 'administrator', password: '' }));
  return { tt, cookie };
}

test(
  'worlds hold no file while nobody uses them, connections are refused by a sentence, and a restart with fewer files goes on',
  async () => {
    const first = await start(manyFiles);
    await make(first.url, names[0] ?? '');
    const before = openFilesOf(first);
    for (const name of names.slice(1)) await make(first.url, name);
    for (const name of names) {
      const { tt, cookie } = await clientOf(first.url, name);
      await tt.addDefect({ cookie, pDefect: { summary: `of ${name}` } });
    }
    const after = openFilesOf(first);
    // 16 logs that were just written to, and connections that are still kept.
    if (before !== undefined && after !== undefined) expect(after - before).toBeLessThan(40);

    const all = await Promise.all(Array.from({ length: 300 }, () => RawConnection.open(first.port)));
    // A twin that answers faster than it takes connections has places for all; so nothing is asked before they are gone.
    await Promise.race(all.map((each) => each.untilClosed()));
    const answers = await Promise.all(
      all.map((each) =>
        each
          .send('GET /__admin/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
          .untilClosed(),
      ),
    );
    const status = (answer: string) => answer.slice(9, 12);
    expect(new Set(answers.map(status))).toEqual(new Set(['200', '503']));
    expect(answers.find((answer) => status(answer) === '503')).toContain(
      'There is no place for another connection',
    );

    first.child.kill('SIGTERM');
    expect(await first.exit).toEqual([0, null]);
    const second = await start(fewFiles);
    for (const name of names) {
      const { tt, cookie } = await clientOf(second.url, name);
      const found = await tt.getDefect({ cookie, defectNumber: 2, summary: '', bDownloadAttachments: false });
      expect(found).toMatchObject({ summary: `of ${name}` });
    }
    second.child.kill('SIGTERM');
    expect(await second.exit).toEqual([0, null]);
  },
  120_000 + 800 * count,
);

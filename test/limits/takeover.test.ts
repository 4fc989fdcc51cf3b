/**
 * Two processes on two machines and one data folder: the one that was paused is taken over, and neither what it kept before
 * nor what the other one kept meanwhile is lost when it goes on.
 */
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';

let root: string;
let folder: ScenarioFolder;
let running: SpawnedProgram[];
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-takeover-'));
  folder = new ScenarioFolder();
  running = [];
});
afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL');
  folder.remove();
  rmSync(root, { recursive: true, force: true });
});

/** Starts a twin that takes this for the name of its machine. */
async function startOn(host: string): Promise<SpawnedProgram> {
  const named = `import os from "node:os";import { syncBuiltinESMExports } from "node:module";os.hostname = () => "${host}";syncBuiltinESMExports();`;
  const scenario = folder.write('tiny.json', tinyScenario);
  const words = ['serve', '--port', '0', '--scenario', scenario, '--data', path.join(root, 'state')];
  const program = await spawnProgram([...words, '--log-format', 'json'], {
    nodeOptions: ['--import', `data:text/javascript,${encodeURIComponent(named)}`],
  });
  running.push(program);
  return program;
}

/** A client that is logged on, and what it added. */
async function clientOf({ url }: SpawnedProgram) {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(await tt.DatabaseLogon({ dbname: 'Tiny', username: 'administrator', password: '' }));
  return {
    add: (summary: string) => tt.addDefect({ cookie, pDefect: { summary } }),
    summaryOf: async (defectNumber: number) => {
      const found = await tt.getDefect({ cookie, defectNumber, summary: '', bDownloadAttachments: false });
      return (found as { summary: string }).summary;
    },
  };
}

test('a paused twin that was taken over refuses what comes then and ends, and nothing that was answered is lost', async () => {
  const first = await startOn('build-1');
  const before = await clientOf(first);
  await before.add('kept by the first');

  first.child.kill('SIGSTOP');
  const late = faultOf(before.add('too late'));
  // The paused one gives no sign of life; the time is put back instead of waiting.
  const silentSince = Date.now() / 1000 - 60;
  utimesSync(path.join(root, 'state', 'lock'), silentSince, silentSince);
  const second = await startOn('build-2');
  const meanwhile = await clientOf(second);
  for (const each of ['one', 'two', 'three']) await meanwhile.add(`kept by the second: ${each}`);

  first.child.kill('SIGCONT');
  expect((await late).message).toMatch(/General error|ECONNRESET|socket hang up/);
  expect(await first.exit).toEqual([3, null]);
  expect(first.printed()).toMatch(/was taken by process \d+ on build-2/);
  await meanwhile.add('kept by the second: four');

  second.child.kill('SIGTERM');
  expect(await second.exit).toEqual([0, null]);
  const third = await startOn('build-3');
  const after = await clientOf(third);
  const found = await Promise.all([2, 3, 4, 5, 6].map((number) => after.summaryOf(number)));
  expect(found).toEqual([
    'kept by the first',
    ...['one', 'two', 'three', 'four'].map((each) => `kept by the second: ${each}`),
  ]);
  await expect(after.summaryOf(7)).rejects.toThrow('The specified record does not exist');
}, 120_000);

/** A state of any size is exported and loaded again in little more memory than it has itself. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioFolder } from '../support/scenarios.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';
import { runWords } from '../support/terminal.ts';

const MB = 1024 * 1024;
const fileSize = 20 * MB;

let folder: ScenarioFolder;
let program: SpawnedProgram | undefined;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => {
  program?.child.kill('SIGKILL');
  folder.remove();
});

const start = async (file: string) => {
  program = await spawnProgram(
    ['serve', '--port', '0', '--scenario', file, '--log-format', 'json', '--max-state', '1GB'],
    { nodeOptions: ['--max-old-space-size=256'] },
  );
  return program;
};

/** What the process has now and has had at most, in bytes; undefined where the system does not tell. */
function memoryOf({ child }: SpawnedProgram): { now: number; most: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
  return { now: kilobytes('VmRSS') * 1024, most: kilobytes('VmHWM') * 1024 };
}

async function attach(url: string, at: number): Promise<void> {
  const form = new FormData();
  const call = { rpctoken: 'token', username: 'ann', suite: 'Small', command: 'attachFile' };
  for (const [name, value] of Object.entries({ ...call, sess: '1', tid: '0', fileName: `${at}.bin` }))
    form.append(name, value);
  form.append('file', new Blob([new Uint8Array(fileSize).fill(at + 1)]), `${at}.bin`);
  const response = await fetch(`${url}/run/rpc.mpl`, { method: 'POST', body: form });
  expect((await response.text()).split('\n')[0]).toBe('0');
}

test('five files of 20 MB and five thousand defects are exported and loaded in bounded memory', async () => {
  const scenario = folder.write('large.json', {
    twintrack: 1,
    testtrack: { projects: [{ name: 'Large', generate: { defects: 5_000 } }] },
    aptest: {
      token: 'token',
      users: ['ann'],
      suites: [{ name: 'Small', tests: ['A/One'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] }],
    },
  });
  const first = await start(scenario);
  for (let at = 0; at < 5; at++) await attach(first.url, at);
  const before = memoryOf(first);
  const out = path.join(folder.path, 'large.jsonl');
  expect((await runWords(['export', '--url', first.url, '--out', out])).exitCode).toBe(0);
  expect(statSync(out).size).toBeGreaterThan((5 * fileSize * 4) / 3);
  const after = memoryOf(first);
  if (before && after) expect(after.now - before.now).toBeLessThan(150 * MB);
  first.child.kill('SIGKILL');

  const second = await start(out);
  const loaded = memoryOf(second);
  // The files are 100 MB of it, the defects some 10; a start from TypeScript takes some 150 by itself.
  if (loaded) expect(loaded.most).toBeLessThan(5 * fileSize + 10 * MB + 150 * MB + 300 * MB);
  const again = path.join(folder.path, 'again.jsonl');
  expect((await runWords(['export', '--url', second.url, '--out', again])).exitCode).toBe(0);
  expect(readFileSync(again).equals(readFileSync(out))).toBe(true);
}, 120_000);

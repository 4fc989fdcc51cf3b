/** A process with little memory refuses what it has no room for, and goes on (item 30 of the list of attacks). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScenarioFolder } from '../support/scenarios.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { type SpawnedProgram, spawnProgram } from '../support/spawned-program.ts';

const MB = 1024 * 1024;
const scenario = {
  twintrack: 1,
  testtrack: { projects: [{ name: 'Project', users: [{ login: 'admin', password: 'secret', last: 'A' }] }] },
  aptest: {
    token: 'token',
    users: ['ann'],
    suites: [{ name: 'Small', tests: ['A/One'], sets: [{ path: 'all' }], sessions: [{ set: 'all' }] }],
  },
};

let folder: ScenarioFolder;
let program: SpawnedProgram;
beforeAll(async () => {
  folder = new ScenarioFolder();
  const file = folder.write('small.json', scenario);
  program = await spawnProgram(['serve', '--port', '0', '--scenario', file, '--log-format', 'json'], {
    nodeOptions: ['--max-old-space-size=128'],
  });
});
afterAll(() => {
  program.child.kill('SIGKILL');
  folder.remove();
});

/** The most memory that the process has had, in bytes; undefined where the system does not tell. */
function mostMemory(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${program.child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function attach(bytes: number): Promise<string> {
  const form = new FormData();
  const fields = {
    rpctoken: 'token',
    username: 'ann',
    suite: 'Small',
    command: 'attachFile',
    sess: '1',
    tid: '0',
  };
  for (const [name, value] of Object.entries({ ...fields, fileName: 'log.bin' })) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'log.bin');
  const response = await fetch(`${program.url}/run/rpc.mpl`, { method: 'POST', body: form });
  return (await response.text()).split('\n')[0] ?? '';
}

test('uploads of 25 MB are stored or refused, one after another and at once, and never end the process', async () => {
  const before = mostMemory();
  const codes: string[] = [];
  for (let at = 0; at < 4; at++) codes.push(await attach(25 * MB - 1000));
  codes.push(...(await Promise.all(Array.from({ length: 6 }, () => attach(25 * MB - 1000)))));
  expect(codes[0]).toBe('0');
  expect(codes.at(-1)).toBe('1');
  const after = mostMemory();
  // What is stored, what is just put together, and garbage.
  if (before !== undefined && after !== undefined) expect(after - before).toBeLessThan(200 * MB);
  expect(program.child.exitCode).toBeNull();
}, 60_000);

test('records are refused before the heap is full, and what was kept can be read', async () => {
  const tt = soapClient(`${program.url}/cgi-bin/ttsoapcgi.exe`);
  const logOn = { dbname: 'Project', username: 'admin', password: 'secret' };
  const cookie = Number(await tt.DatabaseLogon(logOn));
  const add = () =>
    tt.addDefect({ cookie, pDefect: { summary: 'Large', workaround: 'x'.repeat(2_000_000) } });
  let kept = 0;
  const fault = await faultOf(
    (async () => {
      for (;;) {
        await add();
        kept += 1;
        expect(kept).toBeLessThan(200);
      }
    })(),
  );
  expect(fault.message).toContain('General error.');
  const found = (await tt.getDefect({
    cookie,
    defectNumber: 1,
    summary: '',
    bDownloadAttachments: false,
  })) as {
    workaround?: string;
  };
  if (kept > 0) expect(found.workaround).toHaveLength(2_000_000);
  expect(program.child.exitCode).toBeNull();
}, 60_000);

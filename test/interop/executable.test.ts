import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestTrackClient } from '../../src/client/index.ts';
import { apTestChecks, testTrackChecks } from '../../src/contract-suite/all-checks.ts';
import { version } from '../../src/package/version.ts';
import { executable } from './executable.ts';
import { runProgram } from './run-program.ts';

/** The executable without Node beside it: from an empty folder, with an environment that has nothing. */

const here = mkdtempSync(path.join(tmpdir(), 'twintrack-executable-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));

/** The executable with an environment of its own; vitest's has words for Node. */
const alone = (...words: string[]) => ['/usr/bin/env', '-i', executable, ...words] as const;
const run = (folder: string, ...words: string[]) => runProgram(alone(...words), { cwd: folder });

function emptyFolder(name: string): string {
  const folder = path.join(here, name);
  mkdirSync(folder);
  return folder;
}

interface Served {
  readonly url: string;
  /** Everything it printed so far. */
  printed(): string;
  /** Sends it a signal. @returns its exit code */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a twin and waits until it says where it is. */
async function serve(folder: string, ...words: string[]): Promise<Served> {
  const [program, ...args] = alone('serve', '--port', '0', ...words);
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<number | null>((resolve) => void child.once('close', resolve));
  let text = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        text += piece;
        if (text.includes('End it with Ctrl+C')) resolve();
      });
    }
    void closed.then(() => reject(new Error(`It ended:\n${text}`)));
  });
  return {
    url: /answers on (http:\S+)/.exec(text)?.[1] ?? '',
    printed: () => text,
    end: (signal = 'SIGTERM') => {
      child.kill(signal);
      return closed;
    },
  };
}

test('says its version, its help and what was wrong, from an empty folder', async () => {
  const folder = emptyFolder('words');
  expect(await run(folder, '--version')).toBe(`${version}\n`);
  expect(await run(folder, 'serve', '--help')).toContain('--scenario <file>');
  const wrong = await run(folder, 'serve', '--scenario', 'none.yaml').catch((error: Error) => error.message);
  expect(wrong).toContain('none.yaml');
  expect(wrong).not.toMatch(/^ {4}at /m);
  expect(readdirSync(folder)).toEqual([]);
});

describe('a twin of the executable', () => {
  let folder: string;
  let served: Served;
  beforeAll(async () => {
    folder = emptyFolder('served');
    served = await serve(folder);
  });
  afterAll(async () => {
    expect(await served?.end()).toBe(0);
    expect(served?.printed()).not.toMatch(/Warning|mistake/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('agrees with everything that is known of both products, asked by the executable', async () => {
    const { url } = served;
    const options = [
      ...['--url', url, '--project', 'Sample Project', '--user', 'administrator', '--allow-writes'],
      ...['--second-user', 'hooper', '--second-password', 'grace', '--admin-url', url],
      ...['--rpc-url', url, '--suite', 'Example', '--rpc-user', 'lake'],
    ];
    const count = [...testTrackChecks, ...apTestChecks].reduce((sum, { checks }) => sum + checks.length, 0);
    const [env, alike, ...rest] = alone('contract', ...options);
    const printed = await runProgram([env, alike, 'APTEST_TOKEN=token', ...rest], { cwd: folder });
    expect(printed).toContain(`${count} checks: ${count} agree, 0 differ, 0 broken, 0 passed over\n`);
  });

  test.each([
    ['/', 'text/html'],
    ['/__console', 'text/html'],
    ['/__console/main.js', 'javascript'],
    ['/__console/console.css', 'text/css'],
    ['/ttsoapcgi.wsdl', 'xml'],
    ['/atm/index.mpl', 'text/html'],
    ['/__admin', 'text/html'],
    ['/__admin/openapi.json', 'application/json'],
    ['/__admin/metrics', 'text/plain'],
  ])('serves %s', async (address, type) => {
    const answer = await fetch(served.url + address, { headers: { accept: 'text/html, */*' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    expect((await answer.text()).length).toBeGreaterThan(300);
  });
});

test('has what is loaded when its time comes: generated records, Word documents, certificates', async () => {
  const folder = emptyFolder('seldom');
  const project = {
    name: 'Large',
    users: [{ login: 'ann', last: 'Lee' }],
    generate: { defects: 5 },
    exportTemplates: [{ name: 'List', kind: 'records', table: 'Defect', fields: ['Number', 'Summary'] }],
  };
  writeFileSync(
    path.join(folder, 'large.json'),
    JSON.stringify({ twintrack: 1, testtrack: { projects: [project] } }),
  );
  const served = await serve(folder, '--scenario', 'large.json', '--tls', '--tls-port', '0', '--watch');
  try {
    const user = { project: 'Large', username: 'ann', password: '' };
    const tt = await TestTrackClient.logOn({ url: served.url, ...user });
    expect((await tt.getDefect({ defectNumber: 5 })).defectnumber).toBe(5);
    const word = await tt.getDocForExportTemplate({ tablename: 'Defect', templateName: 'List' });
    expect(JSON.stringify(word).length).toBeGreaterThan(1000);
    await tt.logOff();
    const tlsUrl = /https:\/\/\S+:\d+/.exec(served.printed())?.[0];
    const status = new Promise<number | undefined>((resolve, reject) => {
      const options = { rejectUnauthorized: false };
      get(`${tlsUrl}/__admin/health`, options, (answer) => resolve(answer.statusCode)).on('error', reject);
    });
    expect(await status).toBe(200);
  } finally {
    expect(await served.end('SIGINT')).toBe(0);
  }
});

test('keeps its state in a data folder, and goes on with it', async () => {
  const folder = emptyFolder('kept');
  const worlds = async ({ url }: Served) =>
    ((await (await fetch(`${url}/__admin/worlds`)).json()) as { name: string }[]).map(({ name }) => name);
  const first = await serve(folder, '--data', 'state');
  await fetch(`${first.url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name": "mine"}',
  });
  expect(await first.end()).toBe(0);
  const second = await serve(folder, '--data', 'state');
  expect(await worlds(second)).toEqual(['main', 'mine']);
  expect(await second.end()).toBe(0);
});

test('writes a first scenario that it serves, with the schema beside it, because an editor cannot look into it', async () => {
  const folder = emptyFolder('init');
  await run(folder, 'init', '--yes');
  expect(readdirSync(folder).sort()).toEqual(['scenario.schema.json', 'twintrack.yaml']);
  expect(readFileSync(path.join(folder, 'twintrack.yaml'), 'utf8')).toMatch(
    /\$schema=scenario\.schema\.json\n/,
  );
  expect(JSON.parse(readFileSync(path.join(folder, 'scenario.schema.json'), 'utf8'))).toHaveProperty(
    '$schema',
  );
  await run(folder, 'lint', 'twintrack.yaml');
});

/**
 * Every block of the README, as it is printed and in its order, in a folder as it is after a checkout. Only the port is
 * another one (`TWINTRACK_PORT=0`).
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { carryOut } from './dockerfile.ts';
import { curlBlocks, readmeBlocks, runCurlBlocks, runFirstEdit, sudsProgram, withAddress } from './readme.ts';
import { runProgram } from './run-program.ts';
import { type StartedLine, startLine } from './started-program.ts';

const MINUTES = 60_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const here = mkdtempSync(path.join(tmpdir(), 'twintrack-readme-steps-'));
const checkout = path.join(here, 'twintrack');
const project = path.join(here, 'project');
cpSync(root, checkout, {
  recursive: true,
  filter: (file) =>
    !/^(?:node_modules|dist.*|executable|\.git|coverage)(?:\/|$)/.test(path.relative(root, file)),
});
mkdirSync(project);

const running: StartedLine[] = [];
afterEach(() => {
  for (const each of running.splice(0)) each.kill();
});
afterAll(() => rmSync(here, { recursive: true, force: true }), 3 * MINUTES);

/** What vitest and npm set for this suite is none of a reader's; no port is free for sure but the one that is given. */
const env: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(?:VITEST|TWINTRACK_|NODE_ENV|NODE_OPTIONS|npm_)/.test(entry[0]),
    ),
  ),
  TWINTRACK_PORT: '0',
  npm_config_prefer_offline: 'true',
};

const done: string[] = [];

/** The block that begins so; it counts as done. */
function block(language: string, beginning: string): string {
  const found = readmeBlocks(language).find((text) => text.startsWith(beginning));
  if (found === undefined)
    throw new Error(`The README has no ${language} block that begins with ${beginning}`);
  done.push(found);
  return found;
}

/** Starts a line and waits for the twin. @returns its address */
async function started(line: string, cwd = checkout): Promise<{ url: string; line: StartedLine }> {
  const begun = startLine(line, cwd, env);
  running.push(begun);
  await begun.until(/answers on https?:\S+\n/);
  return { url: /answers on (https?:\S+)\n/.exec(begun.printed())?.[1] ?? '', line: begun };
}

const shell = (script: string, cwd = checkout) =>
  runProgram(['bash', '-e', '-c', script], { cwd, env, limitMs: 5 * MINUTES });

test('"npm ci && npm start" installs, builds and starts; the first edit and the calls with curl work, Ctrl+C ends it', {
  timeout: 6 * MINUTES,
}, async () => {
  const [first = ''] = block('sh', 'npm ci && npm start').split('\n');
  const { url, line } = await started(first);
  expect(line.printed()).toContain('Building Twintrack for the first time');
  const [types, program] = [block('python', '# Stock suds'), block('python', 'from suds.client')];
  expect(sudsProgram).toBe(`${types}\n${program}`);
  expect(await runFirstEdit(url, checkout)).toBe('High\n');
  done.push(...curlBlocks);
  expect(await runCurlBlocks(url, checkout)).toContain('0\n00124\n');
  await shell(withAddress(url, 'npx twintrack export --url http://127.0.0.1:8080 --out now.yaml'));
  await shell('npx twintrack lint now.yaml');
  await line.interrupt();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('"npm ci && npm test" checks style and types and runs the tests; here of one file, because all of them take long', {
  timeout: 6 * MINUTES,
}, async () => {
  const [, second = ''] = block('sh', 'npm ci && npm start').split('\n');
  expect(second).toBe('npm ci && npm test');
  expect(await shell(`${second} -- test/docs/readme.test.ts`)).toMatch(/Test Files .*1 passed/);
});

test('the own scenario is sound, and is served again whenever it is saved; the first edit works with it too', {
  timeout: MINUTES,
}, async () => {
  const mine = path.join(checkout, 'my.yaml');
  writeFileSync(mine, block('yaml', '# my.yaml'));
  const [lint = '', serve = ''] = block('sh', 'npx twintrack lint').split('\n');
  await shell(lint);
  const { url, line } = await started(serve);
  expect(await runFirstEdit(url, checkout)).toBe('High\n');
  writeFileSync(mine, readFileSync(mine, 'utf8') + block('yaml', '# at the end of my.yaml'));
  await line.until(/The scenario was read again/);
  expect(await runFirstEdit(url, checkout)).toBe('High\n');
  expect(await runFirstEdit(url, checkout)).toBe('High\n');
  await expect(runFirstEdit(url, checkout), 'the third save').rejects.toThrow('locked');
  await line.interrupt();
});

test('a first scenario of init is sound, and the test beside it passes', {
  timeout: 2 * MINUTES,
}, async () => {
  const folder = path.join(checkout, 'first');
  mkdirSync(folder);
  await shell('npx twintrack init --yes', folder);
  const [scenario = ''] = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  await shell(`npx twintrack lint ${scenario}`, folder);
  expect(await shell('npx twintrack --help', folder)).toContain('init');
});

test('a state in a folder goes on after an end', { timeout: MINUTES }, async () => {
  const serve = block('sh', 'npx twintrack serve --scenario my.yaml --data').trim();
  const first = await started(serve);
  expect(await runFirstEdit(first.url, checkout)).toBe('High\n');
  await first.line.interrupt();
  const second = await started(serve);
  const saved = await fetch(`${second.url}/__admin/diff?from=seed&to=now`);
  expect(await saved.text()).toContain('defect 11: priority (empty) to High');
  await second.line.interrupt();
});

test('each line for TLS serves https, with a certificate made for it or with one that is given', {
  timeout: 3 * MINUTES,
}, async () => {
  const lines = block('sh', 'npx twintrack serve --tls --data').trim().split('\n');
  await shell(
    'openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.pem -days 2 -subj /CN=localhost 2>&1',
  );
  const https: boolean[] = [];
  for (const each of lines) {
    const { url, line } = await started(each.replace('--tls-port 8443', '--tls-port 0'));
    https.push(url.startsWith('https:'));
    const [secure = ''] = /https:\/\/[^\s/]+/.exec(line.printed()) ?? [];
    expect(await shell(`curl --silent --insecure ${secure}/ttsoapcgi.wsdl`)).toContain('<definitions');
    await line.interrupt();
  }
  expect(https).toEqual([true, false, true]);
});

test('without an engine for containers, the steps of the Dockerfile that its two commands would run: build, entry, health', {
  timeout: 5 * MINUTES,
}, async () => {
  const [build, runIt = ''] = block('sh', 'docker build').split('\n');
  expect(build).toBe('docker build -t twintrack .');
  expect(runIt).toContain('-e TWINTRACK_SCENARIO=/scenarios/demo.yaml');
  const image = await carryOut(checkout, path.join(here, 'image'));
  expect(image.notRun).toEqual(['mkdir /scenarios /state && chown node:node /scenarios /state']);
  expect(existsSync(path.join(image.folder, 'node_modules', 'esbuild')), 'development packages').toBe(false);
  const inFolder = (words: readonly string[]) =>
    words
      .map((word) => `'${word.replace('/app/', `${image.folder}/`).replaceAll("'", String.raw`'\''`)}'`)
      .join(' ');
  const scenario = path.join(image.folder, 'scenarios', 'demo.yaml');
  const begun = startLine(inFolder([...image.entryPoint, ...image.command]), image.folder, {
    ...env,
    ...image.env,
    TWINTRACK_HOST: '127.0.0.1',
    TWINTRACK_SCENARIO: scenario,
    TWINTRACK_ADMIN_TOKEN: 'a token',
  });
  running.push(begun);
  await begun.until(/answers on http:\S+\n/);
  const port = /answers on http:\S+:(\d+)\n/.exec(begun.printed())?.[1] ?? '';
  await runProgram(['bash', '-c', inFolder(image.healthCheck)], {
    env: { ...env, TWINTRACK_PORT: port, TWINTRACK_ADMIN_TOKEN: 'a token' },
  });
  expect(await runFirstEdit(`http://127.0.0.1:${port}`, here)).toBe('High\n');
  await begun.interrupt();
});

test('the packed package is installed into a project, where the test of the README passes', {
  timeout: 6 * MINUTES,
}, async () => {
  await shell('npm pack');
  const tarball = path.join(checkout, 'twintrack-0.1.0.tgz');
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const install = 'npm install --save-dev /path/to/twintrack-0.1.0.tgz';
  expect(readFileSync(path.join(root, 'README.md'), 'utf8')).toContain(`\`${install}\``);
  await shell(`${install.replace('/path/to/twintrack-0.1.0.tgz', tarball)} vitest@4.1.12`, project);
  writeFileSync(path.join(project, 'my.yaml'), readmeBlocks('yaml').join(''));
  writeFileSync(path.join(project, 'printer.test.ts'), block('ts', '// printer.test.ts'));
  expect(await shell('npx vitest run --testTimeout=60000', project)).toMatch(/1 passed/);
});

test('that was every block of the README', () => {
  expect(readmeBlocks().filter((text) => !done.includes(text))).toEqual([]);
});

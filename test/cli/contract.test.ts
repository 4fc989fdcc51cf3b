import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contractOptions } from '../../src/cli/contract-options.ts';
import { startTwin } from '../../src/index.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import { ScenarioFolder } from '../support/scenarios.ts';
import { runWords } from '../support/terminal.ts';

const twin = await startTwin();
afterAll(() => twin.close());
let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => {
  folder.remove();
  for (const name of Object.keys(process.env))
    if (/^(?:TESTTRACK|APTEST)_/.test(name)) delete process.env[name];
});

const project = ['--project', 'Sample Project', '--user', 'administrator'];
const suite = ['--suite', 'Example', '--token', 'token', '--rpc-user', 'lake'];
const contract = (...words: string[]) => runWords(['contract', ...words]);

describe('a look at a server', () => {
  test('shows each check as it ends, and ends with 0 when the server does as the twin', async () => {
    const run = await contract('--url', twin.url, ...project, '--only', 'folder path separator');
    expect(run).toEqual({
      exitCode: 0,
      out: 'ok       TestTrack, Tables and lists: the folder path separator is "/"\n\n1 checks: 1 agree, 0 differ, 0 broken, 0 passed over\n',
      err: '',
    });
  });

  test('looks at both servers, and lists what it passes over with the reason', async () => {
    const both = ['--url', twin.soapUrl, ...project, '--rpc-url', twin.rpcUrl, ...suite];
    const { exitCode, out } = await contract(...both, '--only', 'lock');
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'skipped  TestTrack, Edit locks: a save ends the lock (it would write (--allow-writes))\n',
    );
    expect(out).toMatch(/skipped {2}ApTest, Locks: getSessionList tells locked sessions/);
  });

  test('writes with leave to, and moves the clock of a twin', async () => {
    const words = ['--allow-writes', '--admin-url', twin.url, '--only', '15 minutes'];
    const { exitCode, out } = await contract('--url', twin.url, ...project, ...words);
    expect([exitCode, out]).toEqual([
      0,
      expect.stringMatching(/^ok {7}TestTrack, Edit locks: a lock holds for 15 minutes/),
    ]);
  });

  test('ends with 1 when it differs, and says where, on the terminal and in both reports', async () => {
    await using wrong = await wrongServer(twin.url, ({ request, body }) =>
      request.includes(':getFolderPathSeparator') ? { body: body.replace('>47<', '>92<') } : undefined,
    );
    const [junit, markdown] = [folder.write('junit.xml', ''), folder.write('report.md', '')];
    const words = ['--only', 'folder path', '--junit', junit, '--markdown', markdown];
    const { exitCode, out } = await contract('--url', wrong.url, ...project, ...words);
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'DIFFERS  TestTrack, Tables and lists: the folder path separator is "/"\n         its character code: expected 47\n         got 92\n',
    );
    expect(readFileSync(junit, 'utf8')).toContain(
      '<failure message="its character code: expected 47, got 92"',
    );
    expect(readFileSync(markdown, 'utf8')).toContain('## Where this server differs');
  });

  test('takes the server and its secrets from variables', async () => {
    Object.assign(process.env, {
      TESTTRACK_URL: twin.url,
      TESTTRACK_PROJECT: 'Sample Project',
      TESTTRACK_USER: 'hooper',
      TESTTRACK_PASSWORD: 'grace',
      APTEST_TOKEN: 'not used',
    });
    const { exitCode, out, err } = await contract('--only', 'folder path separator');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).not.toContain('grace');
  });
});

describe('what is wrong is said in one message, with exit code 2', () => {
  const url = ['--url', 'http://localhost'];
  test.each([
    ['no server', [], 'Say which server to look at: --url for TestTrack, --rpc-url for ApTest, or both.'],
    [
      'no project',
      [...url, '--user', 'a'],
      '--project is missing: --url wants it, as an option or as TESTTRACK_PROJECT.',
    ],
    [
      'no token',
      ['--rpc-url', 'http://localhost', '--suite', 's'],
      '--token is missing: --rpc-url wants it, as an option or as APTEST_TOKEN.',
    ],
    [
      'a suite without its server',
      [...url, ...project, '--suite', 's'],
      '--suite means nothing without --rpc-url.',
    ],
    [
      'a second user without a server',
      ['--rpc-url', 'http://h', ...suite, '--second-user', 'u'],
      '--second-user means nothing without --url.',
    ],
    [
      'a URL that is none',
      ['--url', 'localhost:80', ...project],
      '--url: "localhost:80" is no URL. Write it as http://host or http://host/path.',
    ],
    ['a time that is none', [...url, ...project, '--timeout', 'soon'], '--timeout: '],
    [
      'a report that cannot be written',
      [...url, ...project, '--junit', '/no/such/folder/x.xml'],
      '/no/such/folder/x.xml cannot be written: the folder /no/such/folder is not there, or not writable.',
    ],
    [
      'an option that is none',
      ['--allow-write'],
      "error: unknown option '--allow-write'\n(Did you mean --allow-writes?)",
    ],
  ])('%s', async (_, words, message) => {
    const run = await contract(...words);
    expect([run.exitCode, run.out]).toEqual([2, '']);
    expect(run.err.startsWith(message)).toBe(true);
  });

  test('a logon that is refused, with what the twin knows about it', async () => {
    const { exitCode, err } = await contract('--url', twin.url, ...project, '--password', 'wrong');
    expect(exitCode).toBe(2);
    expect(err).toMatch(
      /^The logon was refused: The username or password is not valid\. \(Logon of "administrator"/,
    );
  });

  test('a server that is not there', async () => {
    const closed = await startTwin();
    await closed.close();
    const { exitCode, err } = await contract('--url', closed.url, ...project);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^getProjectList got no answer from .*: nothing listens there\n$/);
  });

  test('a token or a suite that rpc.mpl refuses', async () => {
    const { exitCode, err } = await contract('--rpc-url', twin.url, ...suite, '--token', 'wrong');
    expect([exitCode, err]).toEqual([2, expect.stringMatching(/^rpc\.mpl refuses the suite: Wrong token/)]);
    const other = await contract('--rpc-url', twin.url, ...suite, '--suite', 'Nope');
    expect(other.err).toMatch(/^rpc\.mpl refuses the suite: No such suite: Nope/);
  });

  test('a clock that cannot be moved', async () => {
    const { exitCode, err } = await contract(
      '--url',
      twin.url,
      ...project,
      '--admin-url',
      `${twin.url}/nowhere`,
    );
    expect(exitCode).toBe(2);
    expect(err).toMatch(
      /^--admin-url: .*\/nowhere gives no control over a clock: the clock answered HTTP 404/,
    );
  });
});

test('the help teaches: every option with its variable, examples and exit codes', async () => {
  const { exitCode, out } = await contract('--help');
  expect(exitCode).toBe(0);
  for (const { long, envVar } of contractOptions) {
    expect(out).toContain(long);
    if (envVar !== undefined) expect(out).toContain(envVar);
  }
  expect(out).toContain('Reads only.');
  expect(out).toContain('Exit codes: 0 the server does as the twin; 1 it differs');
});

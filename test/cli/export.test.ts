import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { demoScenario } from '../../src/twin.ts';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';
import { runWords } from '../support/terminal.ts';

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

const logOn = { dbname: 'Tiny', username: 'administrator', password: '' };

describe('an export of a running twin', () => {
  test.each(['now.yaml', 'now.json', 'now.jsonl'])(
    'as %s is a scenario in which the open session goes on',
    async (name) => {
      const out = path.join(folder.path, name);
      await using twin = await startTwin({ scenario: tinyScenario });
      const tt = soapClient(twin.soapUrl);
      const cookie = Number(await tt.DatabaseLogon(logOn));
      await tt.addDefect({ cookie, pDefect: { summary: 'Came later' } });
      const { exitCode, err } = await runWords(['export', '--url', twin.url, '--out', out]);
      expect(exitCode).toBe(0);
      // On a busy machine a line before says that it waits.
      expect(err.endsWith(`${out}: ${readFileSync(out).length} bytes\n`)).toBe(true);
      expect(readdirSync(folder.path)).toEqual([name]);

      await using second = await startTwin({ scenario: out });
      const found = await soapClient(second.soapUrl).getDefect({ cookie, defectNumber: 2 });
      expect(found).toMatchObject({ summary: 'Came later' });
    },
  );

  test('is of the world that the address names', async () => {
    await using twin = await startTwin({ scenario: tinyScenario });
    await using fork = await twin.fork('other');
    const tt = soapClient(fork.soapUrl);
    await tt.addDefect({ cookie: Number(await tt.DatabaseLogon(logOn)), pDefect: { summary: 'Only here' } });
    expect((await runWords(['export', '--url', `${twin.url}/w/other/`])).out).toContain('"Only here"');
    expect((await runWords(['export', '--url', twin.url])).out).not.toContain('"Only here"');
  });

  test('needs the token of the twin', async () => {
    await using twin = await startTwin({ scenario: tinyScenario, adminToken: 'let-me-in' });
    const refused = await runWords(['export', '--url', twin.url]);
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain('answers 401 and gives no export. No token was sent');
    const env = { TWINTRACK_ADMIN_TOKEN: 'let-me-in' };
    const words = ['export', '--url', twin.url, '--admin-token', env.TWINTRACK_ADMIN_TOKEN];
    expect((await runWords(words, env)).exitCode).toBe(0);
  });

  test('says so when nothing answers', async () => {
    const { exitCode, err } = await runWords(['export', '--url', 'http://127.0.0.1:1']);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:1\/__admin\/export/);
  });
});

describe('an export of a scenario', () => {
  test('needs no twin', async () => {
    const file = folder.write('tiny.json', tinyScenario);
    const { exitCode, out } = await runWords(['export', '--scenario', file]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^twintrack: 1\nseed: "twintrack"\nclock: {"mode":"real"}\nstate:\n/);
    expect((await runWords(['lint', folder.write('again.yaml', out)])).exitCode).toBe(0);
  });

  test('as SQL holds the sessions of ApTest', async () => {
    const suites = [
      {
        name: 'Small',
        tests: ['A/One'],
        sets: [{ path: 'all' }],
        sessions: [{ set: 'all', name: 'Nightly' }],
      },
    ];
    const aptest = { token: 'open', users: ['ann'], settings: { sqlMirror: true }, suites };
    const file = folder.write('mirror.json', { twintrack: 1, aptest });
    const { exitCode, out } = await runWords(['export', '--scenario', file, '--sql']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^(DROP|CREATE|DELETE|INSERT)\b/i);
    expect(out).toContain("'A.dir/One.bts'");
    expect(out.trimEnd().endsWith(';')).toBe(true);
  });

  test('as SQL says why there is nothing to write', async () => {
    const { exitCode, out, err } = await runWords(['export', '--scenario', demoScenario, '--sql']);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '' });
    expect(err).toContain('sqlMirror is off');
  });

  test.each([
    ['now.txt', 'does not end in .yaml, .yml, .json or .jsonl'],
    ['nowhere/now.yaml', 'cannot be written (ENOENT)'],
  ])('to %s is refused', async (name, message) => {
    const file = folder.write('tiny.json', tinyScenario);
    const { exitCode, err } = await runWords([
      'export',
      '--scenario',
      file,
      '--out',
      path.join(folder.path, name),
    ]);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});

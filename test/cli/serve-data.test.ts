import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';
import { type Run, runWords, startRun } from '../support/terminal.ts';

let folder: ScenarioFolder;
let data: string;
let words: string[];
beforeEach(() => {
  folder = new ScenarioFolder();
  data = path.join(folder.path, 'state');
  words = ['serve', '--scenario', folder.write('tiny.json', tinyScenario), '--port', '0', '--data', data];
});
afterEach(() => folder.remove());

async function serving(more: readonly string[] = []): Promise<{ run: Run; url: string }> {
  const run = startRun([...words, ...more]);
  const [, url = ''] = await run.until(/answers on (http:\/\/127\.0\.0\.1:\d+)\n/);
  return { run, url };
}

async function ended({ run }: { readonly run: Run }): Promise<string> {
  run.stop();
  expect(await run.ended).toBe(0);
  return run.printed.err;
}

async function addDefect(url: string): Promise<void> {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  const logon = { dbname: 'Tiny', username: 'administrator', password: '' };
  const cookie = Number(await tt.DatabaseLogon(logon));
  await tt.addDefect({ cookie, pDefect: { summary: 'Second' } });
}

async function defectCount(url: string): Promise<number> {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(await tt.DatabaseLogon({ dbname: 'Tiny', username: 'administrator', password: '' }));
  const found = await Promise.allSettled(
    [1, 2, 3].map((defectNumber) => tt.getDefect({ cookie, defectNumber })),
  );
  return found.filter(({ status }) => status === 'fulfilled').length;
}

describe('twintrack serve --data', () => {
  test('goes on with what it kept, says so, and begins anew with --fresh', async () => {
    const first = await serving();
    await addDefect(first.url);
    expect(await ended(first)).not.toContain('Going on');
    const second = await serving();
    expect(await defectCount(second.url)).toBe(2);
    expect(first.run.printed.out).not.toContain('not read');
    expect(second.run.printed.out).toContain('tiny.json (not read: the state in the data folder goes on)\n');
    expect(await ended(second)).toContain(`Going on with the state in ${data}, as of record `);
    const third = await serving(['--fresh']);
    expect(await defectCount(third.url)).toBe(1);
    const [, old = ''] = /was moved to (\S+);/.exec(await ended(third)) ?? [];
    expect(old).toMatch(/state\.old-\d{8}T\d{6}Z$/);
    const fourth = await serving(['--data', old]);
    expect(await defectCount(fourth.url)).toBe(2);
    await ended(fourth);
  });

  test('warns when the scenario is no longer what the state began with', async () => {
    await ended(await serving());
    folder.write('tiny.json', `${JSON.stringify(tinyScenario)}\n`);
    const second = await serving();
    expect(second.run.printed.out).toContain(
      'tiny.json (not read: the state in the data folder goes on, which began with another text; --fresh begins anew)\n',
    );
    expect(await ended(second)).toMatch(/The scenario \S+tiny\.json is not read: .* began with another text/);
    await ended(await serving(['--fresh']));
    const fourth = await serving();
    expect(fourth.run.printed.out).toContain('tiny.json (not read: the state in the data folder goes on)\n');
    expect(await ended(fourth)).not.toContain('another text');
  });

  // Commander reads variables from the process itself.
  describe('takes TWINTRACK_FRESH', () => {
    afterEach(() => {
      delete process.env.TWINTRACK_FRESH;
    });
    const withFresh = async (value: string): Promise<number> => {
      const first = await serving();
      await addDefect(first.url);
      await ended(first);
      process.env.TWINTRACK_FRESH = value;
      const run = startRun(words, { TWINTRACK_FRESH: value });
      const [, url = ''] = await run.until(/answers on (http:\S+)\n/);
      const count = await defectCount(url);
      await ended({ run });
      return count;
    };

    test.each(['true', '1', 'Yes', 'ON'])('%j for a yes', async (value) => {
      expect(await withFresh(value)).toBe(1);
    });

    test.each(['false', '0', 'No', 'OFF', ''])('%j for a no', async (value) => {
      expect(await withFresh(value)).toBe(2);
    });

    test.each(['maybe', '2', 'wahr'])('%j for a mistake that ends the start', async (value) => {
      process.env.TWINTRACK_FRESH = value;
      const { exitCode, out, err } = await runWords(words, { TWINTRACK_FRESH: value });
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
      expect(err).toContain(`TWINTRACK_FRESH: "${value}" is neither yes nor no. Write true, yes, on or 1`);
    });
  });

  test('says what it found damaged, and where the rest is', async () => {
    await ended(await serving());
    writeFileSync(path.join(data, 'wal-000001.jsonl'), 'rubbish', { flag: 'a' });
    const err = await ended(await serving());
    expect(err).toMatch(/wal-000001\.jsonl is damaged at byte \d+: the last line is cut off\./);
    expect(err).toContain('the 7 bytes behind it are kept in ');
  });

  test('is ended with one message and exit code 2 by a folder in use', async () => {
    const first = await serving();
    expect(await runWords(words)).toEqual({
      exitCode: 2,
      out: '',
      err: `The data folder ${data} is in use by process ${process.pid}. End that twin first, or choose another folder with --data.\n`,
    });
    await ended(first);
  });

  test('is ended with one message and exit code 2 by a file in the place of the folder', async () => {
    const file = folder.write('file', '');
    expect(await runWords([...words.slice(0, -1), file])).toEqual({
      exitCode: 2,
      out: '',
      err: `${file} is not a folder. Choose one with --data; it is made when it is not there.\n`,
    });
  });

  test.runIf(process.platform === 'linux')(
    'is ended with one message and exit code 2 by a place where nothing can be made',
    async () => {
      const { exitCode, err } = await runWords([...words.slice(0, -1), '/proc/twintrack']);
      expect(exitCode).toBe(2);
      expect(err).toMatch(/^The data folder \/proc\/twintrack cannot be used \(ENOENT: [^\n]+\)\.\n$/);
    },
  );

  test('goes on with the other worlds too, and says where each is', async () => {
    const first = await serving();
    const made = await fetch(`${first.url}/__admin/worlds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"checkout","listen":true}',
    });
    const { url } = (await made.json()) as { url: string };
    await addDefect(url);
    await ended(first);
    const second = await serving();
    expect([await defectCount(url), await defectCount(second.url)]).toEqual([2, 1]);
    expect(await ended(second)).toContain(`The world "checkout" goes on at ${url}`);
  });

  test('is ended with one message and exit code 2 by a state that cannot be read', async () => {
    await ended(await serving());
    truncateSync(path.join(data, 'seed-000001', '0001.json'), 100);
    const { exitCode, err } = await runWords(words);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^The state in the data folder .+ cannot be read: .+ is damaged at byte \d+: .+\n$/);
    const fresh = await serving(['--fresh']);
    expect(await defectCount(fresh.url)).toBe(1);
    await ended(fresh);
  });

  test('leaves other files in the folder alone', async () => {
    mkdirSync(data);
    const mine = path.join(data, 'notes.txt');
    writeFileSync(mine, 'mine');
    await ended(await serving());
    await ended(await serving(['--fresh']));
    expect(() => rmSync(mine)).not.toThrow();
  });
});

import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenarioFolder, tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';
import { runWords, startRun } from '../support/terminal.ts';

let folder: ScenarioFolder;
let data: string;
let words: string[];
beforeEach(async () => {
  folder = new ScenarioFolder();
  data = path.join(folder.path, 'state');
  words = ['serve', '--scenario', folder.write('tiny.json', tinyScenario), '--port', '0', '--data'];
  await served(data, async (url) => {
    const made = await fetch(`${url}/__admin/worlds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"checkout"}',
    });
    expect(made.ok).toBe(true);
    await addDefect(url);
    await addDefect(`${url}/w/checkout`);
  });
});
afterEach(() => folder.remove());

async function served<T>(at: string, work: (url: string) => Promise<T>): Promise<T> {
  const run = startRun([...words, at]);
  const [, url = ''] = await run.until(/answers on (http:\/\/127\.0\.0\.1:\d+)\n/);
  try {
    return await work(url);
  } finally {
    run.stop();
    expect(await run.ended).toBe(0);
  }
}

const login = { dbname: 'Tiny', username: 'administrator', password: '' };

async function addDefect(url: string): Promise<void> {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(await tt.DatabaseLogon(login));
  const attachmentlist = [{ 'm-strFileName': 'a.txt', 'm-pFileData': Buffer.from('attached') }];
  await tt.addDefect({ cookie, pDefect: { summary: 'Second', reportedbylist: [{ attachmentlist }] } });
}

async function defectCount(url: string): Promise<number> {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(await tt.DatabaseLogon(login));
  const found = await Promise.allSettled(
    [1, 2, 3].map((defectNumber) => tt.getDefect({ cookie, defectNumber })),
  );
  return found.filter(({ status }) => status === 'fulfilled').length;
}

/** Changes one byte of a file: the first of a text in it. */
function spoil(file: string, text: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThanOrEqual(0);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

test('a whole folder is said to be whole', async () => {
  expect(await runWords(['data', 'check', data])).toEqual({
    exitCode: 0,
    out: `${data}: whole, 2 worlds\n`,
    err: '',
  });
});

test('one bad byte in the seed is told by the start, by the check, and everything else is taken out', async () => {
  spoil(path.join(data, 'seed-000001', '0001.json'), 'First');
  const start = await runWords([...words, data]);
  expect(start.exitCode).toBe(2);
  expect(start.err).toContain('twintrack data repair');
  const before = readdirSync(data, { recursive: true }).sort();
  const check = await runWords(['data', 'check', data]);
  expect(check.exitCode).toBe(2);
  expect(check.out).toMatch(
    /0001\.json is damaged at byte [1-9]\d*: the checksum is wrong; \d+ records of it are whole, left out: 1 \(of testtrack:Tiny\/defects\)/,
  );
  const mended = path.join(folder.path, 'mended');
  const repair = await runWords(['data', 'repair', data, '--to', mended]);
  expect(repair.out).toContain(`${mended}: 2 worlds written`);
  expect(readdirSync(data, { recursive: true }).sort()).toEqual(before);
  expect(
    await served(mended, async (url) => [await defectCount(url), await defectCount(`${url}/w/checkout`)]),
  ).toEqual([1, 1]);
});

test('one bad byte in the name of a project never makes another project of it: what hangs on it is listed', async () => {
  spoil(path.join(data, 'seed-000001', '0001.json'), 'Tiny","');
  const check = await runWords(['data', 'check', data]);
  expect(check.out).toContain('left out: 1 (of testtrack/projects)');
  for (const world of [data, path.join(data, 'worlds', '000001-checkout')])
    expect(check.out).toMatch(
      new RegExp(
        `In the world of ${world} the project "Tiny" is missing, and nothing that hangs on it can be reached: 1 in users, .*2 in defects`,
      ),
    );
  const mended = path.join(folder.path, 'mended');
  const repair = await runWords(['data', 'repair', data, '--to', mended]);
  expect(repair).toMatchObject({ exitCode: 2, out: expect.stringContaining('"Tiny" is missing') });
});

test('one bad byte in an attachment is told, and the rest of it is taken as it stands', async () => {
  const [name = ''] = readdirSync(path.join(data, 'files'));
  spoil(path.join(data, 'files', name), 'attached');
  expect((await runWords([...words, data])).exitCode).toBe(2);
  const mended = path.join(folder.path, 'mended');
  const { out } = await runWords(['data', 'repair', data, '--to', mended]);
  expect(out).toContain(
    'the content does not fit the name, which is its hash; its bytes are taken as they stand',
  );
  expect(await served(mended, defectCount)).toBe(2);
});

test('a damaged log loses only what is behind the damage, and a folder in the way is not written over', async () => {
  const wal = readdirSync(data).find((name) => name.startsWith('wal')) ?? '';
  truncateSync(path.join(data, wal), readFileSync(path.join(data, wal)).length - 1);
  for (const name of readdirSync(data))
    if (name.startsWith('manifest-000002')) spoil(path.join(data, name), 'twintrack state');
  const { exitCode, out } = await runWords(['data', 'repair', data, '--to', data]);
  expect({ exitCode, out: out.includes('written') }).toEqual({ exitCode: 2, out: false });
  const repair = await runWords(['data', 'repair', data, '--to', path.join(folder.path, 'mended')]);
  expect(repair.out).toContain('the last line is cut off');
});

test('a folder that is not there is no whole folder', async () => {
  expect(await runWords(['data', 'check', path.join(folder.path, 'nowhere')])).toMatchObject({
    exitCode: 2,
    err: `There is no folder ${path.join(folder.path, 'nowhere')}.\n`,
  });
});

test.each([
  ['one bad byte in', (file: string) => spoil(file, 'checkout')],
  ['nothing left of', (file: string) => truncateSync(file, 0)],
])(
  '%s the note of a world is told, and the world is taken out under the name of its folder',
  async (_, harm) => {
    harm(path.join(data, 'worlds', '000001-checkout', 'world.json'));
    const { exitCode, out } = await runWords(['data', 'check', data]);
    expect({ exitCode, out }).toEqual({
      exitCode: 2,
      out: expect.stringContaining('is missing or damaged; it is called "checkout" now, after its folder'),
    });
    const mended = path.join(folder.path, 'mended');
    await runWords(['data', 'repair', data, '--to', mended]);
    expect(await served(mended, (url) => defectCount(`${url}/w/checkout`))).toBe(2);
  },
);

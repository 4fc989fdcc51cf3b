import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileContent } from '../../../src/world/file-content.ts';
import type { StoreOptions } from '../../../src/world/store/open-store.ts';
import { salvaged } from '../../../src/world/store/salvage.ts';
import { FailingDisk } from '../../support/failing-disk.ts';
import { OpenWorlds } from '../../support/open-worlds.ts';
import { DataFolder, noteScope, notes, noteTables } from '../../support/store.ts';

let folder: DataFolder;
let open: OpenWorlds[];
beforeEach(() => {
  folder = new DataFolder();
  open = [];
});
afterEach(async () => {
  for (const { worlds } of open) await worlds.close().catch(() => {});
  folder.remove();
});

async function start(options: Partial<StoreOptions> = {}): Promise<OpenWorlds> {
  const opened = await OpenWorlds.at(folder.path, { shareFrom: 1, ...options });
  open.push(opened);
  return opened;
}
async function restarted(opened: OpenWorlds): Promise<OpenWorlds> {
  await opened.worlds.close();
  return start();
}
const seeds = { 1: 'seed 1', 2: 'seed 2' };
const forkFolder = (number: number) =>
  path.join(folder.path, 'worlds', readdirSync(path.join(folder.path, 'worlds')).sort()[number - 1] ?? '');
/** The files of a fork that another folder has as well. */
const sharedFiles = (number: number) =>
  folder.names(forkFolder(number)).filter((name) => statSync(path.join(forkFolder(number), name)).nlink > 1);

describe('a fork shares the files of its origin,', () => {
  test('whatever becomes of the origin: it changes, makes checkpoints, is reset', async () => {
    const first = await start();
    await first.main.keep({ id: 3, text: 'in a checkpoint' });
    await first.main.store.checkpoint();
    await first.main.keep({ id: 4, text: 'in the log' });
    first.main.delete(1);
    await first.fork('a');
    expect(sharedFiles(1)).toEqual(['seed-000001/1/0001.json', 'seed-000001/1/wal-000002.jsonl']);
    const expected = { 2: 'seed 2', 3: 'in a checkpoint', 4: 'in the log' };
    for (const text of ['later', 'later still', 'at last']) {
      await first.main.keep({ id: 4, text });
      await first.main.store.checkpoint();
    }
    first.main.runner.reset();
    await first.main.runner.kept();
    expect(sharedFiles(1)).toEqual([]);
    const second = await restarted(first);
    expect(second.texts).toEqual({ main: seeds, a: expected });
    expect([second.words.warnings, second.words.errors]).toEqual([[], []]);
    await second.named('a').keep({ id: 5, text: 'its own' });
    const third = await restarted(second);
    expect(third.named('a').texts).toEqual({ ...expected, 5: 'its own' });
    third.named('a').runner.reset();
    expect(third.named('a').texts).toEqual(expected);
  });

  test('and a fork of it shares those too, until there are so many that it is written anew', async () => {
    const first = await start();
    const names = Array.from({ length: 12 }, (_, at) => `fork${at}`);
    let from: string | undefined;
    const expected: Record<string, Record<number, string>> = { main: seeds };
    for (const [at, name] of names.entries()) {
      const fork = await first.fork(name, from);
      await fork.keep({ id: at + 10, text: name });
      expected[name] = fork.texts;
      from = name;
    }
    const layers = names.map((_, at) => {
      const manifest = readdirSync(forkFolder(at + 1)).find((name) => name.startsWith('manifest')) ?? '';
      const { seed } = JSON.parse(readFileSync(path.join(forkFolder(at + 1), manifest), 'utf8')) as {
        seed: { layers?: unknown[] };
      };
      return seed.layers?.length ?? 0;
    });
    expect(layers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2]);
    for (const name of names.slice(0, 5)) {
      await first.worlds.drop(name);
      delete expected[name];
    }
    const second = await restarted(first);
    expect(second.texts).toEqual(expected);
    expect([second.words.warnings, second.words.errors]).toEqual([[], []]);
  });

  test('and its attachments, when the origin is gone', async () => {
    const first = await start();
    const origin = await first.fork('origin');
    await origin.keep({ id: 3, text: 'old', extra: fileContent(Buffer.from('old bytes')) });
    await origin.store.checkpoint();
    await origin.keep({ id: 4, text: 'new', extra: fileContent(Buffer.from('new bytes')) });
    await first.fork('a', 'origin');
    await first.worlds.drop('origin');
    const second = await restarted(first);
    const found = second.named('a').runner.world.collection(notes, noteScope);
    expect([3, 4].map((id) => found.get(id)?.extra)).toMatchObject([
      { bytes: Buffer.from('old bytes') },
      { bytes: Buffer.from('new bytes') },
    ]);
    await second.named('a').store.checkpoint();
    const third = await restarted(second);
    expect(third.named('a').runner.world.collection(notes, noteScope).get(3)?.extra).toMatchObject({
      bytes: Buffer.from('old bytes'),
    });
  });

  test('made while the origin writes a checkpoint and goes on', async () => {
    const first = await start();
    const expected: Record<string, Record<number, string>> = {};
    for (let round = 0; round < 10; round++) {
      first.main.put({ id: 3, text: `round ${round}` });
      const checkpoint = first.main.store.checkpoint();
      expected[`fork${round}`] = first.main.texts;
      const forking = first.fork(`fork${round}`);
      first.main.put({ id: 3, text: `behind round ${round}` });
      await Promise.all([checkpoint, forking, first.main.store.checkpoint()]);
    }
    const second = await restarted(first);
    expect(second.texts).toEqual({ main: { ...seeds, 3: 'behind round 9' }, ...expected });
    expect([second.words.warnings, second.words.errors]).toEqual([[], []]);
  });

  test('and writes its own where the disk knows no second names', async () => {
    const disk = new FailingDisk();
    const first = await start({ disk });
    await first.main.keep({ id: 3, text: 'third' });
    // Logs get their names by a link too: those are made beside a draft.
    disk.linksThatFail = /seed-/;
    await first.fork('a');
    expect(sharedFiles(1)).toEqual([]);
    const second = await restarted(first);
    expect(second.texts).toEqual({ main: { ...seeds, 3: 'third' }, a: { ...seeds, 3: 'third' } });
  });

  test('so that a bad byte in them is told for both, and the repair takes out what is whole', async () => {
    const first = await start();
    await first.main.keep({ id: 3, text: 'third' });
    await first.main.keep({ id: 4, text: 'fourth' });
    await first.fork('a');
    await first.worlds.close();
    const log = path.join(forkFolder(1), 'seed-000001', '1', 'wal-000001.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replace('fourth', 'fifth!'));
    const second = await start();
    expect(second.names).toEqual([]);
    expect(second.words.errors).toEqual([
      expect.stringMatching(/000001-a is not served, and left as it is: .*wal-000001\.jsonl is damaged/),
    ]);
    await second.worlds.close();
    const { worlds, problems } = await salvaged(folder.path, { tables: noteTables });
    expect(problems.join()).toMatch(/wal-000001\.jsonl is damaged at byte \d+: the checksum is wrong/);
    expect(worlds.map(({ state }) => state?.world.collection(notes, noteScope).size)).toEqual([4, 3]);
  });
});

test('a fork of a world with 50,000 changed records takes no 50 ms of CPU and no megabyte', async () => {
  const first = await start({ shareFrom: undefined });
  for (let from = 1; from < 50_000; from += 500)
    await first.main.keep(
      ...Array.from({ length: 500 }, (_, at) => ({ id: from + at, text: 'x'.repeat(400) })),
    );
  const bytes = () => Number(/^\d+/.exec(execFileSync('du', ['-sb', folder.path]).toString())?.[0]);
  const costs: number[] = [];
  const before = bytes();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    const begun = process.cpuUsage();
    await first.fork(name);
    const { user, system } = process.cpuUsage(begun);
    costs.push((user + system) / 1000);
  }
  expect(Math.min(...costs)).toBeLessThan(50);
  expect((bytes() - before) / costs.length).toBeLessThan(1_000_000);
  for (const name of ['b', 'c', 'd', 'e']) await first.worlds.drop(name);
  const second = await restarted(first);
  expect(second.named('a').runner.world.collection(notes, noteScope).size).toBe(50_000);
});

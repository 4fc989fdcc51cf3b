import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileContent } from '../../../src/world/file-content.ts';
import { NotKeptError } from '../../../src/world/keeper.ts';
import { StoreError } from '../../../src/world/store/store-error.ts';
import { FailingDisk } from '../../support/failing-disk.ts';
import { DataFolder, hostTime, keptOf, OpenNotes } from '../../support/store.ts';

let folder: DataFolder;
let disk: FailingDisk;
let open: OpenNotes[];
beforeEach(() => {
  folder = new DataFolder();
  disk = new FailingDisk();
  open = [];
});
afterEach(async () => {
  disk.failures.clear();
  disk.room = Number.POSITIVE_INFINITY;
  for (const { store } of open) await store.close();
  folder.remove();
});

async function start(
  at = folder.path,
  options: Parameters<typeof OpenNotes.at>[1] = { disk },
): Promise<OpenNotes> {
  const opened = await OpenNotes.at(at, options);
  open.push(opened);
  return opened;
}

const seeds = { 1: 'seed 1', 2: 'seed 2' };

describe('when a change cannot be written', () => {
  test.each([
    ['the disk is full', () => (disk.room = 0), 'ENOSPC'],
    ['the disk becomes full in the middle of it', () => (disk.room = 20), 'ENOSPC'],
    ['the disk does not confirm it', () => disk.failures.set('write', 'EIO'), 'EIO'],
  ])('because %s, it is undone, and the twin says so loudly', async (_, fail, code) => {
    const first = await start();
    await first.keep({ id: 3, text: 'kept' });
    fail();
    first.put({ id: 4, text: 'lost' });
    await expect(first.runner.kept()).rejects.toThrow(
      new NotKeptError(
        `It could not be written to the data folder, so it was undone: ${code}: made by a test`,
      ),
    );
    expect(first.texts).toEqual({ ...seeds, 3: 'kept' });
    expect(first.words.errors).toEqual([
      `The data folder ${folder.path} could not be written to: ${code}: made by a test. 1 change was undone and answered with a fault; the state is what is on the disk.`,
    ]);
    expect(keptOf((await start(folder.asAfterKill(), {})).runner.world)).toEqual(keptOf(first.runner.world));
  });

  test('what was made on top of it, or only read it, is told so too', async () => {
    const first = await start();
    disk.room = 20;
    first.put({ id: 3, text: 'lost' });
    const one = first.runner.kept();
    await new Promise((resolve) => setImmediate(resolve));
    first.put({ id: 3, text: 'on top' });
    const reader = first.runner.kept();
    await expect(one).rejects.toThrow(NotKeptError);
    await expect(reader).rejects.toThrow(NotKeptError);
    expect(first.texts).toEqual(seeds);
    expect(first.words.errors[0]).toContain('2 changes were undone');
  });

  test('numbers that were given out are free again, and the clock stands where it stood', async () => {
    const first = await start();
    disk.room = 0;
    first.put({ id: 3, text: 'lost' });
    first.runner.clock.advance(5000);
    await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    expect(first.runner.clock.now()).toBe(hostTime);
    disk.room = Number.POSITIVE_INFINITY;
    expect(first.runner.change((draft) => draft.next('puts'))).toBe(2);
  });

  test('a reset is undone too', async () => {
    const first = await start();
    await first.keep({ id: 3, text: 'kept' });
    disk.room = 0;
    first.runner.reset();
    await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    expect(first.texts).toEqual({ ...seeds, 3: 'kept' });
    disk.room = Number.POSITIVE_INFINITY;
    await first.store.checkpoint();
    expect((await start(folder.asAfterKill(), {})).texts).toEqual({ ...seeds, 3: 'kept' });
  });

  test('the next one is written as soon as there is room again, and nothing of the lost one is found', async () => {
    const first = await start();
    disk.room = 100;
    first.put({ id: 3, text: `lost ${'x'.repeat(500)}` });
    await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    disk.room = Number.POSITIVE_INFINITY;
    await first.keep({ id: 4, text: 'kept' });
    const second = await start(folder.asAfterKill(), {});
    expect(second.texts).toEqual({ ...seeds, 4: 'kept' });
    expect(second.words.warnings).toEqual([]);
  });

  test('and the half that was written cannot be cut off at once, it is cut off before the next one', async () => {
    const first = await start();
    disk.room = 100;
    disk.failures.set('truncate', 'EIO');
    for (const id of [3, 4]) {
      first.put({ id, text: `lost ${'x'.repeat(500)}` });
      await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    }
    disk.failures.clear();
    disk.room = Number.POSITIVE_INFINITY;
    await first.keep({ id: 5, text: 'kept' });
    const second = await start(folder.asAfterKill(), {});
    expect([second.texts, second.words.warnings]).toEqual([{ ...seeds, 5: 'kept' }, []]);
  });

  test('because its file cannot be written, it is undone as well', async () => {
    const first = await start();
    disk.failures.set('rename', 'ENOSPC');
    first.put({ id: 3, text: 'lost', extra: fileContent(Buffer.from('bytes')) });
    await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    disk.failures.clear();
    await first.keep({ id: 4, text: 'kept', extra: fileContent(Buffer.from('bytes')) });
    expect((await start(folder.asAfterKill(), {})).texts).toEqual({ ...seeds, 4: 'kept' });
  });
});

test('a checkpoint that cannot be written is told, and loses nothing', async () => {
  const first = await start();
  await first.keep({ id: 3, text: 'kept' });
  disk.failures.set('database', 'ENOSPC');
  await expect(first.store.checkpoint()).rejects.toThrow('ENOSPC');
  expect(folder.names().filter((name) => name.startsWith('state-'))).toEqual([]);
  await first.keep({ id: 4, text: 'kept too' });
  expect((await start(folder.asAfterKill(), {})).texts).toEqual({ ...seeds, 3: 'kept', 4: 'kept too' });
  await first.store.close();
  open = open.filter((each) => each !== first);
  expect(first.words.errors).toEqual([
    `No checkpoint could be written to ${folder.path}: ENOSPC: made by a test. Nothing is lost: the one before it and the write-ahead logs hold everything.`,
  ]);
  disk.failures.clear();
  expect((await start()).texts).toEqual({ ...seeds, 3: 'kept', 4: 'kept too' });
});

describe('a folder that cannot be used stops the start with one message:', () => {
  const problem = async (at: string, options?: Parameters<typeof OpenNotes.at>[1]): Promise<string> => {
    const error = await start(at, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    return (error as Error).message;
  };

  test.each([
    ['EROFS', 'open', /^The data folder .+ cannot be written to \(EROFS\)\. Give it to the user/],
    ['EACCES', 'mkdir', /^The data folder .+ cannot be written to \(EACCES\)\./],
    ['ENOSPC', 'database', /^There is no room left for the data folder .+ \(ENOSPC\)\. Make some, or /],
    ['EMFILE', 'open', /^The data folder .+ cannot be used \(EMFILE: /],
  ])('%s', async (code, what, message) => {
    disk.failures.set(what, code);
    expect(await problem(folder.path, { disk })).toMatch(message);
  });

  test('one that is a file', async () => {
    const file = path.join(path.dirname(folder.path), 'file');
    writeFileSync(file, '');
    expect(await problem(file)).toBe(
      `${file} is not a folder. Choose one with --data; it is made when it is not there.`,
    );
    expect(await problem(path.join(file, 'below'))).toContain('is not a folder');
  });

  test.runIf(process.platform === 'linux')('one in a place where nothing can be made', async () => {
    expect(await problem('/proc/twintrack/state')).toMatch(
      /^The data folder \/proc\/twintrack\/state cannot be used \(ENOENT: .+\)\.$/,
    );
  });

  test('one that is in use', async () => {
    await start();
    expect(await problem(folder.path)).toContain(`is in use by process ${process.pid}.`);
  });

  test('and is free again after a start that failed', async () => {
    disk.failures.set('database', 'ENOSPC');
    await problem(folder.path, { disk });
    disk.failures.clear();
    expect((await start()).texts).toEqual(seeds);
  });
});

test('many calls share one wait for the disk', async () => {
  const first = await start();
  disk.writes = 0;
  for (let id = 10; id < 200; id++) first.put({ id, text: 'x' });
  await first.runner.kept();
  expect(disk.writes).toBe(1);
});

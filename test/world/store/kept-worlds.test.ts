// Long because every way in which one world of several can be damaged, dropped or left half made is a test of its own.
import { existsSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Runner } from '../../../src/runner/runner.ts';
import { fileContent } from '../../../src/world/file-content.ts';
import { NotKeptError } from '../../../src/world/keeper.ts';
import { type Disk, localDisk } from '../../../src/world/store/disk.ts';
import { migrations } from '../../../src/world/store/format.ts';
import type { StoreOptions } from '../../../src/world/store/open-store.ts';
import { World } from '../../../src/world/world.ts';
import { FailingDisk, systemError } from '../../support/failing-disk.ts';
import { asVersion } from '../../support/older-folder.ts';
import { OpenWorlds } from '../../support/open-worlds.ts';
import { DataFolder, hostTime, keptOf, noteScope, notes } from '../../support/store.ts';

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

async function start(at = folder.path, options: Partial<StoreOptions> = {}): Promise<OpenWorlds> {
  const opened = await OpenWorlds.at(at, options);
  open.push(opened);
  return opened;
}
async function end(opened: OpenWorlds): Promise<void> {
  open = open.filter((each) => each !== opened);
  await opened.worlds.close();
}
const afterKill = () => start(folder.asAfterKill());
const seeds = { 1: 'seed 1', 2: 'seed 2' };
/** The folders of the worlds, by what they are called. */
const foldersOf = (at = folder.path) => readdirSync(path.join(at, 'worlds')).sort();

describe('a world that was made while running', () => {
  test('goes on after an end and after a kill, and neither it nor the main one has what the other did', async () => {
    const first = await start();
    await first.main.keep({ id: 3, text: 'before' });
    const fork = await first.fork('Checkout');
    await fork.keep({ id: 4, text: 'fork' }, { id: 1, text: 'changed' });
    await first.main.keep({ id: 5, text: 'main' });
    fork.runner.clock.advance(5000);
    await fork.runner.kept();
    const expected = { 1: 'changed', 2: 'seed 2', 3: 'before', 4: 'fork' };
    const killed = await afterKill();
    expect(killed.named('Checkout').texts).toEqual(expected);
    expect(killed.main.texts).toEqual({ ...seeds, 3: 'before', 5: 'main' });
    await end(first);
    const second = await start();
    expect(second.named('Checkout').texts).toEqual(expected);
    expect(second.named('Checkout').runner.clock.now()).toBe(hostTime + 5000);
    expect(second.worlds.list().map(({ note }) => note)).toEqual([{ name: 'Checkout', madeAt: hostTime }]);
    expect([second.words.warnings, second.words.errors]).toEqual([[], []]);
  });

  test('goes back to where it was forked with a reset, also after restarts', async () => {
    const first = await start();
    await first.main.keep({ id: 3, text: 'before' });
    first.main.delete(2);
    const fork = await first.fork('a');
    await fork.keep({ id: 4, text: 'fork' });
    await first.main.keep({ id: 3, text: 'after' });
    await end(first);
    const second = await start();
    second.named('a').runner.reset();
    await second.named('a').runner.kept();
    expect(second.named('a').texts).toEqual({ 1: 'seed 1', 3: 'before' });
    const third = await afterKill();
    expect(third.named('a').texts).toEqual({ 1: 'seed 1', 3: 'before' });
    await third.named('a').keep({ id: 9, text: 'x' });
    third.named('a').runner.reset();
    expect(third.named('a').texts).toEqual({ 1: 'seed 1', 3: 'before' });
  });

  test('that is a fork of a fork knows what that one held, and outlives it', async () => {
    const first = await start();
    const a = await first.fork('a');
    await a.keep({ id: 3, text: 'a' });
    a.delete(1);
    const b = await first.fork('b', 'a');
    await b.keep({ id: 4, text: 'b' });
    await first.worlds.drop('a');
    const value = keptOf(b.runner.world);
    await end(first);
    const second = await start();
    expect(second.names).toEqual(['b']);
    expect(keptOf(second.named('b').runner.world)).toEqual(value);
    const c = await second.fork('c', 'b');
    await end(second);
    expect((await start()).named('c').texts).toEqual(c.texts);
  });

  test('after the main one was reset, is a fork of what was there then', async () => {
    const first = await start();
    await first.main.keep({ id: 3, text: 'x' });
    const before = await first.fork('before');
    first.main.runner.reset();
    const after = await first.fork('after');
    await end(first);
    const second = await start();
    expect(second.named('before').texts).toEqual(before.texts);
    expect(second.named('after').texts).toEqual(after.texts);
    expect([before.texts, after.texts]).toEqual([{ ...seeds, 3: 'x' }, seeds]);
  });

  test('that is a fork of one that was dropped meanwhile has all that one held', async () => {
    const first = await start();
    const dropped = await first.fork('a');
    await dropped.keep({ id: 3, text: 'of the dropped one' });
    await first.worlds.drop('a');
    const { world, clock } = dropped.runner;
    const made = { madeAt: hostTime, world, clock: clock.choice(), from: 'a' };
    await first.worlds.begin({ ...made, name: 'b' });
    // Another world of that name is not what it is a fork of either.
    await first.fork('a');
    await first.worlds.begin({ ...made, name: 'c' });
    await end(first);
    const second = await start();
    for (const name of ['b', 'c'])
      expect(second.named(name).texts).toEqual({ ...seeds, 3: 'of the dropped one' });
  });

  test('can begin with a state of its own, and so can its forks', async () => {
    const first = await start();
    const runner = new Runner(new World('other'), { now: () => hostTime } as Runner['clock']);
    runner.change((draft) => draft.table(notes, noteScope).put({ id: 7, text: 'own' }));
    await first.worlds.begin({
      ...{ name: 'own', madeAt: 1, world: runner.world, clock: { mode: 'real' } },
    });
    await first.fork('fork', 'own');
    await first.named('own').keep({ id: 8, text: 'new' });
    await end(first);
    const second = await start();
    expect(second.named('own').texts).toEqual({ 7: 'own', 8: 'new' });
    expect(second.named('own').runner.world.seed).toBe('other');
    expect(second.named('fork').texts).toEqual({ 7: 'own' });
    second.named('own').runner.reset();
    expect(second.named('own').texts).toEqual({ 7: 'own' });
  });

  test('costs on the disk what differs from the main seed, and shares the rest in memory again', async () => {
    const first = await start();
    await first.main.keep({ id: 3, text: 'new', extra: fileContent(Buffer.from('bytes')) });
    await first.fork('a');
    await end(first);
    const [name = ''] = foldersOf();
    const inFolder = folder.names(path.join(folder.path, 'worlds', name));
    expect(inFolder.filter((file) => file.startsWith('files'))).toHaveLength(1);
    const second = await start();
    const [main, fork] = [second.main, second.named('a')].map(({ runner }) =>
      runner.world.collection(notes, noteScope),
    );
    expect(fork?.get(1)).toBe(main?.get(1));
    expect(fork?.get(3)).toEqual(main?.get(3));
  });

  test('keeps the port that it had', async () => {
    const first = await start();
    await first.fork('a');
    await first.worlds.notePorts('a', { port: 4711 });
    expect((await afterKill()).worlds.list()[0]?.note).toEqual({ name: 'a', madeAt: hostTime, port: 4711 });
  });

  test('is gone for good when it is dropped, and its name is free', async () => {
    const first = await start();
    await (await first.fork('a')).keep({ id: 3, text: 'old' });
    await first.worlds.drop('a');
    expect(foldersOf()).toEqual([]);
    expect((await afterKill()).names).toEqual([]);
    await (await first.fork('a')).keep({ id: 3, text: 'new' });
    expect((await afterKill()).named('a').texts).toEqual({ ...seeds, 3: 'new' });
  });

  test('is forgotten with the main one by --fresh, but not by a scenario that is wrong', async () => {
    const first = await start();
    await first.fork('a');
    await end(first);
    const seed = () => {
      throw new Error('wrong scenario');
    };
    await expect(start(folder.path, { fresh: true, seed })).rejects.toThrow('wrong scenario');
    const second = await start();
    expect(second.names).toEqual(['a']);
    await end(second);
    expect((await start(folder.path, { fresh: true })).names).toEqual([]);
    expect((await afterKill()).names).toEqual([]);
  });
});

test('many worlds come back in the order in which they were made', async () => {
  const first = await start();
  const names = Array.from({ length: 30 }, (_, at) => `world-${at + 1}`);
  for (const name of names) await (await first.fork(name)).keep({ id: 3, text: name });
  await end(first);
  const second = await start();
  expect(second.names).toEqual(names);
  for (const name of names) expect(second.named(name).texts[3]).toBe(name);
});

test('a world that was written by an older version is brought to this one, on top of the main seed', async () => {
  const first = await start();
  await first.main.keep({ id: 3, text: 'main' });
  const fork = await first.fork('a');
  await fork.keep({ id: 4, text: 'fork' });
  await end(first);
  asVersion(folder.path, 0);
  const migration = {
    from: 0,
    record: (at: string, record: unknown) => ({
      path: at as `${string}/${string}`,
      record: { ...(record as object), extra: 'migrated' },
    }),
  };
  for (const options of [{ migrations: [migration, ...migrations] }, {}]) {
    const opened = await start(folder.path, options);
    expect(opened.named('a').texts).toEqual({ ...seeds, 3: 'main', 4: 'fork' });
    const { runner } = opened.named('a');
    for (const { extra } of runner.world.collection(notes, noteScope).values())
      expect(extra).toBe('migrated');
    runner.reset();
    expect(opened.named('a').texts).toEqual({ ...seeds, 3: 'main' });
    await opened.worlds.main.checkpoint();
    await opened.named('a').keep({ id: 4, text: 'fork', extra: 'migrated' });
    await end(opened);
  }
});

describe('when something is damaged', () => {
  test('a world that cannot be read is told and left as it is; the others go on', async () => {
    const first = await start();
    await first.fork('a');
    await (await first.fork('b')).keep({ id: 3, text: 'b' });
    await end(first);
    const [a = ''] = foldersOf();
    for (const name of readdirSync(path.join(folder.path, 'worlds', a)))
      if (name.startsWith('manifest')) truncateSync(path.join(folder.path, 'worlds', a, name), 20);
    for (let round = 0; round < 2; round++) {
      const second = await start();
      expect(second.names).toEqual(['b']);
      expect(second.words.errors).toEqual([
        expect.stringMatching(
          /^The world in .+000001-a is not served, and left as it is: The state in the data folder .+ cannot be read: .+ is damaged at byte \d+: .+\. Nothing was changed\. Put the folder of this world back from a copy, or remove it\.$/,
        ),
      ]);
      await end(second);
    }
    // Its name is free.
    const third = await start();
    await third.fork('a');
    await end(third);
    expect(foldersOf()).toEqual(['000001-a', '000002-b', '000003-a']);
  });

  test('the last whole record of a cut write-ahead log counts, and the rest is kept', async () => {
    const first = await start();
    const fork = await first.fork('a');
    await fork.keep({ id: 3, text: 'whole' });
    const copy = folder.asAfterKill();
    const wal = path.join(copy, 'worlds', '000001-a', 'wal-000001.jsonl');
    writeFileSync(wal, '12:rubbish', { flag: 'a' });
    const second = await start(copy);
    expect(second.named('a').texts).toEqual({ ...seeds, 3: 'whole' });
    expect(second.words.warnings).toEqual([expect.stringContaining(`${wal} is damaged at byte `)]);
  });

  test('a world without its name is left as it is', async () => {
    const first = await start();
    await first.fork('a');
    await end(first);
    rmSync(path.join(folder.path, 'worlds', '000001-a', 'world.json'));
    const second = await start();
    expect([second.names, second.words.errors]).toEqual([
      [],
      [expect.stringContaining('world.json, which says what it is called, is missing or damaged')],
    ]);
    expect(foldersOf()).toEqual(['000001-a']);
  });

  test('of two worlds of one name the later one counts, and the other one is told', async () => {
    const first = await start();
    await (await first.fork('a')).keep({ id: 3, text: 'early' });
    await end(first);
    const at = (name: string) => path.join(folder.path, 'worlds', name);
    renameSync(at('000001-a'), at('elsewhere'));
    const second = await start();
    await (await second.fork('b')).keep({ id: 3, text: 'late' });
    await (await second.fork('a')).keep({ id: 3, text: 'late' });
    await end(second);
    renameSync(at('elsewhere'), at('000000-a'));
    const third = await start();
    expect(third.named('a').texts[3]).toBe('late');
    expect(third.words.errors).toEqual([expect.stringContaining('holds a later world of the name "a"')]);
  });

  test('a world of another data folder is not taken for one of this', async () => {
    const first = await start();
    await first.fork('a');
    await end(first);
    const other = new DataFolder();
    const second = await start(other.path);
    await end(second);
    renameSync(path.join(folder.path, 'worlds'), path.join(other.path, 'worlds'));
    const third = await start(other.path);
    expect([third.names, third.words.errors]).toEqual([
      [],
      [expect.stringContaining('is what differs from another state, which is not in this data folder')],
    ]);
    await end(third);
    other.remove();
  });

  test('worlds without a main one are no empty folder', async () => {
    const first = await start();
    await first.fork('a');
    await end(first);
    for (const name of readdirSync(folder.path))
      if (name !== 'worlds') rmSync(path.join(folder.path, name), { recursive: true });
    await expect(start()).rejects.toThrow('its manifest is missing');
    expect(foldersOf()).toEqual(['000001-a']);
  });
});

describe('a kill in the middle', () => {
  test('of making a world leaves nothing of it', async () => {
    const first = await start();
    await first.fork('a');
    const copy = folder.asAfterKill();
    for (const name of readdirSync(path.join(copy, 'worlds', '000001-a')))
      if (name.startsWith('manifest')) rmSync(path.join(copy, 'worlds', '000001-a', name));
    const second = await start(copy);
    expect([second.names, second.words.errors, foldersOf(copy)]).toEqual([[], [], []]);
  });

  test('of removing a world leaves nothing of it', async () => {
    const first = await start();
    await first.fork('a');
    const copy = folder.asAfterKill();
    renameSync(path.join(copy, 'worlds', '000001-a'), path.join(copy, 'worlds', '.000001-a.dropped'));
    const second = await start(copy);
    expect([second.names, second.words.errors, foldersOf(copy)]).toEqual([[], [], []]);
  });
});

describe('when the disk is full', () => {
  test('a world is not made, and nothing is left of it', async () => {
    const disk = new FailingDisk();
    const first = await start(folder.path, { disk });
    disk.failures.set('database', 'ENOSPC');
    await expect(first.fork('a')).rejects.toThrow(NotKeptError);
    expect(first.words.errors).toEqual([
      expect.stringMatching(
        /^The world "a" could not be written to the data folder, so it was not made: ENOSPC/,
      ),
    ]);
    expect(foldersOf()).toEqual([]);
    disk.failures.clear();
    await (await first.fork('a')).keep({ id: 3, text: 'now' });
    expect((await afterKill()).named('a').texts[3]).toBe('now');
  });

  test('what its origin loses, a fork does not have', async () => {
    const disk = new FailingDisk();
    const first = await start(folder.path, { disk });
    disk.room = 0;
    first.main.put({ id: 3, text: 'lost' });
    await expect(first.fork('a')).rejects.toThrow(NotKeptError);
    disk.room = Number.POSITIVE_INFINITY;
    expect([first.main.texts, first.names]).toEqual([seeds, []]);
  });

  test('a loss in one world leaves the others alone', async () => {
    const disk = new FailingDisk();
    const first = await start(folder.path, { disk });
    const fork = await first.fork('a');
    await first.main.keep({ id: 3, text: 'kept' });
    disk.room = 0;
    fork.put({ id: 3, text: 'lost' });
    await expect(fork.runner.kept()).rejects.toThrow(NotKeptError);
    expect(first.main.runner.kept()).toBeUndefined();
    expect([fork.texts, first.main.texts]).toEqual([seeds, { ...seeds, 3: 'kept' }]);
  });
});

/** The disk of this machine, of which a test takes a copy before and after every step that changes something. */
function watchedDisk(look: () => void): Disk {
  const around =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      look();
      try {
        return await act(...args);
      } finally {
        look();
      }
    };
  return {
    ...localDisk,
    open: around(localDisk.open),
    mkdir: around(localDisk.mkdir),
    rename: around(localDisk.rename),
    unlink: around(localDisk.unlink),
    rm: around(localDisk.rm),
    database: (file, initial, form) => {
      const database = localDisk.database(file, initial, form);
      database.write = around(database.write.bind(database));
      return database;
    },
  };
}

describe('a kill at any step', () => {
  /** Does something, and starts once from the folder as it was at every step. @returns what each start found */
  async function foundAfter(
    prepare: (of: OpenWorlds) => Promise<unknown>,
    act: (of: OpenWorlds) => Promise<unknown>,
  ) {
    const copies: string[] = [];
    let isWatched = false;
    const disk = watchedDisk(() => {
      if (isWatched) copies.push(folder.asAfterKill());
    });
    const first = await start(folder.path, { disk });
    await prepare(first);
    isWatched = true;
    await act(first);
    isWatched = false;
    const found: (Record<string, unknown> | undefined)[] = [];
    for (const copy of copies) {
      const second = await start(copy);
      expect([second.words.errors, second.main.texts]).toEqual([[], seeds]);
      const hasAny = existsSync(path.join(copy, 'worlds'));
      expect(hasAny ? foldersOf(copy) : []).toHaveLength(second.names.length);
      found.push(second.names.includes('a') ? second.named('a').texts : undefined);
      await end(second);
    }
    expect(found.length).toBeGreaterThan(5);
    return found;
  }

  test('of making a world leaves all of it or nothing', async () => {
    const found = await foundAfter(
      async () => {},
      (first) => first.fork('a'),
    );
    const firstWhole = found.findIndex((each) => each !== undefined);
    expect(found.slice(0, firstWhole).every((each) => each === undefined)).toBe(true);
    for (const each of found.slice(firstWhole)) expect(each).toEqual(seeds);
    expect(firstWhole).toBeGreaterThan(0);
  });

  test('of removing a world leaves all of it or nothing', async () => {
    const found = await foundAfter(
      async (first) => (await first.fork('a')).keep({ id: 3, text: 'kept' }),
      (first) => first.worlds.drop('a'),
    );
    const firstGone = found.indexOf(undefined);
    for (const each of found.slice(0, firstGone)) expect(each).toEqual({ ...seeds, 3: 'kept' });
    expect(found.slice(firstGone).every((each) => each === undefined)).toBe(true);
    expect(firstGone).toBeGreaterThan(0);
  });
});

test('worlds with odd names, also such that differ in case only, are kept apart', async () => {
  const odd = [
    'A',
    'a',
    'a.dropped',
    '1.tmp',
    'a..b',
    'a.',
    'CON',
    'worlds',
    'lock',
    '000001-a',
    'x'.repeat(64),
  ];
  const first = await start();
  for (const name of odd) await (await first.fork(name)).keep({ id: 3, text: name });
  await first.worlds.drop('A');
  await end(first);
  const second = await start();
  expect([second.names, second.words.errors]).toEqual([odd.slice(1), []]);
  for (const name of odd.slice(1)) expect(second.named(name).texts[3]).toBe(name);
});

test('a file where the folder of a world would be is told and left; everything else goes on', async () => {
  const first = await start();
  await first.fork('a');
  await end(first);
  writeFileSync(path.join(folder.path, 'worlds', '000007-notes'), 'of a person');
  writeFileSync(path.join(folder.path, 'worlds', 'read-me.txt'), 'of a person');
  const second = await start();
  expect(second.words.errors).toEqual([
    expect.stringMatching(/000007-notes is not served, and left as it is/),
  ]);
  await second.fork('b');
  expect(foldersOf()).toEqual(['000001-a', '000007-notes', '000008-b', 'read-me.txt']);
});

test('a world whose folder cannot be made sure of is not made, and no file of it stays open', async () => {
  const opened: FileHandle[] = [];
  let isBroken = false;
  const disk: Disk = {
    ...localDisk,
    open: async (file, flags) => {
      if (isBroken && file.endsWith('worlds')) throw systemError('EIO');
      const handle = await openFile(file, flags);
      opened.push(handle);
      return handle;
    },
  };
  const first = await start(folder.path, { disk });
  const before = opened.length;
  isBroken = true;
  await expect(first.fork('a')).rejects.toThrow(NotKeptError);
  expect(opened.slice(before).filter(({ fd }) => fd >= 0)).toEqual([]);
  expect(foldersOf()).toEqual([]);
});

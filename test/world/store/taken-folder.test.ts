import { chmodSync, readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotKeptError } from '../../../src/world/keeper.ts';
import { OpenWorlds } from '../../support/open-worlds.ts';
import { type AttachedDisk, SimulatedDisk } from '../../support/simulated-disk.ts';
import { DataFolder, OpenNotes } from '../../support/store.ts';

let folder: DataFolder;
let open: OpenNotes[];
beforeEach(() => {
  folder = new DataFolder();
  open = [];
});
afterEach(async () => {
  for (const { store } of open) await store.close();
  folder.remove();
});

async function start(host = 'one', onTaken = () => {}): Promise<OpenNotes> {
  // Signs come when a test gives them.
  const lock = { self: { pid: process.pid, host }, repeat: () => () => {}, onTaken };
  const opened = await OpenNotes.at(folder.path, { lock });
  open.push(opened);
  return opened;
}

const seeds = { 1: 'seed 1', 2: 'seed 2' };

/** Takes the lock away from a holder, as another machine does after it was silent for long. */
async function takenBy(host: string): Promise<OpenNotes> {
  const lock = path.join(folder.path, 'lock');
  const { utimesSync } = await import('node:fs');
  utimesSync(lock, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
  return start(host);
}

describe('a holder that was taken over', () => {
  test('refuses what comes next with the reason, tells it once, and mixes nothing in', async () => {
    const reasons: unknown[] = [];
    const first = await start('one', (...given: unknown[]) => void reasons.push(...given));
    await first.keep({ id: 3, text: 'kept by one' });
    const second = await takenBy('two');
    expect(second.texts).toEqual({ ...seeds, 3: 'kept by one' });
    await second.keep({ id: 4, text: 'kept by two' });
    for (const id of [5, 6]) {
      first.put({ id, text: 'too late' });
      await expect(first.runner.kept()).rejects.toThrow(
        new RegExp(
          `${folder.path} was taken by process ${process.pid} on two while this one gave no sign of life`,
        ),
      );
    }
    expect(first.texts).toEqual({ ...seeds, 3: 'kept by one' });
    expect(first.words.errors).toHaveLength(1);
    expect(reasons).toHaveLength(1);
    expect(first.store.isIntact).toBe(false);
    await first.store.close();
    await second.keep({ id: 7, text: 'kept by two' });
    await second.store.close();
    open = [];
    const third = await start('three');
    expect(third.texts).toEqual({ ...seeds, 3: 'kept by one', 4: 'kept by two', 7: 'kept by two' });
    expect(third.words.warnings).toEqual([]);
  });

  test('mixes nothing in when the new one has written nothing itself', async () => {
    const first = await start('one');
    await first.keep({ id: 3, text: 'kept by one' });
    const second = await takenBy('two');
    first.put({ id: 5, text: 'too late' });
    await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    await second.store.abandon();
    const third = await start('three');
    expect(third.texts).toEqual({ ...seeds, 3: 'kept by one' });
    expect(third.words.warnings).toEqual([]);
  });

  test('makes no checkpoint and removes nothing any more', async () => {
    const first = await start('one');
    await first.keep({ id: 3, text: 'kept by one' });
    const second = await takenBy('two');
    await second.keep({ id: 4, text: 'kept by two' });
    await second.store.checkpoint();
    const names = folder.names();
    await expect(first.store.checkpoint()).rejects.toThrow('was taken by process');
    await first.store.close();
    expect(folder.names()).toEqual(names);
    await second.keep({ id: 5, text: 'kept by two' });
  });
});

describe('what a new holder acknowledges is found by every later start, though the one before it', () => {
  let platter: SimulatedDisk;
  let pids: number;
  beforeEach(() => {
    platter = new SimulatedDisk();
    pids = 2 ** 30;
  });

  const startOn = (disk: AttachedDisk, host = `host ${pids}`) => {
    pids += 1;
    const lock = { self: { pid: pids, host }, repeat: () => () => {}, sureForMs: 0 };
    return OpenNotes.at('/data', { disk, lock });
  };
  /** Starts a twin on a machine of its own, when those before it have been silent for long. */
  const startLater = (disk = platter.attach('another')) => {
    platter.now += 60_000;
    return startOn(disk);
  };
  /** Pauses a disk when it is told to do this for the first time while `isTime`. @returns when it is there */
  const pausedAt = (disk: AttachedDisk, what: 'readdir' | 'link' | 'open', isTime = () => true) =>
    new Promise<void>((resolve) => {
      const real = disk[what].bind(disk) as (...given: unknown[]) => unknown;
      Object.assign(disk, {
        [what]: (...given: unknown[]) => {
          if (isTime()) {
            Object.assign(disk, { [what]: real });
            disk.pause();
            resolve();
          }
          return real(...given);
        },
      });
    });
  const texts = { ...seeds, 3: 'by the first', 4: 'by the new one', 5: 'by the new one, later' };

  test('looks into the folder when it has lost it already', async () => {
    await (await startOn(platter.attach('first'))).keep({ id: 3, text: 'by the first' });
    const disk = platter.attach('paused');
    const isThere = pausedAt(disk, 'readdir');
    const late = startLater(disk);
    await isThere;
    const holder = await startLater();
    await holder.keep({ id: 4, text: 'by the new one' });
    disk.resume();
    await expect(late).rejects.toThrow('was taken by process');
    await holder.keep({ id: 5, text: 'by the new one, later' });
    expect((await startLater()).texts).toEqual(texts);
  });

  test('begins a checkpoint, before it has written anything, and has lost the folder when it goes on', async () => {
    const first = await startOn(platter.attach('first'));
    await first.keep({ id: 3, text: 'by the first' });
    await first.store.close();
    const disk = platter.attach('paused');
    const paused = await startOn(disk);
    const isThere = pausedAt(disk, 'link');
    const checkpoint = paused.store.checkpoint();
    await isThere;
    const holder = await startLater();
    await holder.keep({ id: 4, text: 'by the new one' });
    disk.resume();
    await expect(checkpoint).rejects.toThrow('by another process');
    await holder.keep({ id: 5, text: 'by the new one, later' });
    expect((await startLater()).texts).toEqual(texts);
  });

  test('goes on with its first start when a later one has made the state, and a fork', async () => {
    const disk = platter.attach('paused');
    const isThere = pausedAt(disk, 'open', () => platter.has('/data/lock'));
    const late = startOn(disk);
    await isThere;
    platter.now += 60_000;
    const lock = { self: { pid: 2 ** 30, host: 'another' }, repeat: () => () => {}, sureForMs: 0 };
    const holder = await OpenWorlds.at('/data', { disk: platter.attach('new'), lock });
    const fork = await holder.fork('fork');
    await fork.keep({ id: 3, text: 'in the fork' });
    disk.resume();
    await expect(late).rejects.toThrow(/was taken by process|by another process/);
    await fork.keep({ id: 4, text: 'in the fork, later' });
    platter.now += 60_000;
    const last = { ...lock, self: { pid: 2 ** 30, host: 'the last one' } };
    const found = await OpenWorlds.at('/data', { disk: platter.attach('last'), lock: last });
    expect(found.texts.fork).toEqual({ ...seeds, 3: 'in the fork', 4: 'in the fork, later' });
  });

  test('goes on after one that had taken the folder from it was killed before it had written', async () => {
    const disk = platter.attach('paused');
    const paused = await startOn(disk);
    await paused.keep({ id: 3, text: 'by the first' });
    // It has looked at the lock, and is about to write.
    const isWriting = new Promise<void>((resolve) => {
      let turns = 0;
      disk.turn = async () => {
        turns += 1;
        if (turns !== 2) return;
        disk.pause();
        resolve();
      };
    });
    paused.put({ id: 6, text: 'too late' });
    await isWriting;
    const killed = platter.attach('killed');
    const isThere = pausedAt(killed, 'readdir');
    platter.now += 60_000;
    void startOn(killed, 'one machine').catch(() => {});
    await isThere;
    killed.isDead = true;
    const holder = await startOn(platter.attach('new'), 'one machine');
    expect(holder.texts).toEqual({ ...seeds, 3: 'by the first' });
    disk.resume();
    await expect(paused.runner.kept()).rejects.toThrow('was taken by process');
    expect((await startLater()).texts).toEqual({ ...seeds, 3: 'by the first' });
  });
});

describe('while a twin runs,', () => {
  const wal = () =>
    path.join(
      folder.path,
      folder
        .names()
        .filter((name) => name.startsWith('wal'))
        .at(-1) ?? '',
    );

  test.each([
    ['the folder is removed', () => rmSync(folder.path, { recursive: true }), /was removed or replaced/],
    [
      'the folder is replaced',
      () => renameSync(folder.path, `${folder.path}-away`),
      /was removed or replaced/,
    ],
    [
      'the log is removed',
      () => unlinkSync(wal()),
      /wal-000001\.jsonl was removed or replaced while it was in use/,
    ],
    ['the log is made read-only', () => chmodSync(wal(), 0o400), /wal-000001\.jsonl was made read-only/],
    ['the folder is made read-only', () => chmodSync(folder.path, 0o500), /data was made read-only/],
  ])('%s: the next write is refused, the log says it once', async (_, spoil, why) => {
    const first = await start();
    await first.keep({ id: 3, text: 'kept' });
    spoil();
    first.put({ id: 4, text: 'lost' });
    await expect(first.runner.kept()).rejects.toThrow(why);
    expect(first.texts).toEqual({ ...seeds, 3: 'kept' });
    expect(first.words.errors).toEqual([expect.stringMatching(why)]);
    expect(first.store.isIntact).toBe(false);
    if (!_.includes('removed') && !_.includes('replaced')) chmodSync(folder.path, 0o700);
  });

  test('a log that was removed is made good from what the twin knows', async () => {
    const first = await start();
    await first.keep({ id: 3, text: 'kept' });
    unlinkSync(wal());
    first.put({ id: 4, text: 'refused' });
    await expect(first.runner.kept()).rejects.toThrow(NotKeptError);
    await first.keep({ id: 5, text: 'kept too' });
    const second = await OpenNotes.at(folder.asAfterKill());
    expect(second.texts).toEqual({ ...seeds, 3: 'kept', 5: 'kept too' });
    await second.store.close();
  });
});

test('the lock names its holder in one line', async () => {
  await start('one');
  expect(JSON.parse(readFileSync(path.join(folder.path, 'lock'), 'utf8'))).toMatchObject({ host: 'one' });
});

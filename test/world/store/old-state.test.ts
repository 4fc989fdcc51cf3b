import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Disk, localDisk } from '../../../src/world/store/disk.ts';
import { keepOldState } from '../../../src/world/store/old-state.ts';
import { systemError } from '../../support/failing-disk.ts';
import { DataFolder, hostTime, OpenNotes } from '../../support/store.ts';

let folder: DataFolder;
beforeEach(() => {
  folder = new DataFolder();
});
afterEach(() => folder.remove());

async function withNote(): Promise<void> {
  const { store, ...open } = await OpenNotes.at(folder.path);
  await store.close();
  expect(open.runner.world.collections.size).toBeGreaterThan(0);
}

test('a fresh start leaves the old state whole beside the folder, one after the other', async () => {
  await withNote();
  const first = await OpenNotes.at(folder.path);
  await first.keep({ id: 3, text: 'old' });
  await first.store.close();
  for (const at of [1, 2]) {
    const fresh = await OpenNotes.at(folder.path, { fresh: true });
    expect(fresh.texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
    const suffix = at === 1 ? '' : '-2';
    expect(fresh.words.warnings).toEqual([
      `The old state of ${folder.path} was moved to ${folder.path}.old-20260302T090000Z${suffix}; remove it when nobody needs it`,
    ]);
    await fresh.keep({ id: 4, text: 'new' });
    await fresh.store.close();
  }
  const old = await OpenNotes.at(`${folder.path}.old-20260302T090000Z`);
  expect(old.texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 3: 'old' });
  await old.store.close();
});

test('the old state is kept in the folder when nothing can be put beside it, as on a volume', async () => {
  await withNote();
  const disk: Disk = {
    ...localDisk,
    link: async (from, to) => {
      if (path.dirname(to) !== folder.path && !to.startsWith(`${folder.path}/`)) throw systemError('EXDEV');
      await localDisk.link(from, to);
    },
  };
  const old = await keepOldState(disk, folder.path, hostTime);
  expect(old).toBe(path.join(folder.path, 'old-20260302T090000Z'));
  const names = folder.names(old);
  expect(names).toContain('seed-000001/0001.json');
  for (const name of names)
    expect(readFileSync(path.join(old, name))).toEqual(readFileSync(path.join(folder.path, name)));
});

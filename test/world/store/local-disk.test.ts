import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDisk } from '../../../src/world/store/disk.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-disk-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('folders below one that is not there yet can be made at the same time', async () => {
  for (let round = 0; round < 100; round++) {
    const above = path.join(root, `above-${round}`);
    const folders = ['a', 'b', 'c', 'd', path.join('e', 'f'), path.join('e', 'g'), 'a'];
    await Promise.all(folders.map((name) => localDisk.mkdir(path.join(above, name))));
    expect((await localDisk.readdir(above)).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect((await localDisk.readdir(path.join(above, 'e'))).sort()).toEqual(['f', 'g']);
  }
});

test('a folder that cannot be made is told', async () => {
  const file = path.join(root, 'file');
  writeFileSync(file, '');
  await expect(localDisk.mkdir(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(localDisk.mkdir(path.join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  if (process.platform === 'linux')
    await expect(localDisk.mkdir('/proc/nothing/can/be/made')).rejects.toMatchObject({ code: 'ENOENT' });
});

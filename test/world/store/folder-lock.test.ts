import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { localDisk } from '../../../src/world/store/disk.ts';
import { FolderLock } from '../../../src/world/store/folder-lock.ts';
import { StoreError } from '../../../src/world/store/store-error.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'twintrack-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const take = () => FolderLock.take(localDisk, folder);
/** A lock whose holder gave its last sign so many milliseconds ago. */
const locked = (holder: object | string, ago = 0) => {
  const signAt = Date.now() - ago;
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  utimesSync(file, signAt / 1000, signAt / 1000);
};
const holder = () => JSON.parse(readFileSync(file, 'utf8')) as { pid: number; started: string; host: string };

/** A process that was there and is gone. */
const deadPid = () => spawnSync(process.execPath, ['--version']).pid;

test('a folder is taken by one at a time and free again when it is released', async () => {
  const lock = await take();
  expect(holder()).toMatchObject({ pid: process.pid, host: hostname() });
  await expect(take()).rejects.toThrow(
    new StoreError(
      `The data folder ${folder} is in use by process ${process.pid}. End that twin first, or choose another folder with --data.`,
    ),
  );
  await lock.release();
  await (await take()).release();
});

test('the lock of a process that is gone does not count', async () => {
  locked({ pid: deadPid(), started: '1', host: hostname() });
  await (await take()).release();
});

test.runIf(process.platform === 'linux')(
  'nor that of one that has ended and whose parent has not heard of it',
  async () => {
    // The shell becomes a program that knows of no child, so what it had started stays a zombie when it ends; not before,
    // or the shell would hear of it.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 601'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      const program = () => readFileSync(`/proc/${parent.pid}/cmdline`, 'latin1').split('\0');
      await vi.waitFor(() => expect(program()).toContain('601'), { timeout: 15_000 });
      process.kill(pid, 'SIGKILL');
      const stat = () => readFileSync(`/proc/${pid}/stat`, 'latin1');
      await vi.waitFor(() => expect(stat()).toMatch(/\) Z /), { timeout: 15_000 });
      const started = stat()
        .slice(stat().lastIndexOf(')') + 2)
        .split(' ')[19];
      locked({ pid, started, host: hostname() });
      await (await take()).release();
    } finally {
      parent.kill('SIGKILL');
    }
  },
  40_000,
);

test.runIf(process.platform === 'linux')('nor that of one whose number another process has now', async () => {
  // As after a restart in a container, where every process has the number 1.
  locked({ pid: process.pid, started: '1', host: hostname() });
  await (await take()).release();
});

describe('a holder on another machine, whose process cannot be looked at,', () => {
  const other = { pid: 1, started: '1', host: 'another-machine' };

  test('counts as long as it gives signs of life', async () => {
    locked(other);
    await expect(take()).rejects.toThrow(
      /in use by process 1 on another-machine, which gave a sign of life just now; without another one the folder is free in \d+ s/,
    );
  });

  test('does not count when it has been silent', async () => {
    locked(other, 16_000);
    await (await take()).release();
  });
});

describe('a lock that cannot be read', () => {
  test('is one that is just being written', async () => {
    locked('');
    await expect(take()).rejects.toThrow('in use by process unknown');
  });

  test('or one that was cut, when it is old', async () => {
    locked('{"pid":', 60_000);
    await (await take()).release();
  });
});

test('of many that find the same dead lock at once, one takes the folder', async () => {
  locked({ pid: deadPid(), started: '1', host: hostname() });
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => take()));
  const taken = results.filter((result) => result.status === 'fulfilled');
  expect(taken).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreError);
  await taken[0]?.value.release();
});

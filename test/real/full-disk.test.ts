import * as fs from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { LineFile } from '../../src/real/files/line-file.ts';
import { cloneOptions, temporaryFolder } from './servers.ts';

/** How many bytes the disk takes yet. */
const disk = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  return {
    ...real,
    writeSync: (fd: number, bytes: Buffer, from: number, length: number, at: number) => {
      if (disk.left <= 0) throw full();
      const written = real.writeSync(fd, bytes, from, Math.min(length, disk.left), at);
      disk.left -= written;
      return written;
    },
    writeFileSync: (file: number | string, text: string) => {
      if (typeof file === 'number' && disk.left < text.length) throw full();
      real.writeFileSync(file, text);
    },
  };
});

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Large',
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [{ login: 'admin', password: 'secret', last: 'A', groups: ['Makers'] }],
        defects: Array.from({ length: 5 }, (_, at) => ({ summary: `Defect ${at}` })),
      },
    ],
  },
};

test.each([
  ['while records are read', 20_000],
  ['before the first answer', 20],
])('a disk that is full %s is told, and the same call goes on when there is room', async (_, left) => {
  const target = await startTwin({ scenario });
  onTestFinished(() => target.close());
  const options = cloneOptions(target.url, { project: 'Large' });
  disk.left = left;
  onTestFinished(() => {
    disk.left = Number.POSITIVE_INFINITY;
  });
  await expect(cloned(options)).rejects.toThrow(
    'the disk is full; make room and give the same command again',
  );
  expect(fs.existsSync(options.out)).toBe(false);
  disk.left = Number.POSITIVE_INFINITY;
  await cloned(options);
  expect(fs.readFileSync(options.out, 'utf8')).toContain('"summary":"Defect 4"');
});

test('a disk that is full when the scenario is written leaves no half file, and nothing is read again', async () => {
  const target = await startTwin({ scenario });
  onTestFinished(() => target.close());
  const options = cloneOptions(target.url, { project: 'Large' });
  onTestFinished(() => {
    disk.left = Number.POSITIVE_INFINITY;
  });
  await cloned(options);
  const part = options.out.replace('.yaml', '.part');
  // Room for what is read, not for the file that is made of it.
  disk.left = 0;
  await expect(cloned({ ...options, isForced: true })).rejects.toThrow('the disk is full');
  expect(fs.readFileSync(options.out, 'utf8')).toContain('"summary":"Defect 4"');
  expect(fs.readdirSync(temporaryFolderOf(options.out)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(fs.existsSync(part)).toBe(true);
});

test('a recording on a full disk is whole up to its last exchange', () => {
  const file = `${temporaryFolder()}/day.jsonl`;
  const lines = LineFile.create(file);
  onTestFinished(() => {
    disk.left = Number.POSITIVE_INFINITY;
  });
  lines.add('{"n":1}');
  disk.left = 3;
  expect(() => lines.add('{"n":2}')).toThrow('the disk is full');
  disk.left = Number.POSITIVE_INFINITY;
  lines.add('{"n":3}');
  lines.close();
  expect(fs.readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":3}\n');
});

const temporaryFolderOf = (file: string) => file.slice(0, file.lastIndexOf('/'));

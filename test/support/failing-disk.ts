import path from 'node:path';
import { Low } from 'lowdb';
import { type Disk, type Form, localDisk, type OpenFile } from '../../src/world/store/disk.ts';

/** A fault of the file system as Node gives it. */
export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made by a test`), { code });
}

/** The disk of this machine, which fails when it is told to. */
export class FailingDisk implements Disk {
  /** How many more bytes fit into write-ahead logs and contents. */
  room = Number.POSITIVE_INFINITY;
  /** What fails with this code, whatever the file; such as `write`, `truncate`, `rename`, `database`, `open`. */
  readonly failures = new Map<string, string>();
  /** Names that no file gets as a second one. */
  linksThatFail: RegExp | undefined;
  /** How often the disk was waited for. */
  writes = 0;

  readonly readFile = localDisk.readFile;
  readonly readFileSync = localDisk.readFileSync;
  readonly readdir = localDisk.readdir;
  readonly stat = localDisk.stat;
  readonly unlink = localDisk.unlink;
  readonly rm = localDisk.rm;

  async mkdir(folder: string): Promise<unknown> {
    this.failIfTold('mkdir');
    return localDisk.mkdir(folder);
  }

  async link(from: string, to: string): Promise<void> {
    if (this.linksThatFail?.test(to)) throw systemError('EXDEV');
    await localDisk.link(from, to);
  }

  async rename(from: string, to: string): Promise<void> {
    this.failIfTold('rename');
    await localDisk.rename(from, to);
  }

  async open(file: string, flags: string | number): Promise<OpenFile> {
    if (flags !== 'r') this.failIfTold('open');
    const handle = await localDisk.open(file, flags);
    const isLock = path.basename(file).startsWith('lock');
    return new Proxy(handle, {
      get: (target, name) => {
        if (name === 'write' && !isLock) return this.writeTo(target);
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          this.failIfTold(String(name));
          return (member as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  }

  database<T>(file: string, initial: T, form?: Form<T>): Low<T> {
    const real = localDisk.database(file, initial, form);
    return new Low<T>(
      {
        read: async () => {
          await real.read();
          return real.data;
        },
        write: async (data) => {
          this.failIfTold('database');
          real.data = data;
          await real.write();
        },
      },
      initial,
    );
  }

  /** Writes what there is room for, as a disk does that becomes full. */
  private writeTo(handle: OpenFile) {
    return async (bytes: Uint8Array, offset: number, length: number, position: number) => {
      this.writes += 1;
      this.failIfTold('write');
      if (this.room <= 0) throw systemError('ENOSPC');
      const fits = Math.min(length, this.room);
      this.room -= fits;
      return handle.write(bytes, offset, fits, position);
    };
  }

  private failIfTold(what: string): void {
    const code = this.failures.get(what);
    if (code !== undefined) throw systemError(code);
  }
}

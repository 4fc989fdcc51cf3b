import { constants } from 'node:fs';
import path from 'node:path';
import {
  type Disk,
  type Identity,
  identityOf,
  isSame,
  type OpenFile,
  synced,
  writeAt,
  writeNew,
} from './disk.ts';
import { formatVersion } from './format.ts';
import { walName } from './names.ts';
import type { OpenLogs } from './open-logs.ts';
import { FolderLostError } from './store-error.ts';
import { type WalHead, walLine } from './wal-lines.ts';

/**
 * Where the system has it (not on Windows), a write is through only when it is on the disk: one way to the disk and
 * back instead of two.
 */
const syncedWrites: number | undefined = constants.O_DSYNC;

const ownersMayWrite = 0o200;

/** Where a log is written. */
export interface WalPlace {
  readonly disk: Disk;
  readonly folder: string;
  /** Names who writes it to others that may be at the same folder. */
  readonly writer: string;
  readonly logs: OpenLogs;
}

/**
 * The write-ahead log that is being written, by one holder of the folder and no other. Its file is made with the first
 * record, and open only while it is written to. What was appended is on the disk when `append` is through.
 */
export class WriteAheadLog {
  readonly generation: number;
  private readonly file: string;
  private readonly headLine: Uint8Array;
  private handle: OpenFile | undefined;
  private opening: Promise<OpenFile> | undefined;
  /** The file that was made, to tell it from another one of its name. */
  private made: Identity | undefined;
  /** Where the next record goes, in bytes. */
  private end: number;
  /** Where the last record ends that counts. */
  private countedEnd: number;
  private isGivenUp = false;
  private isNumberTaken = false;
  private inWork = 0;

  /** @param head what it begins with; nothing is written yet */
  constructor(
    private readonly place: WalPlace,
    head: Omit<WalHead, 'version'>,
  ) {
    this.generation = head.wal;
    this.file = path.join(place.folder, walName(head.wal));
    this.headLine = Buffer.from(walLine(JSON.stringify({ ...head, version: formatVersion })));
    this.end = this.headLine.byteLength;
    this.countedEnd = this.end;
  }

  /**
   * Makes the file now, if it is not there yet. From then on what others write behind its beginning does not count.
   *
   * @throws FolderLostError another holder has made it; Error of the file system
   */
  async make(): Promise<void> {
    await this.busy(() => this.opened());
  }

  /**
   * Writes records behind those of all calls before, and waits until they are on the disk, in the file of this name.
   * They count when `count` says so; several calls may be on their way at once.
   *
   * @throws FolderLostError what was written would not be found again; Error of the file system. `giveUp` is to follow
   */
  append(records: Uint8Array): Promise<void> {
    const at = this.end;
    this.end += records.byteLength;
    return this.busy(async () => {
      const handle = this.handle ?? (await this.opened());
      await writeAt(handle, records, at);
      if (syncedWrites === undefined) await handle.datasync();
      await this.verify();
    });
  }

  /** Lets the next so many bytes count. */
  count(bytes: number): void {
    this.countedEnd += bytes;
  }

  /** Whether there is a file with its number: this one, or that of another holder. */
  get hasNumber(): boolean {
    return this.isNumberTaken;
  }

  /** Whether anything can still be appended. */
  get isUsable(): boolean {
    return !this.isGivenUp;
  }

  /** Lets nothing more be appended: what does not count may stand at its end. */
  giveUp(): void {
    this.isGivenUp = true;
  }

  /** Cuts off what does not count. Only for a log that no other holder can have read. @throws Error of the file system */
  async cut(): Promise<void> {
    if (!this.made) return;
    await this.busy(async () => {
      const handle = await this.opened();
      await handle.truncate(this.countedEnd);
      await handle.sync();
    });
  }

  /** Closes the file until it is written to again, if nobody is at it. */
  async rest(): Promise<boolean> {
    if (this.inWork > 0) return false;
    await this.close();
    return true;
  }

  async close(): Promise<void> {
    this.place.logs.forget(this);
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private async busy<T>(work: () => Promise<T>): Promise<T> {
    this.inWork += 1;
    try {
      return await work();
    } finally {
      this.inWork -= 1;
      this.place.logs.used(this);
    }
  }

  private opened(): Promise<OpenFile> {
    if (this.handle) return Promise.resolve(this.handle);
    this.opening ??= this.open().finally(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  private async open(): Promise<OpenFile> {
    const { disk, folder } = this.place;
    if (!this.made) {
      if (!(await this.claimed()))
        throw new FolderLostError(`${this.file} was made by another process, which uses the folder`);
      await synced(disk, folder);
    }
    const handle = await disk
      .open(this.file, constants.O_RDWR | (syncedWrites ?? 0))
      .catch((error: unknown) => {
        throw this.made && (error as NodeJS.ErrnoException).code === 'ENOENT' ? this.gone() : error;
      });
    const found = await identityOf(handle);
    this.made ??= found;
    if (isSame(found, this.made)) {
      this.handle = handle;
      return handle;
    }
    await handle.close();
    throw this.gone();
  }

  /** Makes the file, unless there is one. */
  private async claimed(): Promise<boolean> {
    const { disk, writer } = this.place;
    try {
      return await writeNew(disk, { file: this.file, bytes: this.headLine, writer });
    } finally {
      this.isNumberTaken = (await disk.stat(this.file).catch(() => true)) !== undefined;
    }
  }

  /** @throws FolderLostError the file is not the one that was made, or must not be written to */
  private async verify(): Promise<void> {
    const { disk, folder } = this.place;
    const [file, above] = await Promise.all([disk.stat(this.file), disk.stat(folder)]);
    if (!file || !isSame(file, this.made)) throw this.gone();
    for (const [name, { mode = 0 } = {}] of [
      [this.file, file],
      [folder, above],
    ] as const)
      if ((mode & ownersMayWrite) === 0) throw new FolderLostError(`${name} was made read-only`);
  }

  private gone(): FolderLostError {
    return new FolderLostError(`${this.file} was removed or replaced while it was in use`, true);
  }
}

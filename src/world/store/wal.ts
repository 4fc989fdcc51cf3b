import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { type Disk, synced, writeAt } from './disk.ts';
import { formatVersion } from './format.ts';
import { walName } from './names.ts';
import { type WalHead, walLine } from './wal-lines.ts';

/**
 * Where the system has it (not on Windows), a write is through only when it is on the disk: one way to the disk and
 * back instead of two.
 */
const syncedWrites: number | undefined = constants.O_DSYNC;

/** The write-ahead log that is being written. What was appended is on the disk when `append` is through. */
export class WriteAheadLog {
  /** Where the last record ends that counts. */
  private countedEnd: number;
  /** Whether something may stand behind it that does not. */
  private hasRest = false;

  private constructor(
    readonly generation: number,
    private readonly handle: FileHandle,
    /** Where the next record goes, in bytes. */
    private end: number,
  ) {
    this.countedEnd = end;
  }

  /** @param after the number of the last record before it */
  static async create(disk: Disk, folder: string, head: Omit<WalHead, 'version'>): Promise<WriteAheadLog> {
    const file = path.join(folder, walName(head.wal));
    const handle = await disk.open(
      file,
      constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | (syncedWrites ?? 0),
    );
    const wal = new WriteAheadLog(head.wal, handle, 0);
    try {
      const line = Buffer.from(walLine(JSON.stringify({ ...head, version: formatVersion })));
      await wal.append(line);
      wal.count(line.byteLength);
      await synced(disk, folder);
      return wal;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Goes on with a write-ahead log. @param end where its last whole record ends; nothing may stand behind it */
  static async reopen(
    disk: Disk,
    folder: string,
    at: { generation: number; end: number },
  ): Promise<WriteAheadLog> {
    const file = path.join(folder, walName(at.generation));
    const handle = await disk.open(file, constants.O_RDWR | (syncedWrites ?? 0));
    return new WriteAheadLog(at.generation, handle, at.end);
  }

  /**
   * Writes records behind those of all calls before, and waits until they are on the disk. They count when `count`
   * says so; several calls may be on their way at once.
   *
   * @throws Error of the file system; `cut` is to follow
   */
  async append(records: Uint8Array): Promise<void> {
    const at = this.end;
    this.end += records.byteLength;
    if (this.hasRest) throw new Error('what a write that failed had left could not be cut off');
    await writeAt(this.handle, records, at);
    if (syncedWrites === undefined) await this.handle.datasync();
  }

  /** Lets the next so many bytes count. */
  count(bytes: number): void {
    this.countedEnd += bytes;
  }

  /**
   * Cuts off what does not count; nothing may be on its way. As long as it does not succeed, nothing can be appended.
   *
   * @throws Error of the file system
   */
  async cut(): Promise<void> {
    this.end = this.countedEnd;
    this.hasRest = true;
    await this.handle.truncate(this.end);
    this.hasRest = false;
  }

  /** Whether `cut` has to be called before anything can be appended. */
  get needsCut(): boolean {
    return this.hasRest;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

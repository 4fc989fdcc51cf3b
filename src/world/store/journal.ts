import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { type Disk, synced, writeAt } from './disk.ts';
import { formatVersion } from './format.ts';
import { type JournalHead, journalLine } from './journal-lines.ts';
import { journalName } from './names.ts';

/** The journal that is being written. What was appended is on the disk when `append` is through. */
export class Journal {
  /** Whether something may stand behind the last whole record. */
  private hasRest = false;

  private constructor(
    readonly generation: number,
    private readonly handle: FileHandle,
    /** Where the next record goes, in bytes. */
    private end: number,
  ) {}

  /** @param after the number of the last record before it */
  static async create(disk: Disk, folder: string, head: Omit<JournalHead, 'version'>): Promise<Journal> {
    const file = path.join(folder, journalName(head.journal));
    const handle = await disk.open(file, 'w');
    const journal = new Journal(head.journal, handle, 0);
    try {
      await journal.append(Buffer.from(journalLine(JSON.stringify({ ...head, version: formatVersion }))));
      await synced(disk, folder);
      return journal;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Goes on with a journal. @param end where its last whole record ends; nothing may stand behind it */
  static async reopen(disk: Disk, folder: string, at: { generation: number; end: number }): Promise<Journal> {
    const handle = await disk.open(path.join(folder, journalName(at.generation)), 'r+');
    return new Journal(at.generation, handle, at.end);
  }

  /** How many bytes it has. */
  get size(): number {
    return this.end;
  }

  /**
   * Writes records behind the last one and waits until they are on the disk.
   *
   * @throws Error of the file system; none of these records counts then
   */
  async append(records: Uint8Array): Promise<void> {
    if (this.hasRest) await this.cut();
    this.hasRest = true;
    try {
      await writeAt(this.handle, records, this.end);
      await this.handle.datasync();
    } catch (error) {
      // At once, so that a process that is killed now does not find these records; else before the next ones.
      await this.cut().catch(() => {});
      throw error;
    }
    this.hasRest = false;
    this.end += records.byteLength;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async cut(): Promise<void> {
    await this.handle.truncate(this.end);
    this.hasRest = false;
  }
}

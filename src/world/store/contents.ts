import { createHash } from 'node:crypto';
import path from 'node:path';
import { type FileContent, fileContent } from '../file-content.ts';
import { type Disk, makeFolder, synced, writeWhole } from './disk.ts';
import { inLanes } from './lanes.ts';
import { contentsFolder, isDraft } from './names.ts';
import { CorruptDataError } from './store-error.ts';

/** Where the contents of files come from when a state is read. */
export interface FileSource {
  /** @throws CorruptDataError it is not there, or not what it was */
  load(sha256: string, size: number): FileContent;
}

/** The contents of attachments, each once, in a file that is named by its hash. */
export class Contents implements FileSource {
  private readonly folder: string;
  /** What is on the disk, by hash. */
  private readonly kept = new Set<string>();
  /** What was read, so that records with the same content share it. */
  private read = new Map<string, FileContent>();

  constructor(
    private readonly disk: Disk,
    folder: string,
  ) {
    this.folder = path.join(folder, contentsFolder);
  }

  load(sha256: string, size: number): FileContent {
    const known = this.read.get(sha256);
    if (known) return known;
    const file = path.join(this.folder, path.basename(sha256));
    const content: FileContent = { sha256, size, bytes: bytesOf(this.disk, file) };
    const found = createHash('sha256').update(content.bytes).digest('hex');
    if (found !== sha256)
      throw new CorruptDataError(file, 0, 'the content does not fit the name, which is its hash');
    this.read.set(sha256, content);
    this.kept.add(sha256);
    return content;
  }

  /**
   * The content, or what is left of it: its bytes as they stand, or none.
   *
   * @param onCorrupt is told when it is not what it was
   */
  salvaged(
    { sha256, size }: { readonly sha256: string; readonly size: number },
    onCorrupt: (what: CorruptDataError) => void,
  ): FileContent {
    try {
      return this.load(sha256, size);
    } catch (error) {
      if (!(error instanceof CorruptDataError)) throw error;
      const bytes = readableBytes(this.disk, error.file);
      const rest = bytes ? 'its bytes are taken as they stand' : 'the attachment is empty from now on';
      onCorrupt(new CorruptDataError(error.file, error.offset, `${error.reason}; ${rest}`));
      const left = fileContent(bytes ?? new Uint8Array());
      this.read.set(sha256, left);
      return left;
    }
  }

  /** Forgets what was read; to be called when the state is whole. */
  readIsOver(): void {
    this.read = new Map();
  }

  /** Writes contents that are not on the disk yet, and waits until they are. */
  async keep(contents: Iterable<FileContent>): Promise<void> {
    const missing = [...contents].filter(({ sha256 }) => !this.kept.has(sha256));
    if (missing.length === 0) return;
    await makeFolder(this.disk, this.folder);
    for (const { sha256, bytes } of missing)
      await writeWhole(this.disk, path.join(this.folder, sha256), bytes);
    await synced(this.disk, this.folder);
    for (const { sha256 } of missing) this.kept.add(sha256);
  }

  /** Gives contents of another data folder a second name in this one, and waits until it is on the disk. */
  async adopt(from: string, hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    await makeFolder(this.disk, this.folder);
    await inLanes(hashes, (sha256) =>
      this.disk.link(path.join(from, contentsFolder, sha256), path.join(this.folder, sha256)),
    );
    await synced(this.disk, this.folder);
    for (const sha256 of hashes) this.kept.add(sha256);
  }

  /** Removes what is named nowhere any more. @param isNamed by hash */
  async tidy(isNamed: (sha256: string) => boolean): Promise<void> {
    for (const name of await namesIn(this.disk, this.folder)) {
      if (isNamed(name)) continue;
      this.kept.delete(name);
      if (/^[0-9a-f]{64}$/.test(name) || isDraft(name)) await this.disk.unlink(path.join(this.folder, name));
    }
  }
}

function readableBytes(disk: Disk, file: string): Uint8Array | undefined {
  try {
    return disk.readFileSync(file);
  } catch {
    return undefined;
  }
}

function bytesOf(disk: Disk, file: string): Uint8Array {
  try {
    return disk.readFileSync(file);
  } catch (error) {
    throw new CorruptDataError(file, 0, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

async function namesIn(disk: Disk, folder: string): Promise<string[]> {
  try {
    return await disk.readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

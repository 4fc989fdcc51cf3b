import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { RealServerError } from '../real-error.ts';

const PIECE = 1 << 16;
const NEWLINE = 10;

/** Where a line stands in a file, its end of line not counted. */
export interface LinePlace {
  readonly at: number;
  readonly length: number;
}

/**
 * A file of lines that is only ever added to, each line by one write. Ended at any moment, it is whole up to its last
 * line: what stands behind the last end of line is cut off when the file is opened again.
 */
export class LineFile {
  readonly name: string;
  readonly #fd: number;
  #end: number;

  private constructor(name: string, fd: number, end: number) {
    this.name = name;
    this.#fd = fd;
    this.#end = end;
  }

  /** @throws RealServerError when it cannot be made, or is there already */
  static create(name: string, isOverwriting = false): LineFile {
    return new LineFile(name, opened(name, isOverwriting ? 'w+' : 'wx+'), 0);
  }

  /** Opens what is there, to read it. @throws RealServerError */
  static open(name: string): LineFile {
    const fd = opened(name, 'r');
    return new LineFile(name, fd, fstatSync(fd).size);
  }

  /** Opens what is there, to go on behind its last whole line. @throws RealServerError */
  static resume(name: string): LineFile {
    const fd = opened(name, 'r+');
    const { size } = fstatSync(fd);
    const file = new LineFile(name, fd, size);
    let end = 0;
    for (const { at, length } of file.places()) end = at + length + 1;
    if (end < size) ftruncateSync(fd, end);
    file.#end = end;
    return file;
  }

  /** How many bytes it has. */
  get size(): number {
    return this.#end;
  }

  /** Adds a line. @throws RealServerError when the disk is full or gone */
  add(line: string): LinePlace {
    const bytes = Buffer.from(`${line}\n`);
    const at = this.#end;
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.#fd, bytes, written, bytes.length - written, at + written);
      }
    } catch (cause) {
      throw unwritable(this.name, cause);
    }
    this.#end = at + bytes.length;
    return { at, length: bytes.length - 1 };
  }

  read({ at, length }: LinePlace): string {
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length; ) {
      const count = readSync(this.#fd, bytes, read, length - read, at + read);
      if (count === 0) break;
      read += count;
    }
    return bytes.toString('utf8');
  }

  /** The places of the whole lines, in their order. */
  *places(): Generator<LinePlace> {
    const piece = Buffer.allocUnsafe(PIECE);
    let start = 0;
    for (let at = 0; ; ) {
      const count = readSync(this.#fd, piece, 0, PIECE, at);
      if (count === 0) return;
      for (let found = piece.indexOf(NEWLINE); found >= 0 && found < count; ) {
        yield { at: start, length: at + found - start };
        start = at + found + 1;
        found = piece.indexOf(NEWLINE, found + 1);
      }
      at += count;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function opened(name: string, flags: string): number {
  try {
    // Recordings and half-read projects are nobody else's.
    return openSync(name, flags, 0o600);
  } catch (cause) {
    throw unwritable(name, cause);
  }
}

/** What a person is told when a file cannot be written. */
export function unwritable(name: string, cause: unknown): RealServerError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const reasons = new Map([
    ['EEXIST', 'it is there already; remove it, choose another name, or give --force'],
    ['ENOENT', 'there is no such file or folder'],
    ['EACCES', 'it may not be written by this user'],
    ['EISDIR', 'it is a folder'],
    ['ENOSPC', 'the disk is full; make room and give the same command again'],
    ['EDQUOT', 'the disk quota is used up; make room and give the same command again'],
  ]);
  return new RealServerError('TWIN_REAL_FILE', `${name}: ${reasons.get(code) ?? message}.`, { cause });
}

import { inflateRawSync } from 'node:zlib';

/** An entry of a zip file. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
  /** As it stands in the file: a moment in nobody's zone, to the second second. */
  readonly date: string;
}

const endSize = 22;

/**
 * Reads a zip file by its directory, independent of the product: stored and deflated entries, no comment behind it.
 *
 * @throws Error when the bytes are no such file
 */
export function zipEntries(zip: Buffer): ZipEntry[] {
  const end = zip.length - endSize;
  if (end < 0 || zip.readUInt32LE(end) !== 0x06054b50)
    throw new Error('no directory at the end: not a zip file');
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error(`no header of the directory at ${at}`);
    const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map((field) =>
      zip.readUInt16LE(at + field),
    );
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const bytes = bytesOf(zip, at, name);
    entries.push({ name, bytes, date: dateFrom(zip.readUInt16LE(at + 14), zip.readUInt16LE(at + 12)) });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The bytes of the entry whose header in the directory stands at this place. */
function bytesOf(zip: Buffer, at: number, name: string): Buffer {
  const local = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(local) !== 0x04034b50) throw new Error(`no entry at ${local}`);
  if (zip.readUInt32LE(local + 10) !== zip.readUInt32LE(at + 12)) throw new Error(`two dates of ${name}`);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  const isStored = zip.readUInt16LE(at + 10) === 0;
  const bytes = isStored ? packed : inflateRawSync(packed);
  if (bytes.length !== zip.readUInt32LE(at + 24)) throw new Error(`${name} has not the size it says`);
  return bytes;
}

function dateFrom(date: number, time: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  return `${day} ${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`;
}

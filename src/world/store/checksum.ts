import zlib from 'node:zlib';
import { once } from '../../memo/memory.ts';

const crcTable = once('CRC table', () =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  }),
);

/**
 * The CRC-32 of bytes (or of a text in UTF-8), as 8 hex digits: enough to notice what a disk or a cut did to a file.
 * Node's own where there is one (20.15 and later).
 */
export function checksum(data: string | Uint8Array): string {
  const native: typeof zlib.crc32 | undefined = zlib.crc32;
  const value = native ? native(data) : crc32(typeof data === 'string' ? Buffer.from(data) : data);
  return value.toString(16).padStart(8, '0');
}

/** The same, for a Node without it. */
export function crc32(bytes: Uint8Array): number {
  const table = crcTable();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

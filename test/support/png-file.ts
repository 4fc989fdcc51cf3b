import { inflateSync } from 'node:zlib';

/** A PNG file with 8 bits a pixel by palette, as somebody sees it. */
export interface PngPicture {
  readonly width: number;
  readonly height: number;
  /** The colour of a pixel, as `#4e79a7`. */
  colourAt(x: number, y: number): string;
}

/** Reads a PNG file by its chunks, every checksum looked at. @throws Error when it is broken or of another kind */
export function readPng(file: Buffer): PngPicture {
  if (file.toString('hex', 0, 8) !== '89504e470d0a1a0a') throw new Error('not a PNG file');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (checksum(body) !== file.readUInt32BE(at + 8 + length)) throw new Error(`a chunk at ${at} is broken`);
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  if (header.toString('hex', 8) !== '0803000000' || !chunks.has('IEND'))
    throw new Error('another kind of PNG file');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  if (rows.length !== (width + 1) * height) throw new Error('the picture has not the size it says');
  const colourAt = (x: number, y: number) => {
    const index = rows[y * (width + 1) + 1 + x] ?? 0;
    return `#${palette.toString('hex', 3 * index, 3 * index + 3)}`;
  };
  return { width, height, colourAt };
}

function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

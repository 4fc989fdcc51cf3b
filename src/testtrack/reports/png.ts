import { deflateSync } from 'node:zlib';

/** A picture of few colours: a byte per pixel that names a colour of the palette. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row after row, from the top. */
  readonly pixels: Uint8Array;
  /** Colours as `#4e79a7`, at most 256. */
  readonly palette: readonly string[];
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** A picture as a PNG file: 8 bits a pixel by palette, not interlaced, nothing in it but the picture. */
export function pngOf({ width, height, pixels, palette }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, colours by palette; the three zeros behind are the only kinds of compression, filter and interlace.
  header.set([8, 3], 8);
  const colours = Buffer.from(palette.map((colour) => colour.slice(1)).join(''), 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(unfilteredRows(pixels, width, height), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Every row has a byte before it that says how it is filtered: 0 for not at all. */
function unfilteredRows(pixels: Uint8Array, width: number, height: number): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** The checksum of PNG; Node 20 brings one only in its later versions. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

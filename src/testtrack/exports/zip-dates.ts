import type { Instant } from '../../world/instant.ts';
import { invariant } from '../../world/invariant.ts';

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const endSize = 22;

/**
 * A zip file whose entries all have one date, in UTC: what writes zip files takes the clock of the host. The bytes
 * are changed in place.
 *
 * @param zip without a comment, as our libraries write them
 */
export function withFileDates(zip: Buffer, at: Instant): Buffer {
  const { time, date } = dosDate(at);
  const end = zip.length - endSize;
  invariant(zip.readUInt32LE(end) === endOfDirectory, 'a zip file ends with its directory');
  let header = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    invariant(zip.readUInt32LE(header) === centralHeader, 'a directory of a zip file holds headers');
    zip.writeUInt16LE(time, header + 12);
    zip.writeUInt16LE(date, header + 14);
    const local = zip.readUInt32LE(header + 42);
    invariant(zip.readUInt32LE(local) === localHeader, 'a header in a zip file leads to its entry');
    zip.writeUInt16LE(time, local + 10);
    zip.writeUInt16LE(date, local + 12);
    const variable = [28, 30, 32].reduce((sum, field) => sum + zip.readUInt16LE(header + field), 0);
    header += 46 + variable;
  }
  return zip;
}

/** Zip files know the years 1980 to 2107, and every second second. */
function dosDate(at: Instant): { readonly time: number; readonly date: number } {
  const moment = new Date(at);
  const year = Math.min(127, Math.max(0, moment.getUTCFullYear() - 1980));
  return {
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
    date: (year << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
  };
}

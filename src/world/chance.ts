import { createHmac } from 'node:crypto';

/**
 * Bytes that look random, but are the same for the same seed and purpose: how ids, cookies and every other
 * choice are made, so that equal scenarios and calls give equal answers. One result does not tell the next
 * to one who does not know the seed.
 *
 * @param purpose what the bytes are for, with a number that makes it unique: `cookie/12`
 * @returns 32 bytes
 */
export function seededBytes(seed: string, purpose: string): Buffer {
  return createHmac('sha256', seed).update(purpose).digest();
}

/** A UUID in upper case, 8-4-4-4-12, as ApTest prints them. */
export function seededUuid(seed: string, purpose: string): string {
  const hex = seededBytes(seed, purpose).toString('hex').toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

import type { TwinErrorCode } from '../errors/own-errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../world/instant.ts';

/** What is wrong with a quantity that a person wrote; the caller adds where it stood. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
  readonly code: TwinErrorCode = 'TWIN_QUANTITY_INVALID';
}

const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kb|kib|mb|mib|gb|gib)?$/i;
const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['kb', 1024],
  ['kib', 1024],
  ['mb', 1024 ** 2],
  ['mib', 1024 ** 2],
  ['gb', 1024 ** 3],
  ['gib', 1024 ** 3],
]);

/**
 * Reads a size such as `10MB`, `64 kB` or `1048576`. Units are powers of 1024 whatever their spelling.
 *
 * @returns whole bytes, at least 1
 * @throws QuantityError
 */
export function parseSize(text: string): number {
  const [, digits = '', unit = 'b'] = SIZE.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(digits) * (SIZE_UNITS.get(unit.toLowerCase()) ?? Number.NaN));
  if (digits === '' || !Number.isSafeInteger(bytes) || bytes < 1) {
    throw new QuantityError(`"${text}" is not a size. Write a number with B, kB, MB or GB, such as 10MB.`);
  }
  return bytes;
}

const DURATION = /^(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d)\s*)+$/i;
const DURATION_PART = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/gi;
const DURATION_UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', MINUTE_MS],
  ['h', HOUR_MS],
  ['d', DAY_MS],
]);

/** Ten thousand years: what is longer cannot be a date of the calendar any more. */
const LONGEST_MS = 10_000 * 366 * DAY_MS;

/**
 * Reads a length of time such as `15m`, `1h30m`, `2d` or `500ms`. A unit is required, so that nobody has to
 * guess whether `10` meant seconds.
 *
 * @returns whole milliseconds
 * @throws QuantityError
 */
export function parseDuration(text: string): number {
  const trimmed = text.trim();
  let milliseconds = DURATION.test(trimmed) ? 0 : Number.NaN;
  for (const [, digits, unit = ''] of trimmed.matchAll(DURATION_PART)) {
    milliseconds += Number(digits) * (DURATION_UNITS.get(unit.toLowerCase()) ?? Number.NaN);
  }
  if (!(milliseconds <= LONGEST_MS)) {
    throw new QuantityError(
      `"${text}" is not a length of time. Write numbers with ms, s, m, h or d, such as 15m or 1h30m.`,
    );
  }
  return Math.round(milliseconds);
}

/**
 * Reads a whole number such as `100` or `100000`.
 *
 * @param least 0 where none at all makes sense, 1 elsewhere
 * @throws QuantityError
 */
export function parseCount(text: string, least: 0 | 1 = 1): number {
  const count = /^\d{1,15}$/.test(text.trim()) ? Number(text) : -1;
  if (count >= least) return count;
  const wanted = least === 0 ? 'a whole number' : 'a whole number above zero';
  throw new QuantityError(`"${text}" is not a count. Write ${wanted}.`);
}

/**
 * The lexical forms of the XML Schema types that TestTrack uses: text to value and value to text.
 *
 * A reader gets the text with its outer blanks removed (except for strings) and gives `undefined` for
 * text that is not of its type; the caller knows the element and makes the fault. A writer throws a
 * TypeError for a value that is not of its type, because that value came from us.
 */

import { escapeText } from '../text/xml-text.ts';
import { readDate, readDateTime } from './calendar-types.ts';
import type { SimpleName } from './wsdl-model.ts';

export interface SimpleType {
  /** What a value looks like, for a hint: "a whole number from … to …". */
  readonly expects: string;
  /** @returns undefined when the text is no value of this type */
  readonly read: (text: string) => unknown;
  /** @throws TypeError when the value is not of this type */
  readonly write: (value: unknown) => string;
}

/** Wide enough for every number a client can mean, so that a megabyte of digits costs nothing. */
const LONGEST_NUMBER = 1_100;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

export const SIMPLE_TYPES: Readonly<Record<SimpleName, SimpleType>> = {
  string: { expects: 'text', read: (text) => text, write: writeString },
  boolean: { expects: 'true, false, 1 or 0', read: readBoolean, write: writeBoolean },
  byte: integer('byte', -(2 ** 7), 2 ** 7 - 1),
  short: integer('short', -(2 ** 15), 2 ** 15 - 1),
  int: integer('int', -(2 ** 31), 2 ** 31 - 1),
  long: { expects: `a whole number from ${LONG_MIN} to ${LONG_MAX}`, read: readLong, write: writeLong },
  double: { expects: 'a decimal number, INF, -INF or NaN', read: readDouble, write: writeDouble },
  date: { expects: 'a day that exists, as YYYY-MM-DD', read: readDate, write: writeString },
  dateTime: {
    expects: 'a moment that exists, as YYYY-MM-DDThh:mm:ss with Z, an offset such as -05:00, or no zone',
    read: readDateTime,
    write: writeString,
  },
  base64Binary: { expects: 'base64 text', read: readBase64, write: writeBase64 },
};

/** Removes the four blanks of XML (space, tab, CR, LF) from both ends, in linear time. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function readBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

function writeBoolean(value: unknown): string {
  if (typeof value !== 'boolean') throw mismatch('a boolean', value);
  return value ? 'true' : 'false';
}

function integer(name: string, least: number, most: number): SimpleType {
  return {
    expects: `a whole number from ${least} to ${most}`,
    read: (text) => {
      const value = readLong(text);
      return typeof value === 'number' && value >= least && value <= most ? value : undefined;
    },
    write: (value) => {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
        throw mismatch(`a ${name}`, value);
      }
      return String(value);
    },
  };
}

/** @returns a number while that is exact, else a bigint */
function readLong(text: string): number | bigint | undefined {
  if (text.length > LONGEST_NUMBER || !/^[+-]?[0-9]+$/.test(text)) return undefined;
  if (text.length <= 15) return Number(text) + 0; // + 0 turns -0 into 0
  const value = BigInt(text[0] === '+' ? text.slice(1) : text);
  if (value < LONG_MIN || value > LONG_MAX) return undefined;
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}

function writeLong(value: unknown): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'bigint' && value >= LONG_MIN && value <= LONG_MAX) return String(value);
  throw mismatch('a long (a safe integer or a bigint)', value);
}

/** gSOAP takes the special values in any case and rounds 1e999 to infinity (observed with 2.8.124). */
function readDouble(text: string): number | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  if (/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) return Number(text);
  switch (text.toUpperCase()) {
    case 'INF':
    case '+INF':
      return Number.POSITIVE_INFINITY;
    case '-INF':
      return Number.NEGATIVE_INFINITY;
    case 'NAN':
      return Number.NaN;
    default:
      return undefined;
  }
}

function writeDouble(value: unknown): string {
  if (typeof value !== 'number') throw mismatch('a number', value);
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Blanks anywhere; missing padding is let pass as gSOAP does (observed), wrong characters are not. */
function readBase64(text: string): Buffer | undefined {
  const stop = text.search(/[^A-Za-z0-9+/\s]/);
  const end = stop < 0 ? '' : text.slice(stop).replace(/\s+/g, '');
  if (end !== '' && end !== '=' && end !== '==') return undefined;
  const digits = (stop < 0 ? text : text.slice(0, stop)).replace(/\s+/g, '');
  const isWhole = end === '' ? digits.length % 4 !== 1 : (digits.length + end.length) % 4 === 0;
  return isWhole ? Buffer.from(digits, 'base64') : undefined;
}

function writeBase64(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw mismatch('a Buffer', value);
  const bytes = Buffer.isBuffer(value)
    ? value
    : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return bytes.toString('base64');
}

function writeString(value: unknown): string {
  if (typeof value !== 'string') throw mismatch('a string', value);
  return escapeText(value);
}

function mismatch(expected: string, value: unknown): TypeError {
  const shown =
    typeof value === 'object' ? (value === null ? 'null' : 'an object') : `${typeof value} ${String(value)}`;
  return new TypeError(`expected ${expected}, got ${shown.slice(0, 100)}`);
}

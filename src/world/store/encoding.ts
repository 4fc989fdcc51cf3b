import type { FileContent } from '../file-content.ts';
import type { Alike } from './alike.ts';

/**
 * Records as JSON and back, with nothing lost. What JSON has no word for is a text that begins with `~`:
 *
 *     ~               undefined
 *     ~n123           a bigint
 *     ~dNaN           a number that JSON cannot write: NaN, Infinity, -Infinity, -0
 *     ~f<sha256>:12   the content of a file and its size in bytes
 *     ~s~text         a text that begins with ~ itself
 */
const MARK = 126;

/**
 * Writes a value that is made of plain objects, arrays and the kinds above.
 *
 * @param onFile is told of every content of a file; the text names it only
 * @throws Error for anything else: it could not be read again
 */
export function encoded(value: unknown, onFile: (content: FileContent) => void): string {
  return JSON.stringify(marked(value, onFile));
}

/** A value that JSON can write. What needs no mark is given back as it is. */
function marked(value: unknown, onFile: (content: FileContent) => void): unknown {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === MARK ? `~s${value}` : value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : `~d${writtenNumber(value)}`;
    case 'boolean':
      return value;
    case 'undefined':
      return '~';
    case 'bigint':
      return `~n${value}`;
    case 'object':
      break;
    default:
      throw new Error(`A record holds a ${typeof value}, which cannot be kept`);
  }
  if (value === null) return null;
  if (Array.isArray(value)) return markedList(value, onFile);
  if (isFileContent(value)) {
    onFile(value);
    return `~f${value.sha256}:${value.size}`;
  }
  return markedMembers(value as Record<string, unknown>, onFile);
}

function markedList(list: readonly unknown[], onFile: (content: FileContent) => void): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const member = marked(list[at], onFile);
    if (member === list[at]) continue;
    copy ??= [...list];
    copy[at] = member;
  }
  return copy ?? list;
}

function markedMembers(members: Record<string, unknown>, onFile: (content: FileContent) => void): object {
  const { constructor: maker } = Object.getPrototypeOf(members) ?? {};
  if (maker !== Object) throw new Error(`A record holds a ${maker?.name}, which cannot be kept`);
  let copy: Record<string, unknown> | undefined;
  for (const name in members) {
    const value = members[name];
    const member = marked(value, onFile);
    if (member === value) continue;
    copy ??= { ...members };
    // The name is an own member of the copy already, `__proto__` too, so this sets it and nothing else.
    copy[name] = member;
  }
  return copy ?? members;
}

function writtenNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function isFileContent(value: object): value is FileContent {
  return 'bytes' in value && ArrayBuffer.isView(value.bytes) && 'sha256' in value && 'size' in value;
}

/**
 * Reads what `encoded` wrote, after `JSON.parse`. The parsed value is used up: its members become the result's. They are
 * frozen on the way, as records are, because going through all of them a second time is a tenth of a start.
 *
 * @param fileOf gives the content of a file by its hash
 * @param alike remembers parts, so that those that are equal are one; not the value itself
 * @throws Error for a mark that means nothing, and whatever `fileOf` throws
 */
export function decoded(value: unknown, fileOf: FileOf, alike?: Alike): unknown {
  return readValue(value, { fileOf, alike });
}

type FileOf = (sha256: string, size: number) => FileContent;

interface Reading {
  readonly fileOf: FileOf;
  readonly alike: Alike | undefined;
}

function readValue(value: unknown, reading: Reading): unknown {
  if (typeof value === 'string')
    return value.charCodeAt(0) === MARK ? unmarked(value, reading.fileOf) : value;
  if (typeof value !== 'object' || value === null) return value;
  const parts = value as Record<string | number, unknown>;
  if (Array.isArray(value)) for (let at = 0; at < value.length; at++) readPart(parts, at, reading);
  else for (const name in value) readPart(parts, name, reading);
  return Object.freeze(value);
}

/** Most need no change, and a store costs more than a look. */
function readPart(parts: Record<string | number, unknown>, at: string | number, reading: Reading): void {
  const before = parts[at];
  const { alike } = reading;
  if (typeof before === 'object' && before !== null) {
    const after = readValue(before, reading) as object;
    const shared = alike?.part(after) ?? after;
    if (shared !== before) parts[at] = shared;
  } else if (typeof before === 'string') {
    if (before.charCodeAt(0) === MARK) parts[at] = unmarked(before, reading.fileOf);
    else if (alike) parts[at] = alike.text(before);
  }
}

function unmarked(text: string, fileOf: FileOf): unknown {
  if (text === '~') return undefined;
  const rest = text.slice(2);
  switch (text[1]) {
    case 's':
      return rest;
    case 'n':
      return BigInt(rest);
    case 'd':
      return Number(rest);
    case 'f': {
      const [sha256 = '', size = ''] = rest.split(':');
      return fileOf(sha256, Number(size));
    }
    default:
      throw new Error(`"${text.slice(0, 20)}" is no value of this format`);
  }
}

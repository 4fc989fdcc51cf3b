import type { FileContent } from '../file-content.ts';

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
 * @throws Error for a mark that means nothing, and whatever `fileOf` throws
 */
export function decoded(value: unknown, fileOf: FileOf): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === MARK ? unmarked(value, fileOf) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) decodeItems(value, fileOf);
  else decodeMembers(value as Record<string, unknown>, fileOf);
  return Object.freeze(value);
}

type FileOf = (sha256: string, size: number) => FileContent;

function decodeItems(items: unknown[], fileOf: FileOf): void {
  for (let at = 0; at < items.length; at++) {
    const before = items[at];
    if (!mayChange(before)) continue;
    const after = decoded(before, fileOf);
    if (after !== before) items[at] = after;
  }
}

function decodeMembers(members: Record<string, unknown>, fileOf: FileOf): void {
  for (const name in members) {
    const before = members[name];
    if (!mayChange(before)) continue;
    const after = decoded(before, fileOf);
    // Nearly nothing is marked, and a store costs more than a look.
    if (after !== before) members[name] = after;
  }
}

function mayChange(member: unknown): boolean {
  return typeof member === 'string' ? member.charCodeAt(0) === MARK : typeof member === 'object';
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

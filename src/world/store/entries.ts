import type { FileContent } from '../file-content.ts';
import type { Key } from '../table.ts';
import type { Path } from '../world.ts';
import { checksum } from './checksum.ts';
import { encoded } from './encoding.ts';

/** One record as it stands in the files: put in its place, or gone from it. */
export type Entry = readonly [path: Path, record: unknown] | readonly [path: Path, record: null, key: Key];

/** An entry for a record, as text. */
export function putText(path: Path, record: unknown, onFile: (content: FileContent) => void): string {
  return `[${JSON.stringify(path)},${encoded(record, onFile)}]`;
}

/** An entry for a record that is no longer there, as text. */
export function goneText(path: Path, key: Key): string {
  return `[${JSON.stringify(path)},null,${JSON.stringify(key)}]`;
}

/** An entry as it stands in a checkpoint: with its checksum as the first member. */
export function checkedText(entry: string): string {
  return `["${checksum(entry)}",${entry.slice(1)}`;
}

const behindChecksum = '["01234567",'.length;

/** Whether such a text is what was written. */
export function isWhole(text: string): boolean {
  return checkedText(`[${text.slice(behindChecksum)}`) === text;
}

/** The path in such a text, as far as it can be read. */
export function pathIn(text: string): string {
  return /^"([^"]*)"/.exec(text.slice(behindChecksum))?.[1] ?? 'what cannot be told';
}

/** @throws Error for what is no entry */
export function checkedEntry(value: unknown): Entry {
  if (Array.isArray(value)) {
    const [path, record, key] = value as unknown[];
    const isPut = value.length === 2 && typeof record === 'object' && record !== null;
    const isGone =
      value.length === 3 && record === null && (typeof key === 'string' || typeof key === 'number');
    if (typeof path === 'string' && (isPut || isGone)) return value as unknown as Entry;
  }
  throw new Error('this is no record of the state');
}

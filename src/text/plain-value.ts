import type { FileContent } from '../world/file-content.ts';
import { hidden, isSecretName } from './secrets.ts';

/** Longer texts are cut when they are shown. */
const longestText = 10_000;

/** Deeper than any value of ours; what is deeper is not shown. */
const deepest = 64;

export interface PlainOptions {
  /** For comparing: secrets are there and texts are whole. Such a value is never shown. */
  readonly isWhole?: boolean;
}

/**
 * A decoded value as plain JSON data: numbers for longs that are exact, ISO dates, sizes for bytes, and nothing
 * where a password, cookie or token was.
 */
export function plainValue(value: unknown, options: PlainOptions = {}, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return options.isWhole || value.length <= longestText
        ? value
        : `${value.slice(0, longestText)}… (${value.length} characters)`;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      return value === null ? null : plainObject(value, options, depth);
    case 'number':
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}

function plainObject(value: object, options: PlainOptions, depth: number): unknown {
  if (depth > deepest) return '(too deep to be shown)';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (Array.isArray(value)) return value.map((each) => plainValue(each, options, depth + 1) ?? null);
  if (isFileContent(value)) return { sha256: value.sha256, size: value.size };
  if (value instanceof Map) return plainObject(Object.fromEntries(value), options, depth);
  if (!isPlainRecord(value)) return `(${value.constructor.name}, made while it is sent)`;
  const plain: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const shown = plainValue(member, options, depth + 1);
    if (shown === undefined) continue;
    plain.push([name, isSecretName(name) && !options.isWhole ? hidden : shown]);
  }
  return Object.fromEntries(plain);
}

function isPlainRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The bytes of a file in the state: compared and shown by their hash. */
export function isFileContent(value: object): value is FileContent {
  return 'sha256' in value && 'bytes' in value && ArrayBuffer.isView(value.bytes);
}

/** A plain value as one short line. */
export function shortText(value: unknown, longest = 80): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value) ?? 'absent';
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

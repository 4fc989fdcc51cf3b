import { entriesOf, JsonProblem } from './json-entries.ts';
import type { PathStep } from './path.ts';

/** What is said of a key that a map has already, in JSON as in YAML. */
export const doubledKey = 'this key is in its map already; each may be given once';

/**
 * Reads a JSON text in which no map has a key twice: of two values one would be lost without a word. The library that
 * finds places is loaded when something is wrong only, and takes ten times as long; until then keys are counted.
 *
 * @throws JsonProblem
 */
export function parseJson(text: string): unknown {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw jsonMistake(text);
  }
  if (hasDoubledKey(text, data)) refuseDoubledKey(text);
  return data;
}

/** Where a text that `JSON.parse` refuses stops being JSON; the engine says no place, or says it in its own words. */
export function jsonMistake(text: string): JsonProblem {
  try {
    for (const _ of entriesOf(text));
  } catch (error) {
    if (error instanceof JsonProblem) return error;
    throw error;
  }
  return new JsonProblem('this is not JSON', 0);
}

/** Where an offset stands; line and column count from 1. */
export function lineAndColumn(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const end = text.indexOf('\n', lineStart);
    if (end < 0 || end >= offset) break;
    line++;
    lineStart = end + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** What a path leads to in a JSON text. */
export interface JsonPlace {
  /** How many steps of the path exist. */
  readonly found: number;
  /** Where the deepest existing key starts, or the item; the whole text's value otherwise. */
  readonly keyOffset: number;
  readonly valueOffset: number;
}

/** Finds where a path leads in a text that `parseJson` reads. Costs one pass over the text up to there. */
export function findJsonPath(text: string, path: readonly PathStep[]): JsonPlace {
  const start = text.search(/[^ \t\r\n]/);
  let place: JsonPlace = { found: 0, keyOffset: start, valueOffset: start };
  for (const { depth, step, keyOffset, valueOffset } of entriesOf(text)) {
    if (depth < place.found || place.found === path.length) break;
    if (depth === place.found && step === path[depth]) place = { found: depth + 1, keyOffset, valueOffset };
  }
  return place;
}

/** Counts the keys of all maps, however deep they nest. */
function keysIn(data: unknown): number {
  let keys = 0;
  const left: unknown[] = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (members !== value) keys += members.length;
    for (const member of members) if (typeof member === 'object') left.push(member);
  }
  return keys;
}

/** Counts the keys in a text that is JSON: the texts before a colon. The engine finds quotes faster than any loop of ours. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = behindQuoted(text, start);
    if (isKey(text, end)) keys++;
    start = text.indexOf('"', end);
  }
  return keys;
}

/**
 * The keys of the outermost map, in the order of the text; an object that was read from it has those that are numbers
 * first.
 *
 * @param text JSON, of any length: it takes less time than reading it did
 */
export function outerKeys(text: string): string[] {
  const keys = new Set<string>();
  let depth = 0;
  for (let at = 0; ; ) {
    const start = text.indexOf('"', at);
    if (start < 0) return [...keys];
    depth += depthBetween(text, at, start);
    at = behindQuoted(text, start);
    if (depth === 1 && isKey(text, at)) keys.add(String(JSON.parse(text.slice(start, at))));
  }
}

/** How much deeper a text nests at one offset than at another, with no quotes between them. */
function depthBetween(text: string, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    // `[` and `{` are the same but for one bit, and so are `]` and `}`.
    const sign = text.charCodeAt(at) | 0x20;
    if (sign === openingBrace) depth++;
    else if (sign === closingBrace) depth--;
  }
  return depth;
}

/** The offset behind a text in quotes. @param start of its opening quote */
function behindQuoted(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

/** Whether a colon follows, so that what stands before is a key. */
function isKey(text: string, behind: number): boolean {
  let at = behind;
  while (isBlank(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === colon;
}

const openingBrace = 0x7b;
const closingBrace = 0x7d;

const backslash = 0x5c;
const colon = 0x3a;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === backslash) start--;
  return (at - start) % 2 === 1;
}

/** Of a path that may be a hundred thousand steps long. */
const shownSteps = 100;

/** A key that its map has already. */
export interface DoubledKey {
  readonly path: readonly PathStep[];
  readonly keyOffset: number;
  /** The value that was given before, as it is written. */
  readonly lost: string;
}

/** @throws JsonProblem the first key that its map has already */
function refuseDoubledKey(text: string): void {
  for (const { path, keyOffset } of doubledKeys(text)) throw new JsonProblem(doubledKey, keyOffset, path);
}

/** Whether a text of JSON has a key twice in one map: quick, and says no place. @param data what is written in it */
export function hasDoubledKey(text: string, data: unknown): boolean {
  return keysIn(data) !== keysWritten(text);
}

/** The keys that a map has already, each time one is given again. */
export function* doubledKeys(text: string): Generator<DoubledKey> {
  const path: PathStep[] = [];
  const maps: Map<PathStep, { readonly start: number; end: number }>[] = [];
  for (const { depth, step, keyOffset, valueOffset } of entriesOf(text)) {
    const before = maps[depth]?.get(path[depth] ?? '');
    if (before) before.end = text.lastIndexOf(',', keyOffset);
    path.length = depth;
    path.push(step);
    maps.length = Math.min(maps.length, depth + 1);
    const map = maps[depth] ?? new Map();
    maps[depth] = map;
    const known = map.get(step);
    if (known) {
      const lost = text.slice(known.start, known.end).trim();
      yield { path: path.slice(0, shownSteps), keyOffset, lost };
    }
    map.set(step, { start: valueOffset, end: text.length });
  }
}

/** Where the text stops being JSON. */
import type { PathStep } from '../../input/path.ts';
export interface JsonMistake {
  readonly offset: number;
  readonly message: string;
}

/** What a path leads to in a JSON text. */
export interface JsonPlace {
  /** How many steps of the path exist. */
  readonly found: number;
  /** Where the deepest existing key starts, or the item; 0 for the whole text. */
  readonly keyOffset: number;
  readonly valueOffset: number;
}

const MAX_DEPTH = 200;

/**
 * Finds the first place where a text is not JSON. Only called after `JSON.parse` refused it: that is many times
 * faster but says no position.
 */
export function findJsonMistake(text: string): JsonMistake {
  const reader = new JsonReader(text);
  try {
    reader.value(0);
    reader.blanks();
    if (reader.at < text.length) reader.fail('nothing more was expected after the end');
  } catch (error) {
    if (error instanceof JsonProblem)
      return { offset: Math.min(error.offset, text.length), message: error.message };
    throw error;
  }
  return { offset: 0, message: 'this is not JSON' };
}

/** Finds where a path leads in a text that is JSON. Costs one pass over the text up to there. */
export function findJsonPath(text: string, path: readonly PathStep[]): JsonPlace {
  const reader = new JsonReader(text);
  reader.blanks();
  let place: JsonPlace = { found: 0, keyOffset: reader.at, valueOffset: reader.at };
  for (const step of path) {
    const keyOffset = reader.enter(step);
    if (keyOffset === undefined) break;
    place = { found: place.found + 1, keyOffset, valueOffset: reader.at };
  }
  return place;
}

class JsonProblem extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const BLANKS = /[ \t\r\n]*/y;

class JsonReader {
  at = 0;

  constructor(private readonly text: string) {}

  fail(message: string): never {
    throw new JsonProblem(this.at, message);
  }

  blanks(): void {
    this.match(BLANKS);
  }

  /** Passes over one value. */
  value(depth: number): void {
    if (depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`);
    this.blanks();
    const sign = this.text[this.at];
    if (sign === '{') this.members(depth);
    else if (sign === '[') this.items(depth);
    else if (sign === '"') this.string();
    else if (this.match(LITERAL) === '') this.fail(`found ${this.found()}, expected a value`);
  }

  /**
   * Goes to the value behind a step, from the start of a map or list.
   *
   * @returns where its key (or the item) starts; undefined, and not moved, when there is none
   */
  enter(step: PathStep): number | undefined {
    const start = this.at;
    const found = typeof step === 'number' ? this.findItem(step) : this.findKey(step);
    this.at = found?.valueOffset ?? start;
    return found?.keyOffset;
  }

  /** Passes over one value of a text that is known to be JSON, however deep it nests. */
  private skip(): void {
    let depth = 0;
    do {
      this.blanks();
      const sign = this.text[this.at] ?? '';
      if (sign === '"') this.string();
      else if (this.match(LITERAL) === '') {
        this.at++;
        if (sign === '{' || sign === '[') depth++;
        else if (sign === '}' || sign === ']') depth--;
      }
    } while (depth > 0 && this.at < this.text.length);
  }

  private findItem(wanted: number): { keyOffset: number; valueOffset: number } | undefined {
    if (this.text[this.at] !== '[') return undefined;
    this.at++;
    for (let item = 0; ; item++) {
      this.blanks();
      if (this.text[this.at] === ']') return undefined;
      if (item === wanted) return { keyOffset: this.at, valueOffset: this.at };
      this.skip();
      this.blanks();
      if (this.text[this.at++] !== ',') return undefined;
    }
  }

  /** Of doubled keys the last one counts, as for `JSON.parse`. */
  private findKey(wanted: string): { keyOffset: number; valueOffset: number } | undefined {
    if (this.text[this.at] !== '{') return undefined;
    this.at++;
    let found: { keyOffset: number; valueOffset: number } | undefined;
    for (;;) {
      this.blanks();
      const keyOffset = this.at;
      if (this.text[keyOffset] !== '"') return found;
      const key: unknown = JSON.parse(this.string());
      this.blanks();
      this.at++;
      this.blanks();
      if (key === wanted) found = { keyOffset, valueOffset: this.at };
      this.skip();
      this.blanks();
      if (this.text[this.at++] !== ',') return found;
    }
  }

  private members(depth: number): void {
    this.at++;
    this.blanks();
    if (this.take('}')) return;
    do {
      this.blanks();
      if (this.text[this.at] !== '"') this.fail(`found ${this.found()}, expected a key in double quotes`);
      this.string();
      this.blanks();
      if (!this.take(':')) this.fail(`found ${this.found()}, expected ":" after the key`);
      this.value(depth + 1);
      this.blanks();
    } while (this.take(','));
    if (!this.take('}')) this.fail(`found ${this.found()}, expected "," or "}"`);
  }

  private items(depth: number): void {
    this.at++;
    this.blanks();
    if (this.take(']')) return;
    do {
      this.value(depth + 1);
      this.blanks();
    } while (this.take(','));
    if (!this.take(']')) this.fail(`found ${this.found()}, expected "," or "]"`);
  }

  private string(): string {
    const literal = this.match(STRING);
    if (literal === '') this.fail('this text has no end, or holds a character that must be escaped');
    return literal;
  }

  private take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private found(): string {
    const sign = this.text[this.at];
    return sign === undefined ? 'the end of the file' : JSON.stringify(sign);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [matched = ''] = pattern.exec(this.text) ?? [];
    this.at += matched.length;
    return matched;
  }
}

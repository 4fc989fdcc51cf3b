import { createRequire } from 'node:module';
import type * as JsoncParser from 'jsonc-parser';
import type { PathStep } from './path.ts';

/** What keeps a text from being read as JSON. */
export class JsonProblem extends Error {
  override readonly name = 'JsonProblem';

  /**
   * @param offset where it stands in the text
   * @param path of the key that is meant; empty where there is no value yet
   */
  constructor(
    message: string,
    readonly offset: number,
    readonly path: readonly PathStep[] = [],
  ) {
    super(message);
  }
}

/** A key of a map or an item of a list. */
export interface JsonEntry {
  /** In how many maps and lists its own one stands. */
  readonly depth: number;
  readonly step: PathStep;
  readonly keyOffset: number;
  readonly valueOffset: number;
}

/**
 * Goes through a JSON text, every map and list before what stands in it. Nesting costs memory only.
 *
 * @throws JsonProblem where the text stops being JSON
 */
export function* entriesOf(text: string): Generator<JsonEntry> {
  const tokens = new Tokens(text);
  const open: { readonly isMap: boolean; items: number }[] = [];
  for (;;) {
    let isFirst = tokens.is('{') || tokens.is('[');
    if (isFirst) open.push({ isMap: tokens.is('{'), items: 0 });
    else if (!tokens.isScalar) tokens.fail('a value');
    tokens.next();
    let inner = open.at(-1);
    while (inner && tokens.is(inner.isMap ? '}' : ']')) {
      open.pop();
      isFirst = false;
      tokens.next();
      inner = open.at(-1);
    }
    if (!inner) {
      if (tokens.at < text.length)
        throw new JsonProblem('nothing more was expected after the end', tokens.at);
      return;
    }
    if (!isFirst) tokens.take(',', `"," or "${inner.isMap ? '}' : ']'}"`);
    const keyOffset = tokens.at;
    let step: PathStep = inner.items++;
    if (inner.isMap) {
      step = tokens.text;
      tokens.take('"', 'a key in double quotes');
      tokens.take(':', '":" after the key');
    }
    yield { depth: open.length - 1, step, keyOffset, valueOffset: tokens.at };
  }
}

const load = createRequire(import.meta.url);

/** The library's numbers: it declares them as a constant enumeration, which modules of their own cannot use. */
const kinds = { null: 7, string: 10, number: 11, lineBreak: 14, blanks: 15 };

/** The parts of a JSON text one after the other, without blanks. */
class Tokens {
  at = 0;
  private kind = 0;
  private readonly scanner: JsoncParser.JSONScanner;

  constructor(private readonly source: string) {
    this.scanner = (load('jsonc-parser') as typeof JsoncParser).createScanner(source);
    this.next();
  }

  /** What a text says, with its escapes resolved. */
  get text(): string {
    return this.scanner.getTokenValue();
  }

  get isScalar(): boolean {
    return this.kind >= kinds.null && this.kind <= kinds.number;
  }

  is(sign: string): boolean {
    return this.source[this.at] === sign;
  }

  /** @throws JsonProblem */
  next(): void {
    do this.kind = this.scanner.scan();
    while (this.kind === kinds.blanks || this.kind === kinds.lineBreak);
    this.at = this.scanner.getTokenOffset();
    if (this.scanner.getTokenError() === 0) return;
    if (this.kind === kinds.number) throw new JsonProblem('this number is not complete', this.at);
    if (this.kind !== kinds.string) return;
    throw new JsonProblem('this text has no end, or holds a character that must be escaped', this.at);
  }

  /** Goes on behind a sign. @throws JsonProblem it is not there */
  take(sign: string, expected: string): void {
    if (!this.is(sign)) this.fail(expected);
    this.next();
  }

  fail(expected: string): never {
    const sign = this.source[this.at];
    const found = sign === undefined ? 'the end' : JSON.stringify(sign);
    throw new JsonProblem(`found ${found}, expected ${expected}`, this.at);
  }
}

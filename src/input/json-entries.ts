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
  const open: Holder[] = [];
  for (;;) {
    const isOpened = beginValue(tokens, open);
    const isFirst = !closeHolders(tokens, open) && isOpened;
    const inner = open.at(-1);
    if (!inner) {
      if (tokens.at < text.length)
        throw new JsonProblem('nothing more was expected after the end', tokens.at);
      return;
    }
    if (!isFirst) tokens.take(',', `"," or "${inner.isMap ? '}' : ']'}"`);
    const keyOffset = tokens.at;
    const step = nextStep(tokens, inner);
    yield { depth: open.length - 1, step, keyOffset, valueOffset: tokens.at };
  }
}

/** A map or list that is open, and how many items of a list were met. */
interface Holder {
  readonly isMap: boolean;
  items: number;
}

/** Goes into a map or list, or past any other value. @returns whether it was a map or list */
function beginValue(tokens: Tokens, open: Holder[]): boolean {
  const isHolder = tokens.is('{') || tokens.is('[');
  if (isHolder) open.push({ isMap: tokens.is('{'), items: 0 });
  else if (!tokens.isScalar) tokens.fail('a value');
  tokens.next();
  return isHolder;
}

/** Goes past the ends of maps and lists. @returns whether there was one */
function closeHolders(tokens: Tokens, open: Holder[]): boolean {
  const before = open.length;
  for (let inner = open.at(-1); inner && tokens.is(inner.isMap ? '}' : ']'); inner = open.at(-1)) {
    open.pop();
    tokens.next();
  }
  return open.length < before;
}

function nextStep(tokens: Tokens, holder: Holder): PathStep {
  if (!holder.isMap) return holder.items++;
  const key = tokens.text;
  tokens.take('"', 'a key in double quotes');
  tokens.take(':', '":" after the key');
  return key;
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

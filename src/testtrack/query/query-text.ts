/** A value as the text of a query has it. Objects keep every entry, so that repetition can be seen. */
export type TextValue =
  | string
  | number
  | boolean
  | readonly TextValue[]
  | { readonly entries: readonly TextEntry[] };
export type TextEntry = readonly [key: string, value: TextValue];

/** The text of a query is no JSON: where, and what was expected there. */
export class QuerySyntaxError extends Error {
  /** @param at how many characters stand before the fault */
  constructor(
    readonly at: number,
    readonly expected: string,
  ) {
    super(`expected ${expected} at character ${at + 1}`);
  }
}

/** No query of 20 restrictions is nearly as long. [inferred] */
const longestText = 65_536;
/** Deeper than any query that keeps the limits; the reader calls itself once per level. */
const deepest = 16;

/**
 * Reads the relaxed JSON of the query language: strings in single or double quotes. [documented]
 *
 * @throws QuerySyntaxError
 */
export function readQueryText(text: string): TextValue {
  if (text.length > longestText)
    throw new QuerySyntaxError(longestText, `no more than ${longestText} characters`);
  const reader = new TextReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

export function isObject(value: TextValue): value is { readonly entries: readonly TextEntry[] } {
  return typeof value === 'object' && !Array.isArray(value);
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\n' || character === '\r';

class TextReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): TextValue {
    if (depth > deepest) throw this.fault(`no more than ${deepest} levels`);
    switch (this.next()) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
      case "'":
        return this.string();
      default:
        return this.word();
    }
  }

  end(): void {
    if (this.next() !== undefined) throw this.fault('the end of the query');
  }

  private object(depth: number): TextValue {
    const entries: TextEntry[] = [];
    this.at += 1;
    while (this.next() !== '}') {
      if (entries.length > 0) this.take(',', 'a comma or "}"');
      const quote = this.next();
      if (quote !== '"' && quote !== "'") throw this.fault('a field or key in quotes');
      const key = this.string();
      this.take(':', 'a colon');
      entries.push([key, this.value(depth + 1)]);
    }
    this.at += 1;
    return { entries };
  }

  private array(depth: number): TextValue {
    const items: TextValue[] = [];
    this.at += 1;
    while (this.next() !== ']') {
      if (items.length > 0) this.take(',', 'a comma or "]"');
      items.push(this.value(depth + 1));
    }
    this.at += 1;
    return items;
  }

  private string(): string {
    const quote = this.text[this.at];
    const begin = this.at;
    this.at += 1;
    let read = '';
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        this.at = begin;
        throw this.fault(`a text that ends with ${quote === '"' ? 'a double' : 'a single'} quote`);
      }
      this.at += 1;
      if (character === quote) return read;
      read += character === '\\' ? this.escape() : character;
    }
  }

  private escape(): string {
    const character = this.text[this.at] ?? '';
    this.at += 1;
    if (character === 'u') {
      const digits = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.fault('four hexadecimal digits');
      this.at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = escapes[character];
    if (escaped !== undefined) return escaped;
    if (character === '"' || character === "'" || character === '\\' || character === '/') return character;
    this.at -= 1;
    throw this.fault('an escape such as \\" or \\n');
  }

  private word(): number | boolean {
    const word = /^[-+.\w]*/.exec(this.text.slice(this.at, this.at + longestWord))?.[0] ?? '';
    const read = word === 'true' ? true : word === 'false' ? false : numberFrom(word);
    if (read === undefined) {
      throw this.fault('a text in quotes, a number, true, false, "[" or "{"');
    }
    this.at += word.length;
    return read;
  }

  private take(character: string, expected: string): void {
    if (this.next() !== character) throw this.fault(expected);
    this.at += 1;
  }

  /** The next character that is no blank, without taking it. */
  private next(): string | undefined {
    while (isBlank(this.text[this.at])) this.at += 1;
    return this.text[this.at];
  }

  private fault(expected: string): QuerySyntaxError {
    return new QuerySyntaxError(this.at, expected);
  }
}

/** Numbers and the two words; whatever is longer is neither. */
const longestWord = 70;

/** A decimal number; undefined for other text. */
export function numberFrom(text: string): number | undefined {
  const isNumber = /^-?\d{1,25}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/.test(text);
  const number = isNumber ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

/** Longer patterns are refused: nobody means them. */
export const longestPattern = 124;

/** As many characters as the bits of a number can stand for, with the place before the first; it stays positive. */
const shortPattern = 30;

/**
 * Compiles a pattern with `*` for any run of characters and `?` for any one, to be matched by a whole text without
 * regard to case. Every character of a text is looked at once, whatever the pattern.
 *
 * @param pattern at most `longestPattern` characters
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const characters = [...pattern.toLowerCase()];
  const isShort = characters.filter((each) => each !== '*').length <= shortPattern;
  const matches = isShort ? shortMatcher(characters) : longMatcher(characters);
  return (text) => matches(text.toLowerCase());
}

const questionMark = 0x3f;

/**
 * All places where the pattern may stand are kept as bits of one number and moved together: bit n says that n
 * characters of the pattern are matched. Four times as fast as the library.
 */
function shortMatcher(pattern: readonly string[]): (text: string) => boolean {
  const fitting = new Map<number, number>();
  let next = 2;
  /** Where a star stands, so that whatever comes leaves the place. */
  let staying = 0;
  for (const character of pattern) {
    if (character === '*') staying |= next >>> 1;
    else {
      const code = character.codePointAt(0) ?? 0;
      fitting.set(code, (fitting.get(code) ?? 0) | next);
      next <<= 1;
    }
  }
  const end = next >>> 1;
  const always = fitting.get(questionMark) ?? 0;
  const fits = (code: number) => always | (fitting.get(code) ?? 0);
  const latin = Int32Array.from({ length: 256 }, (_, code) => fits(code));
  return (text) => {
    let places = 1;
    for (let at = 0; at < text.length && places !== 0; at += 1) {
      const code = text.codePointAt(at) ?? 0;
      if (code > 0xffff) at += 1;
      const fit = code < 256 ? (latin[code] ?? 0) : fits(code);
      places = ((places << 1) & fit) | (places & staying);
    }
    return (places & end) !== 0;
  };
}

const load = createRequire(import.meta.url);

/** With more characters than a number has bits the library is faster than several numbers. */
function longMatcher(pattern: readonly string[]): (text: string) => boolean {
  const { RE2JS } = load('re2js') as typeof Re2;
  const source = pattern.map((each) => wildcards.get(each) ?? RE2JS.quote(each)).join('');
  const compiled = RE2JS.compile(source, RE2JS.DOTALL);
  return (text) => compiled.matches(text);
}

const wildcards: ReadonlyMap<string, string> = new Map([
  ['*', '.*'],
  ['?', '.'],
]);

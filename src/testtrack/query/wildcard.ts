/** Longer patterns are refused, so that matching costs a few machine words per character. */
export const longestPattern = 124;

/** One bit less than a word has, so that every number stays positive. */
const wordBits = 31;
const wordMask = 0x7fffffff;

/**
 * Compiles a pattern with `*` for any run of characters and `?` for any one, to be matched by a whole text without
 * regard to case. Every character of a text is looked at once, whatever the pattern: all places where the pattern
 * may stand are kept as bits and moved together.
 *
 * @param pattern at most `longestPattern` characters
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const { tokens, starAfter } = tokensOf(pattern.toLowerCase());
  const words = Math.floor(tokens.length / wordBits) + 1;
  const wide = bits(words, starAfter);
  const anywhere = bits(words, placesOf(tokens, '?'));
  const places = new Map<number, Int32Array>();
  for (const token of new Set(tokens)) {
    if (token === '?') continue;
    places.set(token.codePointAt(0) ?? 0, merged(bits(words, placesOf(tokens, token)), anywhere));
  }
  const end = { word: Math.floor(tokens.length / wordBits), bit: 1 << (tokens.length % wordBits) };
  return words === 1
    ? oneWord({ places, anywhere: anywhere[0] ?? 0, wide: wide[0] ?? 0, end: end.bit })
    : manyWords({ places, anywhere, wide, end, words });
}

/** The usual case, a pattern of up to 30 characters: everything fits into one number. */
function oneWord(compiled: {
  places: ReadonlyMap<number, Int32Array>;
  anywhere: number;
  wide: number;
  end: number;
}): (text: string) => boolean {
  const { places, anywhere, wide, end } = compiled;
  const latin = Int32Array.from({ length: 256 }, (_, code) => places.get(code)?.[0] ?? anywhere);
  return (text) => {
    const lower = text.toLowerCase();
    let standing = 1;
    for (let at = 0; at < lower.length && standing !== 0; at += 1) {
      let code = lower.charCodeAt(at);
      if (code >= 0xd800 && code < 0xdc00) {
        code = lower.codePointAt(at) ?? code;
        if (code > 0xffff) at += 1;
      }
      const fits = code < 256 ? (latin[code] ?? 0) : (places.get(code)?.[0] ?? anywhere);
      standing = ((standing << 1) & wordMask & fits) | (standing & wide);
    }
    return (standing & end) !== 0;
  };
}

function manyWords(compiled: {
  places: ReadonlyMap<number, Int32Array>;
  anywhere: Int32Array;
  wide: Int32Array;
  end: { word: number; bit: number };
  words: number;
}): (text: string) => boolean {
  const { places, anywhere, wide, end, words } = compiled;
  const standing = new Int32Array(words);
  return (text) => {
    standing.fill(0);
    standing[0] = 1;
    for (const character of text.toLowerCase()) {
      const fits = places.get(character.codePointAt(0) ?? 0) ?? anywhere;
      let carry = 0;
      let any = 0;
      for (let at = 0; at < words; at += 1) {
        const here = standing[at] ?? 0;
        const moved = ((here << 1) | carry) & wordMask;
        carry = (here >>> (wordBits - 1)) & 1;
        const next = (moved & (fits[at] ?? 0)) | (here & (wide[at] ?? 0));
        standing[at] = next;
        any |= next;
      }
      if (any === 0) return false;
    }
    return ((standing[end.word] ?? 0) & end.bit) !== 0;
  };
}

/** The characters of a pattern without its stars, and after how many of them a star stands. */
function tokensOf(pattern: string): { tokens: string[]; starAfter: number[] } {
  const tokens: string[] = [];
  const starAfter: number[] = [];
  for (const character of pattern) {
    if (character === '*') starAfter.push(tokens.length);
    else tokens.push(character);
  }
  return { tokens, starAfter };
}

/** Bit n stands for n characters matched, so one at place p leads to bit p + 1. */
function placesOf(tokens: readonly string[], token: string): number[] {
  return tokens.flatMap((each, at) => (each === token ? [at + 1] : []));
}

function bits(words: number, places: readonly number[]): Int32Array {
  const set = new Int32Array(words);
  for (const place of places) {
    const word = Math.floor(place / wordBits);
    set[word] = (set[word] ?? 0) | (1 << (place % wordBits));
  }
  return set;
}

function merged(a: Int32Array, b: Int32Array): Int32Array {
  return a.map((word, at) => word | (b[at] ?? 0));
}

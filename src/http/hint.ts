/** The header that tells a human why a call was refused; clients of the real products never look at it. */
export const hintHeaderName = 'x-twintrack-hint';

const LONGEST = 1000;

/**
 * Makes a hint fit for a header: one line of printable ASCII, at most 1,000 characters. Accents are dropped from
 * letters; what has no ASCII form becomes a question mark.
 */
export function hintHeader(hint: string): string {
  const line = hint
    .slice(0, 4 * LONGEST)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/gu, '?')
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 3)}...`;
}

/** Longer names trouble some file systems. */
const longest = 100;

/**
 * A name for a file that a client may store, made from what people call the thing: letters, digits, `-` and `_` of
 * ASCII only, so that the name is the same in a path, in an address and in HTML. [inferred]
 *
 * @param fallback when nothing of the name is left
 */
export function fileNameFrom(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w-]+/g, ' ')
    .trim()
    .replace(/ +/g, '_')
    .slice(0, longest);
  return /[a-z\d]/i.test(plain) ? plain : fallback;
}

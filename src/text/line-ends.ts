/**
 * A text without the line ends that it ends with. It is walked from its end: a pattern for the end of a text tries at
 * each of a million line ends that stand before something else.
 */
export function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end -= 1;
  return text.slice(0, end);
}

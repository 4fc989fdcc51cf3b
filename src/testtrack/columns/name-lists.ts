import { didYouMeanHint } from '../../input/did-you-mean.ts';

const most = 40;

/** Names for a hint: all when they are few, the first when they are many. */
export function someNames(names: readonly string[], more: string): string {
  if (names.length === 0) return 'none.';
  if (names.length <= most) return `${names.join(', ')}.`;
  return `${names.slice(0, most).join(', ')} … ${more}.`;
}

/** What could have been meant by a name that nothing has, for a hint. */
export function possibleNames(written: string, names: readonly string[], more: string): string {
  return `${someNames(names, more)}${didYouMeanHint(written, names)}`;
}

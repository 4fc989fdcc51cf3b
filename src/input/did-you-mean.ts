/**
 * The known word that was probably meant, or undefined when none is near. Letter case counts little, swapped
 * neighbours count as one slip, and short words must be nearer than long ones. What begins one word only stands for it.
 */
export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  if (written.length > 100) return undefined;
  const folded = fold(written);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 0.5;
  // A list that is made while it is read can be read once only.
  const words = [...known];
  const longer = begunBy(folded, words);
  if (longer !== undefined) return longer;
  for (const word of words) {
    const distance = editDistance(folded, fold(word));
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** The only word that begins with what was written, which was then cut short: `op` for `operation`. */
function begunBy(folded: string, known: readonly string[]): string | undefined {
  if (folded.length < 2) return undefined;
  let found: string | undefined;
  for (const word of known) {
    const other = fold(word);
    if (other === folded || !other.startsWith(folded)) continue;
    if (found !== undefined) return undefined;
    found = word;
  }
  return found;
}

/**
 * The same for the words of a short list that a person has before them: one that alone begins with the same two letters
 * stands for what is near to none, such as `frozen` for `freeze`.
 */
export function choiceHint(written: string, choices: readonly string[]): string {
  const hint = didYouMeanHint(written, choices);
  const start = fold(written).slice(0, 2);
  const [only, ...others] = choices.filter((word) => fold(word).startsWith(start));
  return hint !== '' || start.length < 2 || others.length > 0 || only === undefined
    ? hint
    : ` Did you mean "${only}"?`;
}

/** ` Did you mean "x"?`, ready to follow a sentence; empty when nothing is near. */
export function didYouMeanHint(written: string, known: Iterable<string>): string {
  const word = didYouMean(written, known);
  return word === undefined ? '' : ` Did you mean "${word}"?`;
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

/** How many letters must be added, dropped, exchanged or swapped with a neighbour to get from one to the other. */
export function editDistance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 30) return 31;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let count = 1; count <= from.length; count++) {
    const row = nextRow({ from, to, count }, { last, beforeLast });
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/** The distances of the first letters of a word to every beginning of another, from those of fewer letters. */
function nextRow(
  { from, to, count }: { readonly from: string; readonly to: string; readonly count: number },
  { last, beforeLast }: { readonly last: readonly number[]; readonly beforeLast: readonly number[] },
): number[] {
  const row = [count];
  for (let at = 1; at <= to.length; at++) {
    const isSame = from[count - 1] === to[at - 1];
    const isSwapped = at > 1 && count > 1 && from[count - 1] === to[at - 2] && from[count - 2] === to[at - 1];
    const dropped = (last[at] ?? 0) + 1;
    const added = (row[at - 1] ?? 0) + 1;
    const exchanged = (last[at - 1] ?? 0) + (isSame ? 0 : 1);
    const swapped = isSwapped ? (beforeLast[at - 2] ?? 0) + 1 : exchanged;
    row.push(Math.min(dropped, added, exchanged, swapped));
  }
  return row;
}

/**
 * The known word that was probably meant, or undefined when none is near. Letter case counts little, swapped
 * neighbours count as one slip, and short words must be nearer than long ones.
 */
export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  if (written.length > 100) return undefined;
  const folded = fold(written);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 0.5;
  for (const word of known) {
    const distance = editDistance(folded, fold(word));
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
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
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

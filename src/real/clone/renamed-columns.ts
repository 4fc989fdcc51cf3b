/**
 * Which columns a project calls otherwise than a new one. A server tells the names and their order, not what they were:
 * where exactly as many unknown names stand between two known ones as are missing there, they are the missing ones.
 *
 * @param usual the labels of a new project with the same custom fields, in order
 * @param shown the labels of the server, in order
 * @returns the new label by the usual one, and what could not be told
 */
export function renamedColumns(
  usual: readonly string[],
  shown: readonly string[],
): { readonly renamed: Readonly<Record<string, string>>; readonly unknown: readonly string[] } {
  const isUsual = new Set(usual.map((label) => label.toLowerCase()));
  const isShown = new Set(shown.map((label) => label.toLowerCase()));
  const gone = gaps(usual, isShown);
  const come = gaps(shown, isUsual);
  const renamed: Record<string, string> = {};
  const unknown: string[] = [];
  for (const [after, labels] of come) {
    const missing = gone.get(after) ?? [];
    if (missing.length === labels.length) {
      for (const [at, label] of missing.entries()) renamed[label] = labels[at] ?? label;
    } else unknown.push(...labels);
  }
  return { renamed, unknown };
}

/** The labels that the other side does not have, by the known label that they come after. */
function gaps(labels: readonly string[], known: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let after = '';
  for (const label of labels) {
    if (known.has(label.toLowerCase())) after = label.toLowerCase();
    else found.set(after, [...(found.get(after) ?? []), label]);
  }
  return found;
}

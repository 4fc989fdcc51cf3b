import { memoryOfRecent } from '../../memo/memory.ts';
import { deepFreeze } from '../../world/freeze.ts';
import type { Prepared } from './prepared.ts';

/** Characters of text whose data is kept, at most twice; what it becomes takes some ten times as much memory. */
const keptCharacters = 1_000_000;

/** What is known of a text: what it says and, once it was checked, what the schema makes of that. */
export interface KnownText extends Prepared {
  checked?: unknown;
}

/**
 * What reading and checking a YAML text gave earlier in this process. Tests start one twin after another from the same file,
 * and these two take most of a start. The text itself is the key, so a file that changed is read anew; the records are
 * seeded again every time, because they depend on the clock.
 */
const texts = memoryOfRecent<string, { readonly size: number; readonly known: KnownText }>(
  'texts of scenarios',
  keptCharacters,
  ({ size }) => size,
);

/** What is known of a text that was read before. */
export function knownText(text: string): KnownText | undefined {
  return texts.get(text)?.known;
}

/**
 * Remembers what a text says. From now on nobody may change it, because later starts get the same.
 *
 * @returns what is kept, for the check to be noted at; undefined for a text that is too long to be kept
 */
export function rememberText(text: string, { data, checked }: Prepared): KnownText | undefined {
  if (text.length > keptCharacters) return undefined;
  const known = knownText(text) ?? { data: deepFreeze(data), checked: deepFreeze(checked) };
  texts.set(text, { size: text.length, known });
  return known;
}

/** Notes what the schema made of what a text says. */
export function rememberCheck(known: KnownText | undefined, checked: unknown): void {
  if (known) known.checked = deepFreeze(checked);
}

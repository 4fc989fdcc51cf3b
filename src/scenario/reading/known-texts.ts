import { memoryBeside, memoryOfRecent } from '../../memo/memory.ts';
import { deepFreeze } from '../../world/freeze.ts';
import type { Prepared } from './prepared.ts';
import type { Sections } from './section.ts';

/** Characters of text whose data is kept, at most twice; what it becomes takes some ten times as much memory. */
const keptCharacters = 1_000_000;

interface KnownText extends Prepared {
  readonly size: number;
}

interface Checked {
  readonly sections: Sections;
  readonly data: unknown;
}

/**
 * What reading and checking a YAML text gave earlier in this process. Tests start one twin after another from the same file,
 * and these two take most of a start. The text itself is the key, so a file that changed is read anew; the records are
 * seeded again every time, because they depend on the clock.
 */
const texts = memoryOfRecent<string, KnownText>('texts of scenarios', keptCharacters, ({ size }) => size);
/** What the schema made of data that a text in the cache says; `none` until it was checked. */
const checks = memoryBeside<object, Checked | 'none'>('checked scenarios');

/** What a text said when it was read before. */
export function knownText(text: string): Prepared | undefined {
  return texts.get(text);
}

/** Remembers what a text says. From now on nobody may change it, because later starts get the same. */
export function rememberText(text: string, { data, checked }: Prepared): void {
  if (text.length > keptCharacters || typeof data !== 'object' || data === null) return;
  texts.set(text, { data: deepFreeze(data), checked: deepFreeze(checked), size: text.length });
  if (!checks.get(data)) checks.set(data, 'none');
}

/** What these sections made of this data before, if it came from a text that is remembered. */
export function knownCheck(data: unknown, sections: Sections): unknown {
  const known = typeof data === 'object' && data !== null ? checks.get(data) : undefined;
  return known !== 'none' && known?.sections === sections ? known.data : undefined;
}

/** Remembers what the sections made of it; not of data that a program gave, because it may change under us. */
export function rememberCheck(data: unknown, { sections, data: checked }: Checked): void {
  if (typeof data !== 'object' || data === null || !checks.get(data)) return;
  checks.set(data, { sections, data: deepFreeze(checked) });
}

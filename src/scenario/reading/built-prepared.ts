import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { builtFile } from '../../package/package-root.ts';
import type { Prepared } from './prepared.ts';

/**
 * What the build found out about a YAML text: it reads and checks the package's own scenarios. They are found by the
 * hash of the text, so a file that was edited since is simply not found. Stands in for `prepared.ts` in `dist`.
 */
export function prepared(text: string): Prepared | undefined {
  try {
    return JSON.parse(readFileSync(builtFile('prepared', `${preparedName(text)}.json`), 'utf8')) as Prepared;
  } catch {
    return undefined;
  }
}

/** The name that what is known of a text is kept under. */
export function preparedName(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

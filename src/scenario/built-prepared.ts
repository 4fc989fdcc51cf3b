import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';

/**
 * The data of a YAML text that the build parsed already: those of the package's own scenarios. They are found by the
 * hash of the text, so a file that was edited since is simply not found. Stands in for `prepared.ts` in `dist`.
 */
export function preparedData(text: string): unknown {
  const file = path.join(packageRoot, 'dist', 'prepared', `${preparedName(text)}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The name that the data of a text is kept under. */
export function preparedName(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

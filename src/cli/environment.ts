import { didYouMeanHint } from '../did-you-mean.ts';
import { UsageError } from './terminal.ts';

const PREFIX = 'TWINTRACK_';

/** The environment variable that stands for an option: `--max-body` is `TWINTRACK_MAX_BODY`. */
export function variableOf(flag: string): string {
  return PREFIX + flag.replace(/^--/, '').replaceAll('-', '_').toUpperCase();
}

/**
 * Refuses variables with our prefix that mean nothing: most of them are misspelt, and would be overlooked otherwise.
 *
 * @throws UsageError
 */
export function refuseUnknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  known: Iterable<string>,
): void {
  const names = new Set(known);
  const unknown = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !names.has(name));
  if (unknown.length === 0) return;
  const lines = unknown.map((name) => {
    const near = didYouMeanHint(
      name.slice(PREFIX.length),
      [...names].map((other) => other.slice(PREFIX.length)),
    );
    return `The environment variable ${name} means nothing to Twintrack.${near.replace(/"(.+)"/, `"${PREFIX}$1"`)}`;
  });
  throw new UsageError(`${lines.join('\n')}\nKnown variables: ${[...names].join(', ')}`);
}

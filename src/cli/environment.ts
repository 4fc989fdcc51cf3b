import type { Command } from 'commander';
import { didYouMeanHint } from '../input/did-you-mean.ts';
import { UsageError } from './terminal.ts';

const PREFIX = 'TWINTRACK_';

/** The environment variable that stands for an option: `--max-body` is `TWINTRACK_MAX_BODY`. */
export function variableOf(flag: string): string {
  return PREFIX + flag.replace(/^--/, '').replaceAll('-', '_').toUpperCase();
}

const flagWords = new Map([
  ...['true', '1', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'off', ''].map((word) => [word, false] as const),
]);

/**
 * Reads the flags of a command that are given as variables. Commander itself takes any value for a yes, `false` too.
 *
 * @throws UsageError for what is neither a yes nor a no
 */
export function readFlags(command: Command, env: Readonly<Record<string, string | undefined>>): void {
  for (const option of command.options) {
    const value = option.envVar === undefined ? undefined : env[option.envVar];
    const name = option.attributeName();
    if (value === undefined || !option.isBoolean() || command.getOptionValueSource(name) === 'cli') continue;
    const flag = flagWords.get(value.trim().toLowerCase());
    if (flag === undefined) {
      throw new UsageError(
        `${option.envVar}: "${value.slice(0, 64)}" is neither yes nor no. Write true, yes, on or 1, or false, no, off or 0 (${option.long}: ${option.description}).`,
      );
    }
    command.setOptionValueWithSource(name, flag, 'env');
  }
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

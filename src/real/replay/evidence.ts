import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandNamed } from '../../aptest/commands/index.ts';
import { type Evidence, type Fact, factsOf } from '../../evidence/evidence.ts';
import { once } from '../../memo/memory.ts';
import { packageRoot } from '../../package/package-root.ts';
import { operations } from '../../testtrack/operations/index.ts';
import type { RecordedApi } from '../recording/exchange.ts';

/** What a twin does at an operation or a command, how that is known, and where it stands. */
export interface KnownBehaviour {
  readonly facts: readonly Fact[];
  /** Such as `docs/coverage.md:41`; the page alone where it has no line of its own. */
  readonly place: string;
}

const page = 'docs/coverage.md';
const lines = once('lines of the coverage page', (): readonly string[] => {
  try {
    return readFileSync(path.join(packageRoot, page), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
});

/** What is known of an operation or command; no facts where the twin has none of that name. */
export function knownBehaviour(api: RecordedApi, name: string): KnownBehaviour {
  const line = lines().findIndex((text) => text.startsWith(`| \`${name}\` |`));
  const place = line < 0 ? page : `${page}:${line + 1}`;
  const declared =
    api === 'TestTrack'
      ? (operations as Readonly<Record<string, { readonly evidence: Evidence } | undefined>>)[name]
      : commandNamed(name);
  return { facts: declared ? factsOf(declared.evidence) : [], place };
}

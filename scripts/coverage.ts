import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands } from '../src/aptest/commands/index.ts';
import { type Evidence, factsOf } from '../src/evidence/evidence.ts';

import { columnEvidence } from '../src/testtrack/columns/stock-columns.ts';
import type { OperationName } from '../src/testtrack/operation.ts';
import { operations } from '../src/testtrack/operations/index.ts';
import { tableNames } from '../src/testtrack/rules/table-names.ts';
import { sharedModel } from '../src/wsdl/shared-model.ts';

const testFolder = fileURLToPath(new URL('../test/', import.meta.url));

/** An operation or a command, as far as the page tells of it. */
interface Described {
  readonly name: string;
  readonly summary?: string;
  readonly evidence: Evidence;
}

interface Row {
  readonly name: string;
  readonly behaviour: string;
  readonly evidence: string;
}

/** docs/coverage.md: what each operation and command does, how we know, and which tests call it. */
export function coveragePage(): string {
  const sources = testSources();
  const names = [...sharedModel().operations.keys()];
  const operationRows = names
    .filter((name) => name in operations)
    .sort(byLetters)
    .map((name) => rowOf({ name, evidence: operations[name as OperationName].evidence }));
  const commandRows = commands.map(rowOf);
  return [
    '# What Twintrack does, and how we know',
    '',
    'Made by `npm run generate` from the declarations in `src/` and the tests; do not edit. *Documented* is from the',
    'makers’ own pages, *observed* is relied on by public clients that ran against a real server, *inferred* is our',
    'choice where nothing is known: it may differ from a real server and is easy to change. Tests are files under `test/`.',
    '',
    `## TestTrack: ${operationRows.length} of ${names.length} operations`,
    '',
    ...tableOf('Operation', operationRows, sources),
    '',
    '## TestTrack: the columns of its tables',
    '',
    '| Table | How labels and order are known |',
    '|---|---|',
    ...tableNames.map((table) => `| ${table} | ${columnEvidence(table)} |`),
    '',
    `## ApTest Manager: ${commandRows.length} of 27 commands`,
    '',
    ...tableOf('Command', commandRows, sources),
    '',
  ].join('\n');
}

/** How each fact is known stands beside it where not all are known in the same way. */
function rowOf({ name, summary, evidence }: Described): Row {
  const known = factsOf(evidence);
  const kinds = [...new Set(known.map(({ kind }) => kind))];
  const facts = known.map(({ kind, about }) => (kinds.length === 1 ? about : `${about} (${kind})`));
  const behaviour = summary === undefined ? facts : [summary, ...facts];
  return { name, behaviour: behaviour.join('; '), evidence: kinds.join(', ') };
}

function tableOf(title: string, rows: readonly Row[], sources: ReadonlyMap<string, string>): string[] {
  return [
    `| ${title} | Behaviour | Evidence | Tests |`,
    '|---|---|---|---|',
    ...rows.map(({ name, behaviour, evidence }) => {
      const shown = behaviour.replaceAll('|', '\\|').replaceAll('\n', ' ');
      return `| \`${name}\` | ${shown} | ${evidence} | ${testsOf(name, sources) || 'none'} |`;
    }),
  ];
}

/** The first few test files that call it by its name. */
function testsOf(name: string, sources: ReadonlyMap<string, string>): string {
  const called = new RegExp(`(?:\\.|'|"|\`|=)${name}\\b`);
  const files = [...sources].filter(([, text]) => called.test(text)).map(([file]) => file);
  const shown = files.slice(0, 3).join(', ');
  return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}

function testSources(): Map<string, string> {
  const files = readdirSync(testFolder, { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => file.endsWith('.test.ts')).sort(byLetters);
  return new Map(tests.map((file) => [file, readFileSync(path.join(testFolder, file), 'utf8')]));
}

function byLetters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

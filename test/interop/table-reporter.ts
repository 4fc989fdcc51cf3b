import { readdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { type Finding, type Topic, topics } from './client.ts';
import { standingSections } from './page-notes.ts';
import { sudsRecipe } from './readme.ts';

const here = new URL('.', import.meta.url);
const page = new URL('../../docs/interop.md', import.meta.url);

interface Row {
  readonly finding: Finding;
  /** Whether every test of a topic passed. */
  readonly results: Map<Topic, boolean>;
}

/** Writes `docs/interop.md` from what the tests found, when all of them ran. */
export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.test.ts'),
    );
    const isWhole = modules.every((module) => [...module.children.allTests()].every(hasRun));
    if (isWhole && modules.length >= files.length) writeFileSync(page, pageOf(rowsOf(modules)));
  }
}

function hasRun(test: { result(): { state: string } }): boolean {
  const { state } = test.result();
  return state === 'passed' || state === 'failed';
}

function rowsOf(modules: readonly TestModule[]): Row[] {
  const rows = new Map<string, Row>();
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const finding = test.meta().interop;
      if (!finding) continue;
      const row = rows.get(finding.client) ?? { finding, results: new Map() };
      const isGood = test.result().state === 'passed' && (row.results.get(finding.topic) ?? true);
      row.results.set(finding.topic, isGood);
      rows.set(finding.client, row);
    }
  }
  return [...rows.values()].sort((a, b) => a.finding.client.localeCompare(b.finding.client, 'en'));
}

function pageOf(rows: readonly Row[]): string {
  const table = [
    ['Client', 'Version', ...topics],
    ['---', '---', ...topics.map(() => '---')],
    ...rows.map(({ finding, results }) => [
      finding.client,
      finding.version,
      ...topics.map((topic) => (results.get(topic) ? 'works' : results.has(topic) ? '**fails**' : '–')),
    ]),
  ];
  const notes = rows.map(({ finding: { client, note } }) => `- **${client}**: ${note}`);
  return `# Clients that were tried

Made by \`npm run test:interop\`; do not edit. Each row is a program with a SOAP client that nobody here wrote, run
against a started twin. The SOAP clients find the project, log on, read a defect with custom fields of all ten kinds, list
records, save it unchanged and changed, add an event and files, meet the lock of another user before and after 15 minutes,
read faults and log off. The programs are in \`test/interop/programs\`; what the twin holds afterwards is read a
second time with a client of our own.

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

## What to know about a client

${notes.join('\n')}

${standingSections()}

## suds, and lists with items of several types

${sudsRecipe}`;
}

import { tableCell, tableSection } from '../text/markdown-table.ts';
import { type CheckReport, countsOf, type SuiteReport } from './report.ts';

/** A report for people: what differs first, then what was passed over and why, then everything. */
export function markdownReport(report: SuiteReport): string {
  const { checks, targets, label, startedAt } = report;
  const counts = countsOf(report);
  const sections = [
    '# Contract report',
    targets.map(({ api, url, place }) => `* ${api}: ${tableCell(url)}, ${tableCell(place)}`).join('\n'),
    `Begun ${startedAt}. Everything that was made had a name that begins with "${label}".`,
    `**${counts.differs} differ, ${counts.broken} broken, ${counts.skipped} passed over, ${counts.agrees} agree** of ${checks.length}.`,
    differences(checks),
    broken(checks),
    leftBehind(checks),
    skipped(checks),
    everything(checks),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function differences(checks: readonly CheckReport[]): string {
  const rows = checks.flatMap(({ api, area, name, evidence, outcome }) =>
    outcome.kind === 'differs'
      ? [[`${api}: ${area}`, name, evidence, outcome.what, outcome.expected, outcome.got]]
      : [],
  );
  const head = ['Area', 'The twin', 'How that is known', 'What', 'Expected', 'Got'];
  return tableSection('Where this server differs', head, rows);
}

function broken(checks: readonly CheckReport[]): string {
  const rows = checks.flatMap(({ api, area, name, outcome }) =>
    outcome.kind === 'broken' ? [[`${api}: ${area}`, name, outcome.message]] : [],
  );
  return tableSection('What could not be finished', ['Area', 'Check', 'Why'], rows);
}

function leftBehind(checks: readonly CheckReport[]): string {
  const rows = checks.flatMap(({ api, name, leftBehind }) => leftBehind.map((what) => [api, name, what]));
  return tableSection('What was left behind', ['API', 'Check', 'What, and why'], rows);
}

function skipped(checks: readonly CheckReport[]): string {
  const rows = checks.flatMap(({ api, area, name, outcome }) =>
    outcome.kind === 'skipped' ? [[`${api}: ${area}`, name, outcome.reason]] : [],
  );
  return tableSection('What was passed over', ['Area', 'Check', 'Why'], rows);
}

function everything(checks: readonly CheckReport[]): string {
  const rows = checks.map(({ api, area, name, evidence, outcome }) => [
    `${api}: ${area}`,
    name,
    evidence,
    outcome.kind,
  ]);
  return tableSection('All checks', ['Area', 'Check', 'How it is known', 'Outcome'], rows);
}

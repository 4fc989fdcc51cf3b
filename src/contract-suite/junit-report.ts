import { escapeAttribute, escapeText } from '../text/xml-text.ts';
import { type CheckReport, countsOf, type SuiteReport } from './report.ts';

/** A report as JUnit XML, which every CI system shows: a suite for each area, a case for each check. */
export function junitReport(report: SuiteReport): string {
  const { checks, startedAt } = report;
  const { differs, broken, skipped } = countsOf(report);
  const areas = [...new Set(checks.map(areaOf))];
  const totals = attributes({
    name: 'twintrack contract',
    tests: checks.length,
    failures: differs,
    errors: broken,
    skipped,
    time: seconds(checks),
    timestamp: startedAt,
  });
  const suites = areas.map((area) =>
    suiteXml(
      area,
      checks.filter((each) => areaOf(each) === area),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n${suites.join('')}</testsuites>\n`;
}

function suiteXml(name: string, checks: readonly CheckReport[]): string {
  const count = (kind: string) => checks.filter(({ outcome }) => outcome.kind === kind).length;
  const head = attributes({
    name,
    tests: checks.length,
    failures: count('differs'),
    errors: count('broken'),
    skipped: count('skipped'),
    time: seconds(checks),
  });
  return `  <testsuite ${head}>\n${checks.map(caseXml).join('')}  </testsuite>\n`;
}

function caseXml(check: CheckReport): string {
  const head = attributes({ classname: areaOf(check), name: check.name, time: seconds([check]) });
  const body = outcomeXml(check) + leftXml(check.leftBehind);
  return body === '' ? `    <testcase ${head}/>\n` : `    <testcase ${head}>${body}</testcase>\n`;
}

function outcomeXml({ outcome, evidence }: CheckReport): string {
  switch (outcome.kind) {
    case 'agrees':
      return '';
    case 'skipped':
      return `<skipped ${attributes({ message: outcome.reason })}/>`;
    case 'broken':
      return `<error ${attributes({ message: outcome.message, type: 'broken' })}/>`;
    case 'differs': {
      const { what, expected, got } = outcome;
      const text = `${what}\nexpected: ${expected}\ngot: ${got}\nThe expectation is ${evidence}.`;
      const head = attributes({ message: `${what}: expected ${expected}, got ${got}`, type: evidence });
      return `<failure ${head}>${escapeText(text)}</failure>`;
    }
  }
}

function leftXml(left: readonly string[]): string {
  return left.length === 0 ? '' : `<system-err>${escapeText(`left behind: ${left.join('\n')}`)}</system-err>`;
}

function areaOf({ api, area }: CheckReport): string {
  return `${api}: ${area}`;
}

function seconds(checks: readonly CheckReport[]): string {
  return (checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`)
    .join(' ');
}

import { type JunitCase, junitXml } from '../text/junit-xml.ts';
import type { CheckReport, SuiteReport } from './report.ts';

/** A report as JUnit XML, which every CI system shows: a suite for each area, a case for each check. */
export function junitReport({ checks, startedAt }: SuiteReport): string {
  const areas = [...new Set(checks.map(areaOf))];
  const suites = areas.map((name) => ({
    name,
    cases: checks.filter((check) => areaOf(check) === name).map(caseOf),
  }));
  return junitXml(suites, { name: 'twintrack contract', startedAt });
}

function caseOf(check: CheckReport): JunitCase {
  const { name, milliseconds, leftBehind } = check;
  const outcome = outcomeOf(check);
  if (leftBehind.length === 0) return { name, milliseconds, outcome };
  return { name, milliseconds, outcome, errorOutput: `left behind: ${leftBehind.join('\n')}` };
}

function outcomeOf({ outcome, evidence }: CheckReport): JunitCase['outcome'] {
  switch (outcome.kind) {
    case 'agrees':
      return { kind: 'passed' };
    case 'skipped':
      return { kind: 'skipped', message: outcome.reason };
    case 'broken':
      return { kind: 'error', message: outcome.message, type: 'broken' };
    case 'differs': {
      const { what, expected, got } = outcome;
      const text = `${what}\nexpected: ${expected}\ngot: ${got}\nThe expectation is ${evidence}.`;
      return { kind: 'failure', message: `${what}: expected ${expected}, got ${got}`, type: evidence, text };
    }
  }
}

function areaOf({ api, area }: CheckReport): string {
  return `${api}: ${area}`;
}

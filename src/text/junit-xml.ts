import { escapeAttribute, escapeText } from './xml-text.ts';

/** A case of a report: something that was looked at. */
export interface JunitCase {
  readonly name: string;
  readonly milliseconds: number;
  readonly outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'skipped'; readonly message: string }
    | { readonly kind: 'error'; readonly message: string; readonly type: string }
    | { readonly kind: 'failure'; readonly message: string; readonly type: string; readonly text: string };
  /** What stands beside the outcome. */
  readonly errorOutput?: string;
}

/** Cases under one heading. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/** A report as JUnit XML, which every CI system shows. */
export function junitXml(
  suites: readonly JunitSuite[],
  { name, startedAt }: { readonly name: string; readonly startedAt: string },
): string {
  const all = suites.flatMap(({ cases }) => cases);
  const totals = attributes({ name, ...totalsOf(all), timestamp: startedAt });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n${suites.map(suiteXml).join('')}</testsuites>\n`;
}

function suiteXml({ name, cases }: JunitSuite): string {
  const head = attributes({ name, ...totalsOf(cases) });
  const inner = cases.map((each) => caseXml(name, each)).join('');
  return `  <testsuite ${head}>\n${inner}  </testsuite>\n`;
}

function totalsOf(cases: readonly JunitCase[]) {
  const count = (kind: JunitCase['outcome']['kind']) =>
    cases.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

function caseXml(suite: string, { name, milliseconds, outcome, errorOutput = '' }: JunitCase): string {
  const head = attributes({ classname: suite, name, time: seconds(milliseconds) });
  const output = errorOutput === '' ? '' : `<system-err>${escapeText(errorOutput)}</system-err>`;
  const body = outcomeXml(outcome) + output;
  return body === '' ? `    <testcase ${head}/>\n` : `    <testcase ${head}>${body}</testcase>\n`;
}

function outcomeXml(outcome: JunitCase['outcome']): string {
  switch (outcome.kind) {
    case 'passed':
      return '';
    case 'skipped':
      return `<skipped ${attributes({ message: outcome.message })}/>`;
    case 'error':
      return `<error ${attributes({ message: outcome.message, type: outcome.type })}/>`;
    case 'failure': {
      const { message, type, text } = outcome;
      return `<failure ${attributes({ message, type })}>${escapeText(text)}</failure>`;
    }
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeAttribute(String(value))}"`)
    .join(' ');
}

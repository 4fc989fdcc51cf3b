import { type JunitCase, junitXml } from '../../text/junit-xml.ts';
import { tableSection } from '../../text/markdown-table.ts';
import { valueToJson } from '../wire/value-json.ts';
import { knownBehaviour } from './evidence.ts';
import type { ReplayedExchange, ReplayReport } from './replay.ts';

const LONGEST = 200;

/** A value of an answer in a report. */
function recordedText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value) : valueToJson(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

/** How many exchanges came out each way. */
export function outcomesOf({
  exchanges,
}: ReplayReport): Readonly<Record<ReplayedExchange['outcome'], number>> {
  const count = (outcome: ReplayedExchange['outcome']) =>
    exchanges.filter((each) => each.outcome === outcome).length;
  return {
    same: count('same'),
    'by nature': count('by nature'),
    allowed: count('allowed'),
    differs: count('differs'),
  };
}

/** What the twin does there, how that is known, and where it stands. */
function behaviourText({ api, operation }: Pick<ReplayedExchange, 'api' | 'operation'>): string {
  const { facts, place } = knownBehaviour(api, operation);
  const told = facts.map(({ kind, about }) => `${about} (${kind})`).join('; ');
  return `${told === '' ? 'the twin has no such operation' : told}; ${place}`;
}

/** A report for people: what differs first, with the evidence for what the twin does there. */
export function replayMarkdown(
  report: ReplayReport,
  about: { readonly startedAt: string; readonly targets: readonly string[] },
): string {
  const { exchanges, passedOver, notKept, unmet } = report;
  const counts = outcomesOf(report);
  const differing = exchanges.filter(({ outcome }) => outcome === 'differs');
  const allowed = exchanges.filter(({ outcome }) => outcome === 'allowed');
  const rowOf = (exchange: ReplayedExchange) => [
    `${exchange.recording}, ${exchange.number}`,
    exchange.operation,
    exchange.difference?.field ?? '',
    recordedText(exchange.difference?.recorded),
    recordedText(exchange.difference?.live),
  ];
  const head = ['Exchange', 'Operation', 'Field', 'Recorded', 'Now'];
  const sections = [
    '# Replay report',
    `Begun ${about.startedAt}, sent to ${about.targets.join(' and ')}.`,
    `**${counts.differs} differ, ${counts.allowed} differ as allowed, ${counts['by nature']} by nature alone, ${counts.same} same** of ${exchanges.length}; ${passedOver} exchanges are no call and were passed over.${notKept === 0 ? '' : ` ${notKept} calls were too long for the recording, and are not compared.`}`,
    tableSection(
      'What differs',
      [...head, 'More', 'What the twin does there, and how that is known'],
      differing.map((each) => [...rowOf(each), String(each.differences - 1), behaviourText(each)]),
    ),
    tableSection(
      'What may differ',
      [...head, 'Why'],
      allowed.map((each) => [...rowOf(each), each.allowed?.reason ?? '']),
    ),
    tableSection(
      'What may differ and does not',
      ['Operation', 'Field', 'Why'],
      unmet.map(({ operation = 'any', field = 'any', reason }) => [operation, field, reason]),
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** The same as JUnit XML: a suite for each recording, a case for each exchange. */
export function replayJunit({ exchanges }: ReplayReport, about: { readonly startedAt: string }): string {
  const files = [...new Set(exchanges.map(({ recording }) => recording))];
  const suites = files.map((name) => ({
    name,
    cases: exchanges.filter(({ recording }) => recording === name).map(caseOf),
  }));
  return junitXml(suites, { name: 'twintrack replay', startedAt: about.startedAt });
}

function caseOf(exchange: ReplayedExchange): JunitCase {
  const { number, operation, milliseconds } = exchange;
  return { name: `${number} ${operation}`, milliseconds, outcome: junitOutcome(exchange) };
}

function junitOutcome(exchange: ReplayedExchange): JunitCase['outcome'] {
  const { outcome, difference, allowed, differences } = exchange;
  if (outcome === 'allowed') {
    return { kind: 'skipped', message: `${difference?.field} may differ: ${allowed?.reason}` };
  }
  if (outcome !== 'differs' || !difference) return { kind: 'passed' };
  const { field } = difference;
  const [recorded, live] = [recordedText(difference.recorded), recordedText(difference.live)];
  const more = differences > 1 ? `\nand ${differences - 1} more` : '';
  const text = `${field}\nrecorded: ${recorded}\nnow: ${live}${more}\nThe twin: ${behaviourText(exchange)}`;
  return { kind: 'failure', message: `${field}: recorded ${recorded}, now ${live}`, type: 'differs', text };
}

/** A difference as a terminal shows it while the replay goes on: the exchange, both values, and the twin's evidence. */
export function differenceText(exchange: ReplayedExchange): string {
  const { recording, number, operation, difference, differences } = exchange;
  const more = differences > 1 ? `\n         and ${differences - 1} more` : '';
  return `DIFFERS  ${recording}, ${number}: ${operation}: ${difference?.field}
         recorded ${recordedText(difference?.recorded)}
         now      ${recordedText(difference?.live)}${more}
         the twin: ${behaviourText(exchange)}\n`;
}

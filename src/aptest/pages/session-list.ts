import { escapeHtml } from '../../text/ascii-html.ts';
import type { VariableDefinition } from '../model/definitions.ts';
import { type SessionRecord, shownName } from '../model/run-head.ts';
import { asList, own } from '../model/value.ts';
import { htmlSelect } from '../rules/html-input.ts';
import { type Progress, progressNames } from '../rules/progress.ts';
import { TestSession, writtenNumber } from '../run/test-session.ts';
import { choiceField, labelled } from './forms.ts';
import { href, param } from './page.ts';
import type { SuitePageContext } from './page-context.ts';
import type { PageName } from './paths.ts';
import { argumentsFor, performCommand } from './perform.ts';
import { dataTable } from './tables.ts';

// The sessions of a suite: which of them to show, and which of those to make a report about.

/** The check box that stands for all sessions of the list (observed in a client). */
const toggleAll = 'sessList-toggleAll';

/** The button that makes a report (observed in a client). */
export const reportButton = 'generateReport';

/** The sessions that pass the filter of the address, as getSessionList has them. @throws ProductFault */
function listedSessions(context: SuitePageContext): SessionRecord[] {
  const { lines } = performCommand(context, 'getSessionList', argumentsFor(context, 'getSessionList'));
  return lines.flatMap((line) => context.suite.sessions.get(Number(line.split(';', 1)[0])) ?? []);
}

/** Those of them that were chosen for a report. */
export function chosenSessions(context: SuitePageContext): SessionRecord[] {
  const listed = listedSessions(context);
  if (context.request.params.has(toggleAll)) return listed;
  const chosen = new Set(context.request.params.get('sessNum')?.map((written) => Number(written)));
  return listed.filter(({ number }) => chosen.has(number));
}

/**
 * The filter over a list of sessions: a list for each session variable, named `VAR_` and its name, and the button
 * `apply` (observed in clients); further what getSessionList filters by.
 */
export function sessionFilter(context: SuitePageContext, page: PageName): string {
  const { request, suite } = context;
  const choices = suite.sets.sorted().map(({ path }) => ({ value: path }));
  const status = progressNames.map((value) => ({ value, description: progressWords[value] }));
  return `<details open><summary>Filter the sessions</summary>
<form method="get" action="${href(request, page)}">
<input type="hidden" name="suite" value="${escapeHtml(suite.name)}">
<div class="fields">${suite.definition.variables.map((variable) => variableFilter(context, variable)).join('')}
${labelled('Sets', 'sets', htmlSelect({ name: 'sets', value: sent(context, 'sets') }, choices, { isMultiple: true, size: 4 }))}
${choiceField('Progress', { name: 'status', value: param(request, 'status'), none: 'any' }, status)}
${choiceField('Lock', { name: 'locked', value: param(request, 'locked'), none: 'any' }, [{ value: 'locked' }, { value: 'unlocked' }])}
</div>
<p class="actions"><button type="submit" name="apply" value="1">Apply</button> <a href="${href(request, page, { suite: suite.name })}">All sessions</a></p>
</form></details>`;
}

const progressWords: Readonly<Record<Progress, string>> = {
  run: 'complete',
  needit: 'incomplete or not begun',
  some: 'begun',
  partial: 'partly run',
  notrun: 'not begun',
};

const sent = ({ request }: SuitePageContext, name: string): readonly string[] =>
  (request.params.get(name) ?? []).filter((value) => value !== '');

/** A variable with a list is filtered by that list, a free one by what its sessions hold. */
function variableFilter(
  context: SuitePageContext,
  { name, type, prompt, values }: VariableDefinition,
): string {
  if (type === 'separator') return '';
  const held = [...context.suite.sessions.values()].flatMap((each) => asList(own(each.variables, name)));
  const listed = values.length > 0 ? values : [...new Set(held)].sort().map((value) => ({ value }));
  if (listed.length === 0) return '';
  const input = { name: `VAR_${name}`, value: sent(context, `VAR_${name}`) };
  return labelled(prompt ?? name, input.name, htmlSelect(input, listed, { isMultiple: true, size: 4 }));
}

/** The sessions of the list, each to open, and to choose for a report. */
export function sessionTable(context: SuitePageContext): string {
  const { request, suite } = context;
  const sessions = listedSessions(context);
  if (sessions.length === 0) return '<p>There are no such sessions.</p>';
  const { results } = suite.definition;
  const table = dataTable({
    caption: `${sessions.length} of ${suite.sessions.size} sessions`,
    heads: ['Report', 'Session', 'Name', 'Set', 'Lock', 'Tests', ...results.map(({ code }) => code)],
    items: sessions,
    row: (session) => sessionRow(context, session),
    headAt: 1,
  });
  return `<form method="get" action="${href(request, 'report/report.mpl')}">
<input type="hidden" name="suite" value="${escapeHtml(suite.name)}">${filterAsHidden(context)}
<p class="actions"><label><input type="checkbox" name="${toggleAll}" value="1"> All sessions of the list</label>
<button type="submit" name="${reportButton}" value="1" formtarget="_blank">Generate report (new window)</button></p>
${table}
</form>`;
}

function sessionRow({ request, suite }: SuitePageContext, session: SessionRecord): string[] {
  const number = writtenNumber(session.number, suite);
  const open = href(request, 'run/runWholeSession.mpl', {
    suite: suite.name,
    sessNum: `${number}/${session.testset}`,
    tid: '-1',
  });
  const details = href(request, 'run/viewSession.mpl', { suite: suite.name, sessNum: number });
  const counts = new Map(new TestSession(suite, session.number).resultCounts());
  return [
    `<input type="checkbox" name="sessNum" value="${number}" aria-label="Session ${number} in the report">`,
    `<a href="${open}">${number}</a>`,
    `<a href="${details}" aria-label="Details of session ${number}, ${escapeHtml(shownName(session))}">${escapeHtml(shownName(session)) || '(no name)'}</a>`,
    escapeHtml(session.testset),
    session.locked === 0 ? '' : 'locked',
    String(session.numtests),
    ...suite.definition.results.map(({ code }) => String(counts.get(code) ?? 0)),
  ];
}

function filterAsHidden(context: SuitePageContext): string {
  return Object.entries(argumentsFor(context, 'getSessionList'))
    .flatMap(([name, values]) => asList(values).map((value) => ({ name, value })))
    .map(({ name, value }) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
}

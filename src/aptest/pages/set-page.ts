import { escapeHtml } from '../../text/ascii-html.ts';
import { setFor } from '../commands/lookups.ts';
import { plannedDatesOf, shownName } from '../model/run-head.ts';
import type { TestCase } from '../model/test-case.ts';
import { own } from '../model/value.ts';
import { writtenNumber } from '../run/test-session.ts';
import type { TestSet } from '../run/test-set.ts';
import { scheduleFields, textField, variableField, withSeconds } from './forms.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href, pagePath, param, redirect } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { argumentsFor, onwards, performCommand } from './perform.ts';
import { actionForm, actOn, type RunTarget } from './run-actions.ts';
import { runDetails } from './run-details.ts';
import { dataTable } from './tables.ts';
import { testTitle } from './test-case.ts';

/** `run/viewSet.mpl?set=`: a set with its tests and sessions; it is locked, assigned and deleted here, and run. */
export const setPage: SuitePage = {
  show: (context, news) => {
    const { request, suite } = context;
    const set = setOf(context);
    const address = href(request, 'run/viewSet.mpl', { suite: suite.name, set: set.setPath });
    const body = `${newsNotice(news)}${runDetails(set)}
${actionForm(set, target(context), address)}
<h2>Make a session</h2>
${sessionForm(context, set, address)}
${testTable(context, set)}
${sessionsOfSet(context, set)}`;
    return htmlPage(context, { title: `Set ${set.setPath}`, body, suite: suite.name });
  },
  act: (context) => {
    const { request, suite } = context;
    if (param(request, 'command') === 'createSession') {
      const given = withSeconds(argumentsFor(context, 'createSession'));
      const { lines, hint } = performCommand(context, 'createSession', given);
      const [sessNum = ''] = lines;
      const made = pagePath('run/viewSession.mpl', { suite: suite.name, sessNum });
      return onwards(context, made, { done: `Session ${sessNum} is made.`, hint });
    }
    const ending = actOn(context, target(context)) ?? {};
    return ending === 'deleted' ? redirect(request, pagePath('index.mpl', { suite: suite.name })) : ending;
  },
};

const target = ({ request }: SuitePageContext): RunTarget => ({
  kind: 'Set',
  argument: 'set',
  value: param(request, 'set'),
});

function setOf({ request, suite }: SuitePageContext): TestSet {
  return setFor(suite, { argument: 'set', value: param(request, 'set') });
}

function sessionForm({ request, suite }: SuitePageContext, set: TestSet, address: string): string {
  const { head } = set;
  const isSentBack = param(request, 'command') === 'createSession';
  const planned: Readonly<Record<string, number | undefined>> = plannedDatesOf(head);
  const value = (name: string): string =>
    isSentBack ? param(request, name) : String(own(planned, name) ?? '');
  const variables = suite.definition.variables.map((variable) =>
    variableField(
      variable,
      isSentBack ? request.params.get(`VAR_${variable.name}`) : own(head.variables, variable.name),
    ),
  );
  return `<form method="post" action="${address}">
<div class="fields">${textField('Name', 'name', value('name'))}
${textField('Description', 'description', value('description'))}
${textField('Only these tests (names, comma separated)', 'tests', value('tests'))}
${scheduleFields(value)}</div>
<div class="fields">${variables.join('')}</div>
<p class="actions"><button type="submit" name="command" value="createSession">Create the session</button></p>
</form>`;
}

function testTable(context: SuitePageContext, set: TestSet): string {
  const tests = set.currentTests();
  if (tests.length === 0) return '<h2>Tests</h2><p>The set has no tests.</p>';
  const row = ({ id }: TestCase, at: number): string[] => [String(at), testTitle(context, id)];
  return `<h2>Tests</h2>${dataTable({ caption: `${tests.length} tests`, heads: ['#', 'Test'], items: tests, row })}`;
}

function sessionsOfSet({ request, suite }: SuitePageContext, set: TestSet): string {
  const sessions = set.sessions();
  if (sessions.length === 0) return '<h2>Sessions</h2><p>There are none yet.</p>';
  const table = dataTable({
    caption: 'Sessions of the set',
    heads: ['Session', 'Name', 'Lock'],
    items: sessions,
    row: (session) => {
      const sessNum = writtenNumber(session.number, suite);
      const address = href(request, 'run/viewSession.mpl', { suite: suite.name, sessNum });
      return [
        `<a href="${address}">${sessNum}</a>`,
        escapeHtml(shownName(session)),
        session.locked === 0 ? '' : 'locked',
      ];
    },
  });
  return `<h2>Sessions</h2>${table}`;
}

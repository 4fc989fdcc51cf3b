import { escapeHtml } from '../../text/ascii-html.ts';
import { shownName } from '../model/run-head.ts';
import type { TestSession } from '../run/test-session.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href, pagePath, param, redirect } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { actionForm, actOn, type RunTarget } from './run-actions.ts';
import { runDetails } from './run-details.ts';
import { sessionOfPage } from './session-of-page.ts';
import { dataTable, resultMark } from './tables.ts';
import { testTitle } from './test-case.ts';

/** `run/viewSession.mpl?sessNum=`: what a session is and how far; it is locked, assigned and deleted here. */
export const sessionPage: SuitePage = {
  show: (context, news) => {
    const { request, suite } = context;
    const session = sessionOfPage(context);
    const sessNum = session.sessionId() ?? '';
    const address = { suite: suite.name, sessNum };
    const run = href(request, 'run/runWholeSession.mpl', {
      suite: suite.name,
      sessNum: `${sessNum}/${session.testset()}`,
      tid: '-1',
    });
    const set = href(request, 'run/viewSet.mpl', { suite: suite.name, set: session.testset() });
    const body = `${newsNotice(news)}
<p><a href="${run}">Run the whole session</a></p>
<p>Made from the set <a href="${set}">${escapeHtml(session.testset())}</a></p>
${runDetails(session)}
${actionForm(session, target(sessNum), href(request, 'run/viewSession.mpl', address))}
<h2>Results</h2>
${countTable(session)}
<h2>Tests</h2>
${testTable(context, session)}`;
    const title = `Session ${sessNum}: ${shownName(session.head)}`;
    return htmlPage(context, { title, body, suite: suite.name });
  },
  act: (context) => {
    const { request, suite } = context;
    const ending = actOn(context, target(param(request, 'sessNum'))) ?? {};
    return ending === 'deleted' ? redirect(request, pagePath('index.mpl', { suite: suite.name })) : ending;
  },
};

const target = (value: string): RunTarget => ({ kind: 'Session', argument: 'sessNum', value });

function countTable(session: TestSession): string {
  const { results } = session.suite.definition;
  return dataTable({
    caption: `${session.numtests()} tests`,
    heads: ['Result', 'Code', 'Tests'],
    items: session.resultCounts(),
    row: ([code, count]) => [resultMark(results, code), escapeHtml(code), String(count)],
  });
}

function testTable(context: SuitePageContext, session: TestSession): string {
  const { results } = session.suite.definition;
  return dataTable({
    caption: 'Tests of the session',
    heads: ['#', 'Test', 'Result', 'Assigned to', 'Do'],
    items: session.testList(),
    row: (id, tid) => {
      const { results: code = '', assignedto = '' } = session.testCase(tid) ?? {};
      return [
        String(tid),
        testTitle(context, id),
        resultMark(results, String(code)),
        escapeHtml(String(assignedto)),
        oneTestLinks(context, session, tid),
      ];
    },
  });
}

function oneTestLinks({ request, suite }: SuitePageContext, session: TestSession, tid: number): string {
  const address = { suite: suite.name, sessNum: session.sessionId() ?? '', tid: String(tid) };
  const open = (page: 'run/runWholeSession.mpl' | 'run/attachFile.mpl', words: string): string =>
    `<a href="${href(request, page, address)}" aria-label="${words}: test ${tid}">${words}</a>`;
  return session.locked() === 0
    ? `${open('run/runWholeSession.mpl', 'Run')} ${open('run/attachFile.mpl', 'Attach')}`
    : open('run/runWholeSession.mpl', 'Show');
}

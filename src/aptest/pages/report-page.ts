import { escapeHtml } from '../../text/ascii-html.ts';
import { type SessionRecord, shownName } from '../model/run-head.ts';
import { TestSession, writtenNumber } from '../run/test-session.ts';
import { complaint, htmlPage } from './layout.ts';
import { href } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { chosenSessions, reportButton, sessionFilter, sessionTable } from './session-list.ts';
import { dataTable, resultMark } from './tables.ts';

/** `report/report.mpl`: sessions are chosen, and counted together. */
export const sessionReportPage: SuitePage = {
  show: (context) => {
    const { suite, request } = context;
    const isWanted = request.params.has(reportButton);
    const chosen = isWanted ? chosenSessions(context) : [];
    if (chosen.length > 0) {
      const title = `Progress report of ${suite.name}`;
      return htmlPage(context, { title, body: report(context, chosen), suite: suite.name });
    }
    const problem = isWanted ? 'Choose at least one session for the report.' : '';
    const body = `${complaint(problem)}${sessionFilter(context, 'report/report.mpl')}\n${sessionTable(context)}`;
    return htmlPage(context, { title: `Reports of ${suite.name}`, body, suite: suite.name });
  },
};

/**
 * The names of the classes, and that the third cell of a result's row is its share of all tests, are observed in a
 * client.
 */
function report(context: SuitePageContext, chosen: readonly SessionRecord[]): string {
  const { suite, request } = context;
  const { results } = suite.definition;
  const each = chosen.map((session) => ({
    session,
    counts: new Map(new TestSession(suite, session.number).resultCounts()),
  }));
  const codes = [...new Set(each.flatMap(({ counts }) => [...counts.keys()]))];
  const total = chosen.reduce((sum, { numtests }) => sum + numtests, 0);
  const summary = dataTable({
    caption: `${total} tests of ${chosen.length} ${chosen.length === 1 ? 'session' : 'sessions'} by result`,
    heads: ['Result', 'Code', 'Tests', 'Share of all tests'],
    items: codes,
    row: (code) => {
      const count = each.reduce((sum, { counts }) => sum + (counts.get(code) ?? 0), 0);
      const share = total === 0 ? 0 : (100 * count) / total;
      return [resultMark(results, code), escapeHtml(code), String(count), `${share.toFixed(1)}%`];
    },
    attributes: ' class="atm_dataTable"',
  });
  const bySession = dataTable({
    caption: 'By session',
    heads: ['Session', 'Name', 'Set', 'Tests', ...codes],
    items: each,
    row: ({ session, counts }) => {
      const number = writtenNumber(session.number, suite);
      const address = href(request, 'run/viewSession.mpl', { suite: suite.name, sessNum: number });
      return [
        `<a href="${address}">${number}</a>`,
        escapeHtml(shownName(session)),
        escapeHtml(session.testset),
        String(session.numtests),
        ...codes.map((code) => String(counts.get(code) ?? 0)),
      ];
    },
  });
  return `<div class="smallernoborder">${summary}</div>\n${bySession}`;
}

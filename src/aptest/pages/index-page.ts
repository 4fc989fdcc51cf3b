import { escapeHtml } from '../../text/ascii-html.ts';
import { canRun } from '../model/account.ts';
import { suites } from '../model/definitions.ts';
import { installationScope } from '../model/installation.ts';
import { shownName } from '../model/run-head.ts';
import { OpenSuite } from '../run/open-suite.ts';
import { TestSession, writtenNumber } from '../run/test-session.ts';
import { href, htmlPage, type PageAnswer } from './page.ts';
import type { PageContext } from './page-context.ts';

/** `index.mpl`: the suites that the visitor may run, each with its sets and sessions. */
export function suitesPage({ request, draft, now, account }: PageContext): PageAnswer {
  const visible = draft
    .table(suites, installationScope)
    .sorted()
    .filter(({ name }) => canRun(account, name));
  const sections = visible.map((definition) => {
    const suite = new OpenSuite(draft, definition, { now, user: account.name });
    return `<h2>${escapeHtml(definition.name)}</h2>
<p>${escapeHtml(definition.description)}</p>
<p><a href="${href(request, 'run/defineSet.mpl', { suite: definition.name })}">Define a set</a></p>
${setsTable(suite)}
${sessionsTable({ request, suite })}`;
  });
  const body = sections.length === 0 ? '<p>There is no suite that you may run.</p>' : sections.join('\n');
  return htmlPage(request, { title: `Suites of ${account.fullname}`, body });
}

function setsTable(suite: OpenSuite): string {
  const rows = suite.sets.sorted().map((set) => {
    const lock = set.locked === 0 ? '' : 'locked';
    return `<tr><td>${escapeHtml(set.path)}</td><td>${escapeHtml(set.description)}</td><td>${lock}</td></tr>`;
  });
  return `<table class="sets"><tr><th>Set</th><th>Description</th><th></th></tr>${rows.join('')}</table>`;
}

function sessionsTable({ request, suite }: { request: PageContext['request']; suite: OpenSuite }): string {
  const codes = suite.definition.results.map(({ code }) => code);
  const rows = suite.sessions.sorted().map((session) => {
    const number = writtenNumber(session.number, suite);
    const link = href(request, 'run/runWholeSession.mpl', { suite: suite.name, sess: number });
    const counts = new Map(new TestSession(suite, session.number).resultCounts());
    const cells = [
      `<a href="${link}">${number}</a>`,
      escapeHtml(shownName(session)),
      escapeHtml(session.testset),
      session.locked === 0 ? '' : 'locked',
      String(session.numtests),
      ...codes.map((code) => String(counts.get(code) ?? 0)),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const heads = ['Session', 'Name', 'Set', '', 'Tests', ...codes.map(escapeHtml)];
  return `<table class="sessions"><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>${rows.join('')}</table>`;
}

import { escapeHtml } from '../../text/ascii-html.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { TestSet } from '../run/test-set.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { sessionFilter, sessionTable } from './session-list.ts';
import { dataTable } from './tables.ts';

/** `index.mpl?suite=`: the sessions of a suite with their filter, and its sets. */
export const suitePage: SuitePage = {
  show: (context, news) => {
    const { request, suite } = context;
    const { name, description } = suite.definition;
    const body = `${newsNotice(news)}<p>${escapeHtml(description)}</p>
<h2>Sessions</h2>
${sessionFilter(context, 'index.mpl')}
${sessionTable(context)}
<h2>Sets</h2>
${setTable(context)}
<p><a href="${href(request, 'run/defineSet.mpl', { suite: name })}">Define a set</a></p>
<h2>Groups of sets</h2>
${groupList(suite)}
<p><a href="${href(request, 'run/defineGroup.mpl', { suite: name })}">Define a group</a></p>`;
    return htmlPage(context, { title: `Suite ${name}`, body, suite: name });
  },
};

function setTable({ request, suite }: SuitePageContext): string {
  const sets = suite.sets.sorted();
  if (sets.length === 0) return '<p>There are no sets yet.</p>';
  return dataTable({
    caption: 'Sets of this suite',
    heads: ['Set', 'Description', 'Lock', 'Assigned to', 'Sessions'],
    items: sets,
    row: ({ path, description, locked }) => [
      `<a href="${href(request, 'run/viewSet.mpl', { suite: suite.name, set: path })}">${escapeHtml(path)}</a>`,
      escapeHtml(description),
      locked === 0 ? '' : 'locked',
      escapeHtml(new TestSet(suite, path).assignedto()),
      String(suite.sessions.countBy('testset', path)),
    ],
  });
}

function groupList(suite: OpenSuite): string {
  const groups = suite.groups.sorted().map(({ path, description }) => {
    const words = description === '' ? '' : `: ${escapeHtml(description)}`;
    return `<li>${escapeHtml(path)}${words}</li>`;
  });
  return groups.length === 0 ? '<p>There are no groups yet.</p>' : `<ul>${groups.join('')}</ul>`;
}

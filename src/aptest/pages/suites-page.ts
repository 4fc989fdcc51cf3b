import { escapeHtml } from '../../text/ascii-html.ts';
import { canRun } from '../model/account.ts';
import { suites } from '../model/definitions.ts';
import { installationScope } from '../model/installation.ts';
import { OpenSuite } from '../run/open-suite.ts';
import { htmlPage } from './layout.ts';
import { href, type PageAnswer } from './page.ts';
import type { PageContext } from './page-context.ts';
import { dataTable } from './tables.ts';

/** `index.mpl`: the suites that the visitor may run. */
export function suitesPage(context: PageContext): PageAnswer {
  const { request, draft, now, account } = context;
  const visible = draft
    .table(suites, installationScope)
    .sorted()
    .filter(({ name }) => canRun(account, name));
  const body =
    visible.length === 0
      ? '<p>There is no suite that you may run.</p>'
      : dataTable({
          caption: 'Suites that you may run',
          heads: ['Suite', 'Description', 'Test cases', 'Sets', 'Sessions'],
          items: visible,
          row: (definition) => {
            const suite = new OpenSuite(draft, definition, { now, user: account.name });
            const { name, description } = definition;
            return [
              `<a href="${href(request, 'index.mpl', { suite: name })}">${escapeHtml(name)}</a>`,
              escapeHtml(description),
              ...[suite.tests.ordered.length, suite.sets.size, suite.sessions.size].map(String),
            ];
          },
          attributes: ' id="suiteTable" class="sortable"',
        });
  return htmlPage(context, { title: 'Suites', body });
}

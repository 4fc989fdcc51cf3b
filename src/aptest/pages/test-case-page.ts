import { escapeHtml } from '../../text/ascii-html.ts';
import { testMeant } from '../commands/lookups.ts';
import { errors } from '../errors.ts';
import { plainName } from '../model/names.ts';
import { shownTestName } from '../run/test-names.ts';
import { htmlPage } from './layout.ts';
import { param } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { testCaseBody, testTitle } from './test-case.ts';

/**
 * `browse/viewTestCase.mpl?tc=&dir=`: a test case by its path, and the others of its folder (the parameters are observed
 * in a client). Without a test it lists those of the folder, and without a folder all of the suite.
 */
export const testCasePage: SuitePage = {
  show: (context) => {
    const { request, suite } = context;
    const tc = param(request, 'tc');
    if (tc === '') {
      const title = `Test cases of ${suite.name}`;
      return htmlPage(context, {
        title,
        body: folderList(context, param(request, 'dir')),
        suite: suite.name,
      });
    }
    const test = suite.tests.withPath(tc) ?? testMeant(suite, { by: 'name', value: tc });
    if (!test) throw errors.noTest({ argument: 'tc', value: tc });
    const folder = test.id.slice(0, Math.max(0, test.id.lastIndexOf('/')));
    const body = `<p class="quiet">${escapeHtml(test.id)}</p>
${testCaseBody(suite, test)}
<h2>In the same folder and below</h2>
${folderList(context, folder)}`;
    return htmlPage(context, { title: shownTestName(suite, test), body, suite: suite.name });
  },
};

function folderList(context: SuitePageContext, dir: string): string {
  const start = plainName(dir) === '' ? '' : `${plainName(dir)}/`;
  const found = context.suite.tests.ordered.filter(({ id }) => plainName(id).startsWith(start));
  if (found.length === 0) return '<p>There are no test cases in this folder.</p>';
  const items = found.slice(0, mostListed).map(({ id }) => `<li>${testTitle(context, id)}</li>`);
  const rest = found.length > mostListed ? `<p>And ${found.length - mostListed} more.</p>` : '';
  return `<ul>${items.join('')}</ul>${rest}`;
}

/** Longer lists are cut, and say so. */
const mostListed = 1000;

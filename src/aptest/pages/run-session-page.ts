import { escapeHtml } from '../../text/ascii-html.ts';
import { shownName } from '../model/run-head.ts';
import type { TestSession } from '../run/test-session.ts';
import { htmlPage, newsNotice } from './layout.ts';
import { href, param } from './page.ts';
import type { SuitePage, SuitePageContext } from './page-context.ts';
import { performCommand } from './perform.ts';
import { runDetails } from './run-details.ts';
import { changedEntries } from './sent-results.ts';
import { sessionOfPage, testOfPage } from './session-of-page.ts';
import { testSection } from './test-section.ts';

/** Tests on one page: more would take longer to make than others may be held up. */
const pageLength = 100;

/**
 * `run/runWholeSession.mpl?sessNum=N/Set&tid=`: the tests of a session with their steps, and inputs for result, note and
 * execution data, named `results_<tid>` and `RUNDATA_<field>_<tid>`, and the button `Finish`; with the number of the
 * session in the title (all observed in clients). `tid` chooses one test; -1, which clients send, or none is all.
 * What is sent goes through the command `result`.
 */
export const runSessionPage: SuitePage = {
  show: (context, news) => {
    const { request, suite } = context;
    const session = sessionOfPage(context);
    const range = rangeOf(context, session);
    const sections: string[] = [];
    for (let tid = range.start; tid < range.end; tid++) sections.push(testSection(context, session, tid));
    const action = href(request, 'run/runWholeSession.mpl', range.address);
    const tests = sections.join('\n');
    const form =
      session.locked() === 0
        ? `<form method="post" action="${action}">${tests}
<p class="actions"><input type="submit" name="Finish" value="Finish"></p></form>`
        : `<p>The session is locked: it can be read only.</p>${tests}`;
    const details = { suite: suite.name, sessNum: session.sessionId() ?? '' };
    const body = `${newsNotice(news)}
<p><a href="${href(request, 'run/viewSession.mpl', details)}">About this session: lock, assign, attach</a></p>
<details><summary>Details</summary>${runDetails(session)}</details>
${pageLinks(context, session, range)}
${form}
${pageLinks(context, session, range)}`;
    const title = `Session ${session.sessionId()}: ${shownName(session.head)}`;
    return htmlPage(context, { title, body, suite: suite.name });
  },
  act: (context) => {
    const session = sessionOfPage(context);
    const entries = changedEntries(context.request, session);
    const count = Object.keys(entries).length;
    const { hint } = performCommand(context, 'result', {
      sessNum: session.sessionId() ?? '',
      result: JSON.stringify(entries),
    });
    return { done: `${count} ${count === 1 ? 'test was' : 'tests were'} changed.`, hint };
  },
};

/** Which tests are shown, and the address that shows them. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly address: Readonly<Record<string, string>>;
}

function rangeOf(context: SuitePageContext, session: TestSession): Range {
  const { request, suite } = context;
  const address = { suite: suite.name, sessNum: `${session.sessionId()}/${session.testset()}` };
  const value = param(request, 'tid').trim();
  if (value !== '' && value !== '-1') {
    const tid = testOfPage(context, session);
    return { start: tid, end: tid + 1, address: { ...address, tid: String(tid) } };
  }
  const start = Math.floor(Number(param(request, 'start')) / pageLength) * pageLength || 0;
  const end = Math.min(start + pageLength, session.numtests());
  return { start, end, address: { ...address, tid: '-1', start: String(start) } };
}

function pageLinks(
  { request }: SuitePageContext,
  session: TestSession,
  { start, end, address }: Range,
): string {
  const count = Math.ceil(session.numtests() / pageLength);
  const isOne = end - start === 1 && address.tid !== '-1';
  if (!isOne && count < 2) return '';
  const link = (words: string, to: Readonly<Record<string, string>>): string =>
    `<a href="${href(request, 'run/runWholeSession.mpl', { ...address, ...to })}">${escapeHtml(words)}</a>`;
  if (isOne) return `<p>${link('All tests of the session', { tid: '-1' })}</p>`;
  const links = Array.from({ length: count }, (_, at) => {
    const first = at * pageLength;
    return first === start ? `<strong>${first}</strong>` : link(String(first), { start: String(first) });
  });
  return `<p>Tests from ${links.join(' ')}</p>`;
}

import type { Runner } from '../../runner/runner.ts';
import { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { invariant } from '../../world/invariant.ts';
import { ProductFault } from '../../world/product-fault.ts';
import { suites } from '../model/definitions.ts';
import { installationScope } from '../model/installation.ts';
import { OpenSuite } from '../run/open-suite.ts';
import { attachFilePage } from './attach-file-page.ts';
import { attachmentPage } from './attachment-page.ts';
import { defineGroupPage } from './define-group-page.ts';
import { defineSetPage } from './define-set-page.ts';
import { complaint, htmlPage } from './layout.ts';
import { logIn, loginForm, logOut, passwordNames } from './login-page.ts';
import type { News } from './news.ts';
import { type PageAnswer, type PageRequest, param } from './page.ts';
import { askForLogin, type SuitePage, type SuitePageContext, suiteOfPage, visitor } from './page-context.ts';
import { attachmentIdOf } from './paths.ts';
import { sessionReportPage } from './report-page.ts';
import { runSessionPage } from './run-session-page.ts';
import { sessionPage } from './session-page.ts';
import { setPage } from './set-page.ts';
import { productStyleSheet, resultStyleSheet } from './style-sheet.ts';
import { suitePage } from './suite-page.ts';
import { suitesPage } from './suites-page.ts';
import { testCasePage } from './test-case-page.ts';

/** The pages of the product, for people and for clients that drive screens. */
export interface ApTestPages {
  answer(request: PageRequest): PageAnswer;
}

/** Makes the pages on a runner. Every context is a call like those of rpc.mpl: all or nothing, and in the journal. */
export function createApTestPages(runner: Runner): ApTestPages {
  return {
    answer(request) {
      if (request.page === 'atm.css') return styleSheet(productStyleSheet);
      if (request.page === 'results.css') {
        const suite = runner.world.collection(suites, installationScope).get(param(request, 'suite'));
        return styleSheet(resultStyleSheet(suite?.results ?? []));
      }
      const input = Object.fromEntries([...request.params].filter(([name]) => !passwordNames.includes(name)));
      try {
        return runner.call(
          { api: 'aptest', name: request.page, input },
          { run: (draft, now) => answerWith({ draft, now }, request) },
        );
      } catch (error) {
        if (!(error instanceof ProductFault)) throw error;
        return afterRefusal(runner, request, error);
      }
    },
  };
}

/** After a refusal nothing was changed: the same form with what was entered and why not, or a page that says only that. */
function afterRefusal(runner: Runner, request: PageRequest, { text }: ProductFault): PageAnswer {
  const draft = new Draft(runner.world);
  const now = runner.clock.now();
  if (request.method === 'POST') {
    try {
      const shown = answerWith({ draft, now }, { ...request, method: 'GET' }, { problem: text });
      return { ...shown, status: shown.status === 200 ? 422 : shown.status };
    } catch (error) {
      // What the form is about is gone as well.
      if (!(error instanceof ProductFault)) throw error;
    }
  }
  const account = visitor(draft, request.cookie);
  const suite = account && suiteOfPage({ request, draft, now, account });
  return htmlPage(
    { request, ...(account ? { account } : {}) },
    {
      title: 'Not found',
      body: complaint(text),
      status: 404,
      suite: suite instanceof OpenSuite ? suite.name : undefined,
    },
  );
}

function styleSheet(body: string): PageAnswer {
  return { status: 200, headers: { 'Content-Type': 'text/css; charset=utf-8' }, body };
}

const suitePages: Readonly<Record<string, SuitePage>> = {
  'index.mpl': suitePage,
  'browse/viewTestCase.mpl': testCasePage,
  'report/report.mpl': sessionReportPage,
  'run/attachFile.mpl': attachFilePage,
  'run/defineGroup.mpl': defineGroupPage,
  'run/defineSet.mpl': defineSetPage,
  'run/runWholeSession.mpl': runSessionPage,
  'run/viewSession.mpl': sessionPage,
  'run/viewSet.mpl': setPage,
};

function answerWith(
  { draft, now }: { readonly draft: Draft; readonly now: Instant },
  request: PageRequest,
  news: News = {},
): PageAnswer {
  const { page, method } = request;
  const attachment = attachmentIdOf(page);
  if (attachment !== undefined) return attachmentPage(draft, attachment);
  if (page === 'login.mpl') return method === 'POST' ? logIn(request, draft) : loginForm(request);
  if (page === 'logout.mpl') return logOut(request, draft);
  const account = visitor(draft, request.cookie);
  if (!account) return askForLogin(request);
  const context = { request, draft, now, account };
  if (page === 'index.mpl' && param(request, 'suite') === '') return suitesPage(context);
  const suite = suiteOfPage(context);
  return suite instanceof OpenSuite ? suitePageAnswer({ ...context, suite }, news) : suite;
}

/** A form that is sent is acted on first; then the page is shown as it is after that, unless it leads elsewhere. */
function suitePageAnswer(context: SuitePageContext, news: News): PageAnswer {
  const page = suitePages[context.request.page];
  invariant(page, 'every path of a page has a page');
  if (context.request.method === 'GET' || !page.act) return page.show(context, news);
  const ending = page.act(context);
  return 'status' in ending ? ending : page.show(context, ending);
}

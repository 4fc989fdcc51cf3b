import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { type Account, accounts, canRun } from '../model/account.ts';
import { installationScope } from '../model/installation.ts';
import { webLogins } from '../model/web-login.ts';
import { OpenSuite } from '../run/open-suite.ts';
import { htmlPage } from './layout.ts';
import type { News } from './news.ts';
import { type PageAnswer, type PageRequest, param, redirect } from './page.ts';

/** A page being made: the request, the state, and who asks. */
export interface PageContext {
  readonly request: PageRequest;
  readonly draft: Draft;
  readonly now: Instant;
  readonly account: Account;
}

/** A page of one suite, which the visitor may run. */
export interface SuitePageContext extends PageContext {
  readonly suite: OpenSuite;
}

/** A page of a suite: what it shows, and what a form that is sent to it does. */
export interface SuitePage {
  readonly show: (context: SuitePageContext, news: News) => PageAnswer;
  /** @returns what to say about it above the page, or another page. @throws ProductFault when it is refused */
  readonly act?: (context: SuitePageContext) => News | PageAnswer;
}

/** Who is logged in; undefined for nobody, and for an account that was disabled since. */
export function visitor(draft: Draft, cookie: string): Account | undefined {
  const login = cookie === '' ? undefined : draft.table(webLogins, installationScope).get(cookie);
  const account = login && draft.table(accounts, installationScope).get(login.user);
  return account?.isDisabled ? undefined : account;
}

/** Sends a visitor who is not logged in to the log-in page, and back afterwards. */
export function askForLogin(request: PageRequest): PageAnswer {
  const query = request.query === '' ? '' : `?${request.query}`;
  const target = `${request.folder}${request.page}${query}`;
  return redirect(request, `login.mpl?${new URLSearchParams({ target }).toString()}`);
}

/** The suite of a page, when the visitor may run it; else the answer that says why not. */
export function suiteOfPage(context: PageContext): OpenSuite | PageAnswer {
  const { request, draft, now, account } = context;
  const name = param(request, 'suite');
  const suite = OpenSuite.named(draft, name, { now, user: account.name });
  if (!suite) {
    const body = '<p>There is no suite of that name.</p>';
    return htmlPage(context, { title: 'No such suite', body, status: 404 });
  }
  if (canRun(account, name)) return suite;
  return htmlPage(context, { title: 'No access', body: '<p>You may not run this suite.</p>', status: 403 });
}

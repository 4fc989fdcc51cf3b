import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { type Account, accounts, canRun } from '../model/account.ts';
import { installationScope } from '../model/installation.ts';
import { webLogins } from '../model/web-login.ts';
import { OpenSuite } from '../run/open-suite.ts';
import { htmlPage, type PageAnswer, type PageRequest, param, redirect } from './page.ts';

/** A page being made: the request, the state, and who asks. */
export interface PageContext {
  readonly request: PageRequest;
  readonly draft: Draft;
  readonly now: Instant;
  readonly account: Account;
}

/** Who is logged in; undefined for nobody, and for an account that was disabled since. */
export function visitor(draft: Draft, cookie: string): Account | undefined {
  const login = cookie === '' ? undefined : draft.table(webLogins, installationScope).get(cookie);
  const account = login && draft.table(accounts, installationScope).get(login.user);
  return account?.isDisabled ? undefined : account;
}

/** Sends a visitor who is not logged in to the log-in page, and back afterwards. */
export function askForLogin(request: PageRequest): PageAnswer {
  const query = new URLSearchParams();
  for (const name of ['suite', 'sess']) {
    if (param(request, name) !== '') query.set(name, param(request, name));
  }
  const back = query.size === 0 ? request.page : `${request.page}?${query.toString()}`;
  return redirect(request, `login.mpl?${new URLSearchParams({ next: back }).toString()}`);
}

/** The suite of a page, when the visitor may run it; else the answer that says why not. */
export function suiteOfPage({ request, draft, now, account }: PageContext): OpenSuite | PageAnswer {
  const name = param(request, 'suite');
  const suite = OpenSuite.named(draft, name, { now, user: account.name });
  if (!suite)
    return htmlPage(request, {
      title: 'No such suite',
      body: '<p>There is no suite of that name.</p>',
      status: 404,
    });
  if (canRun(account, name)) return suite;
  return htmlPage(request, { title: 'No access', body: '<p>You may not run this suite.</p>', status: 403 });
}

import { timingSafeEqual } from 'node:crypto';
import { escapeHtml } from '../../text/ascii-html.ts';
import { seededBytes } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import { accounts } from '../model/account.ts';
import { installationScope } from '../model/installation.ts';
import { mostWebLogins, webLogins } from '../model/web-login.ts';
import { complaint, htmlPage, type PageAnswer, type PageRequest, param, redirect } from './page.ts';

/** Name of the cookie of the pages. */
export const loginCookie = 'ATM_LOGIN';

/** `login.mpl`: a form for user name and password. */
export function loginForm(request: PageRequest, problem = ''): PageAnswer {
  const value = (name: string): string => escapeHtml(param(request, name));
  const form = `<form method="post" action="${request.folder}login.mpl">
<input type="hidden" name="next" value="${value('next')}">
<p><label>User <input name="username" value="${value('username')}" autocomplete="username"></label></p>
<p><label>Password <input type="password" name="password" autocomplete="current-password"></label></p>
<p><input type="submit" name="Login" value="Login"></p>
</form>`;
  return htmlPage(request, {
    title: 'Log in',
    body: complaint(problem) + form,
    status: problem === '' ? 200 : 403,
  });
}

/** Checks name and password and begins a log-in. The answer does not tell which of the two was wrong. */
export function logIn(request: PageRequest, draft: Draft): PageAnswer {
  const account = draft.table(accounts, installationScope).get(param(request, 'username'));
  const isRight = account !== undefined && sameText(param(request, 'password'), account.password);
  if (!isRight || account.isDisabled)
    return loginForm(request, 'User or password is wrong, or the user is disabled.');
  const number = draft.next('aptest/webLogins');
  const cookie = seededBytes(draft.seed, `webLogin/${number}`).toString('hex');
  const table = draft.table(webLogins, installationScope);
  if (table.size >= mostWebLogins) {
    const [oldest] = [...table.values()].sort((a, b) => a.number - b.number);
    if (oldest) table.delete(oldest.cookie);
  }
  table.put({ cookie, user: account.name, number });
  return redirect(request, safeNext(param(request, 'next')), {
    'Set-Cookie': `${loginCookie}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
  });
}

/** Only pages of the product itself are gone to after a log-in. */
function safeNext(next: string): string {
  return /^(?:index\.mpl|run\/(?:defineSet|runWholeSession)\.mpl)(?:\?[\w=&%.+*~-]*)?$/.test(next)
    ? next
    : 'index.mpl';
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

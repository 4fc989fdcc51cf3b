import { timingSafeEqual } from 'node:crypto';
import { escapeHtml } from '../../text/ascii-html.ts';
import { seededBytes } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import { accounts } from '../model/account.ts';
import { installationScope } from '../model/installation.ts';
import { mostWebLogins, webLogins } from '../model/web-login.ts';
import { complaint, htmlPage } from './layout.ts';
import { href, type PageAnswer, type PageRequest, param, redirect } from './page.ts';
import { visitor } from './page-context.ts';
import { parsePagePath } from './paths.ts';

/** Name of the cookie of the pages. */
export const loginCookie = 'ATM_LOGIN';

/** What holds passwords; it goes into no journal. */
export const passwordNames: readonly string[] = ['pass', 'password'];

/** `name` and `pass` are what clients fill in (observed); the longer names are taken too. */
const names = { user: ['name', 'username'], password: passwordNames, target: ['target', 'next'] };

/** `login.mpl`: a form for user name and password. */
export function loginForm(request: PageRequest, problem = ''): PageAnswer {
  const form = `${complaint(problem)}<form class="fields" method="post" action="${href(request, 'login.mpl')}">
<input type="hidden" name="target" value="${escapeHtml(entered(request, names.target))}">
<div class="field"><label for="name">User</label><input type="text" id="name" name="name" value="${escapeHtml(entered(request, names.user))}" autocomplete="username"></div>
<div class="field"><label for="pass">Password</label><input type="password" id="pass" name="pass" autocomplete="current-password"></div>
<div class="actions"><input type="submit" name="submit" value="Log in"></div>
</form>
<p class="quiet">The users are those of the scenario, under aptest.users. One without a password logs in without.</p>`;
  return htmlPage({ request }, { title: 'Log in', body: form, status: problem === '' ? 200 : 403 });
}

/** Checks name and password and begins a log-in. The answer does not tell which of the two was wrong. */
export function logIn(request: PageRequest, draft: Draft): PageAnswer {
  const account = draft.table(accounts, installationScope).get(entered(request, names.user));
  const isRight = account !== undefined && sameText(entered(request, names.password), account.password);
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
  return {
    status: 303,
    headers: {
      Location: safeTarget(request, entered(request, names.target)),
      'Set-Cookie': `${loginCookie}=${cookie}; ${cookieAttributes}`,
    },
    body: '',
  };
}

/** `logout.mpl`: ends the log-in. An address alone changes nothing, so it asks first. */
export function logOut(request: PageRequest, draft: Draft): PageAnswer {
  if (request.method === 'GET') {
    const account = visitor(draft, request.cookie);
    if (!account) return redirect(request, 'login.mpl');
    const body = `<p>${escapeHtml(account.fullname)} (${escapeHtml(account.name)}) is logged in.</p>
<form method="post" action="${href(request, 'logout.mpl')}"><p class="actions"><button type="submit">Log out</button> <a href="${href(request, 'index.mpl')}">Back to the suites</a></p></form>`;
    return htmlPage({ request }, { title: 'Log out?', body });
  }
  draft.table(webLogins, installationScope).delete(request.cookie);
  return redirect(request, 'login.mpl', { 'Set-Cookie': `${loginCookie}=; ${cookieAttributes}; Max-Age=0` });
}

const cookieAttributes = 'Path=/; HttpOnly; SameSite=Strict';

/** What was entered under the first of several names that was sent. */
function entered(request: PageRequest, spellings: readonly string[]): string {
  return param(request, spellings.find((name) => request.params.has(name)) ?? '');
}

/** Where to go after a log-in: only to pages of the product itself, in the folder that the browser is in. */
function safeTarget(request: PageRequest, target: string): string {
  const home = `${request.folder}index.mpl`;
  const here = `http://twin${request.folder}`;
  if (target === '' || !URL.canParse(target, here)) return home;
  const { origin, pathname, search } = new URL(target, here);
  const found = origin === 'http://twin' ? parsePagePath(pathname) : undefined;
  const isPage = found?.folder === request.folder && found.page.endsWith('.mpl');
  return isPage && !/^log(?:in|out)\.mpl$/.test(found.page) ? pathname + search : home;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

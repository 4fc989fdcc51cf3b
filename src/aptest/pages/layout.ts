import { escapeHtml } from '../../text/ascii-html.ts';
import type { Account } from '../model/account.ts';
import type { News } from './news.ts';
import { href, type PageAnswer, type PageRequest } from './page.ts';

/** Whom a page is for. */
export interface PageAudience {
  readonly request: PageRequest;
  /** Nobody before the log-in. */
  readonly account?: Account;
}

export interface PageContent {
  readonly title: string;
  /** HTML, everything in it escaped. */
  readonly body: string;
  readonly status?: number;
  /** The suite that the page is about: its pages are linked, and its results have their colours. */
  readonly suite?: string | undefined;
}

/** A whole page, in the frame that all of them have. The ids are those that clients look into (observed in a client). */
export function htmlPage(
  audience: PageAudience,
  { title, body, status = 200, suite }: PageContent,
): PageAnswer {
  const { request } = audience;
  const colours =
    suite === undefined ? '' : `<link rel="stylesheet" href="${href(request, 'results.css', { suite })}">`;
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${href(request, 'atm.css')}">${colours}</head>
<body id="wholePage"><div id="atmBody">
<a class="skip" href="#mainContent">Skip to the content</a>
${banner(audience, suite)}
<main><div id="mainContent" tabindex="-1">
<h1>${escapeHtml(title)}</h1>
${body}
</div></main>
</div></body>
</html>
`,
  };
}

function banner({ request, account }: PageAudience, suite: string | undefined): string {
  const link = ([text, address]: readonly [string, string]): string =>
    `<li><a href="${address}">${escapeHtml(text)}</a></li>`;
  const links = account ? navigation(request, suite).map(link).join('') : '';
  const who = account
    ? `<form class="who" method="post" action="${href(request, 'logout.mpl')}"><span>${escapeHtml(account.fullname)} (${escapeHtml(account.name)})</span> <button type="submit">Log out</button></form>`
    : '';
  return `<header><p class="brand">ApTest Manager <small>(a test double: Twintrack)</small></p>
<nav aria-label="Pages"><ul>${links}<li><a href="${escapeHtml(request.folder)}run/rpc.mpl">rpc.mpl</a></li></ul></nav>${who}</header>`;
}

function navigation(request: PageRequest, suite: string | undefined): (readonly [string, string])[] {
  const all = [['Suites', href(request, 'index.mpl')]] as const;
  if (suite === undefined) return [...all];
  return [
    ...all,
    [suite, href(request, 'index.mpl', { suite })],
    ['Test cases', href(request, 'browse/viewTestCase.mpl', { suite })],
    ['Define a set', href(request, 'run/defineSet.mpl', { suite })],
    ['Reports', href(request, 'report/report.mpl', { suite })],
  ];
}

/** What is said of what the visitor just did, to stand above the rest. */
export function newsNotice({ problem = '', done = '', hint = '' }: News): string {
  return (
    complaint(problem) +
    (done === '' ? '' : `<p class="done" role="status">${escapeHtml(`${done} ${hint}`.trim())}</p>`)
  );
}

/** What went wrong, to stand above a form. */
export function complaint(text: string): string {
  return text === '' ? '' : `<p class="complaint" role="alert">${escapeHtml(text)}</p>`;
}

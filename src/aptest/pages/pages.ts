import type { Runner } from '../../runner/runner.ts';
import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { attachmentPage } from './attachment-page.ts';
import { defineSetPage } from './define-set-page.ts';
import { suitesPage } from './index-page.ts';
import { logIn, loginForm } from './login-page.ts';
import { type PageAnswer, type PageRequest, productStyleSheet } from './page.ts';
import { askForLogin, type PageContext, visitor } from './page-context.ts';
import { runSessionPage } from './run-session-page.ts';

/** The pages of the product, for people and for clients that drive screens. */
export interface ApTestPages {
  answer(request: PageRequest): PageAnswer;
}

/** The product's folder and the page in it; undefined for a path that is none of its pages. */
export function parsePagePath(path: string): { readonly folder: string; readonly page: string } | undefined {
  const found =
    /^((?:\/[\w.-]+)*\/)(atm\.css|index\.mpl|login\.mpl|run\/(?:defineSet|runWholeSession)\.mpl|run\/attachment\/[0-9A-Fa-f-]{36})$/.exec(
      path,
    );
  const [, folder, page] = found ?? [];
  return folder === undefined || page === undefined ? undefined : { folder, page };
}

/** Makes the pages on a runner. Every page is a call like those of rpc.mpl: all or nothing, and in the journal. */
export function createApTestPages(runner: Runner): ApTestPages {
  return {
    answer(request) {
      if (request.page === 'atm.css') {
        return {
          status: 200,
          headers: { 'Content-Type': 'text/css; charset=utf-8' },
          body: productStyleSheet,
        };
      }
      const input = Object.fromEntries([...request.params].filter(([name]) => name !== 'password'));
      return runner.call(
        { api: 'aptest', name: request.page, input },
        { run: (draft, now) => answerWith(draft, now, request) },
      );
    },
  };
}

const pagesForAccounts: Readonly<Record<string, (context: PageContext) => PageAnswer>> = {
  'index.mpl': suitesPage,
  'run/defineSet.mpl': defineSetPage,
  'run/runWholeSession.mpl': runSessionPage,
};

function answerWith(draft: Draft, now: Instant, request: PageRequest): PageAnswer {
  const { page, method } = request;
  if (page.startsWith('run/attachment/'))
    return attachmentPage(draft, page.slice('run/attachment/'.length).toUpperCase());
  if (page === 'login.mpl') return method === 'POST' ? logIn(request, draft) : loginForm(request);
  const account = visitor(draft, request.cookie);
  const handler = pagesForAccounts[page];
  if (!account || !handler) return askForLogin(request);
  return handler({ request, draft, now, account });
}

import { invariant } from '../../world/invariant.ts';
import type { CommandResult } from '../commands/command.ts';
import { Given } from '../commands/given.ts';
import { commandNamed } from '../commands/index.ts';
import { runCommand } from '../commands/perform.ts';
import { Remarks } from '../commands/remarks.ts';
import type { News } from './news.ts';
import { type PageAnswer, redirect } from './page.ts';
import type { SuitePageContext } from './page-context.ts';

/** Arguments for a command: one value, or several. */
export type PageArguments = Readonly<Record<string, string | readonly string[]>>;

/**
 * Carries out a command of rpc.mpl for the visitor of a page: the log-in stands in for the token, and everything else
 * is checked and done as it is there.
 *
 * @param given arguments by the names that rpc.mpl has for them
 * @throws ProductFault
 */
export function performCommand(context: SuitePageContext, name: string, given: PageArguments): CommandResult {
  const command = commandNamed(name);
  invariant(command, `${name} is a command of rpc.mpl`);
  const { request, draft, now, account, suite } = context;
  const params = new Map(Object.entries(given).map(([key, value]) => [key, [value].flat()]));
  const remarks = new Remarks(() => suite.settings.strictFields);
  const result = runCommand(command, Given.of(params, { remarks }), {
    draft,
    now,
    account,
    suiteName: suite.name,
    isMultipart: request.isMultipart,
    file: request.file,
    baseUrl: () => `${request.origin}${request.folder}run/`,
  });
  return { ...result, hint: remarks.hint };
}

/**
 * Leads to the page of what was made, unless something that was sent for it was not kept: that is told first, above the
 * form.
 */
export function onwards({ request }: SuitePageContext, to: string, news: News): News | PageAnswer {
  return news.hint === undefined ? redirect(request, to) : news;
}

/** What of a form a command takes, by its own declaration; the page's own parameters and buttons stay behind. */
export function argumentsFor(context: SuitePageContext, name: string): PageArguments {
  const known = Object.values(commandNamed(name)?.arguments ?? {}).flatMap(({ names }) => names);
  return Object.fromEntries(
    [...context.request.params].filter(([key]) =>
      known.some((each) => (each.endsWith('_') ? key.startsWith(each) : key === each)),
    ),
  );
}

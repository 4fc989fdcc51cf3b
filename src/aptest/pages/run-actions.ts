import { escapeHtml } from '../../text/ascii-html.ts';
import type { TestSession } from '../run/test-session.ts';
import type { TestSet } from '../run/test-set.ts';
import { checkboxes } from './forms.ts';
import type { News } from './news.ts';
import { param } from './page.ts';
import type { SuitePageContext } from './page-context.ts';
import { performCommand } from './perform.ts';

// What can be done to a set and to a session alike: lock, assign, delete. Buttons are named `command`, and say which.

/** Which of the two it is, and how rpc.mpl names the one that is meant. */
export interface RunTarget {
  readonly kind: 'Set' | 'Session';
  readonly argument: 'set' | 'sessNum';
  readonly value: string;
}

/** The form with the buttons. @param address of the page it is on */
export function actionForm(run: TestSession | TestSet, { kind }: RunTarget, address: string): string {
  const isLocked = run.locked() !== 0;
  const what = kind.toLowerCase();
  const button = (command: string, words: string): string =>
    `<button type="submit" name="command" value="${command}">${escapeHtml(words)}</button>`;
  const lock = isLocked
    ? button(`unlock${kind}`, `Unlock the ${what}`)
    : button(`lock${kind}`, `Lock the ${what}`);
  const rest = isLocked
    ? `<p>A locked ${what} can neither be assigned nor deleted.</p>`
    : `<form method="post" action="${address}">${checkboxes('Assign to', 'assignTo', run.userList())}
<p class="actions">${button(`assign${kind}`, 'Assign')}</p></form>
<form method="post" action="${address}"><details><summary>Delete the ${what}</summary>
<p class="actions">${button(`delete${kind}`, `Delete the ${what} for good`)}</p></details></form>`;
  return `<form method="post" action="${address}"><p class="actions">${lock}</p></form>${rest}`;
}

/**
 * Does what a button of the form asks for.
 *
 * @returns what was done; undefined when no button of this form was pressed
 */
export function actOn(
  context: SuitePageContext,
  { kind, argument, value }: RunTarget,
): News | 'deleted' | undefined {
  const named = { [argument]: value };
  const command = param(context.request, 'command');
  switch (command) {
    case `lock${kind}`:
      performCommand(context, command, named);
      return { done: `The ${kind.toLowerCase()} is locked.` };
    case `unlock${kind}`:
      performCommand(context, command, named);
      return { done: `The ${kind.toLowerCase()} is unlocked.` };
    case `assign${kind}`: {
      const assignTo = context.request.params.get('assignTo')?.join(',') ?? '';
      const { lines, hint } = performCommand(context, command, { ...named, assignTo });
      return { done: lines.join(' '), hint };
    }
    case `delete${kind}`:
      performCommand(context, command, named);
      return 'deleted';
    default:
      return undefined;
  }
}

import type { Draft } from '../../world/draft.ts';
import { errors, type Sent } from '../errors.ts';
import { type Account, accounts, canRun } from '../model/account.ts';
import { installationScope } from '../model/installation.ts';

/** An account that may act. */
export function enabledAccount(draft: Draft, sent: Sent): Account {
  const table = draft.table(accounts, installationScope);
  const account = table.get(sent.value);
  if (!account) throw errors.noUser(sent, userNames(table.values()));
  if (account.isDisabled) throw errors.userDisabled(sent);
  return account;
}

function* userNames(all: Iterable<Account>): Iterable<string> {
  for (const { name } of all) yield name;
}

/**
 * The name of the account to work as in a suite: it has to be enabled and to have run access, as for rpc.mpl. The only
 * one that may when none is named.
 *
 * @throws ProductFault
 */
export function accountNamed(draft: Draft, suite: string, named: string | undefined): string {
  if (named === undefined) {
    const able = [...draft.table(accounts, installationScope).values()].filter(
      (account) => !account.isDisabled && canRun(account, suite),
    );
    if (able.length === 1 && able[0]) return able[0].name;
    throw errors.missing('user', 'name of the account to work as');
  }
  const account = enabledAccount(draft, { argument: 'user', value: named });
  if (!canRun(account, suite)) throw errors.noRunAccess(account.name, suite);
  return account.name;
}

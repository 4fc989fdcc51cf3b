import { timingSafeEqual } from 'node:crypto';
import type { Draft } from '../../world/draft.ts';
import { errors } from '../errors.ts';
import { type Account, canRun } from '../model/account.ts';
import { suites } from '../model/definitions.ts';
import { installationScope, installations } from '../model/installation.ts';
import { enabledAccount } from '../run/acting-account.ts';
import type { Given } from './given.ts';

/** Who calls and for which suite, after the checks that come before every command. */
export interface Admitted {
  readonly account: Account;
  /** Undefined only where the suite may be left out. */
  readonly suite: string | undefined;
}

/**
 * The checks that every call goes through, in the product's order (inferred): token configured, token right, user,
 * suite, run access. A command that needs no suite (getSuiteList) may leave it out.
 */
export function admit(draft: Draft, given: Given, needs: 'run' | 'user'): Admitted {
  checkToken(draft, given);
  const account = actingUser(draft, given);
  const sent = given.one(['suite']);
  if (!sent?.value) {
    if (needs === 'user') return { account, suite: undefined };
    throw errors.missing('suite', 'name of the suite to operate on');
  }
  if (!draft.table(suites, installationScope).get(sent.value)) {
    throw errors.noSuite(sent, suiteNames(draft));
  }
  if (needs === 'run' && !canRun(account, sent.value)) throw errors.noRunAccess(account.name, sent.value);
  return { account, suite: sent.value };
}

function checkToken(draft: Draft, given: Given): void {
  const token = draft.table(installations, installationScope).get('installation')?.token ?? '';
  if (token === '') throw errors.tokenNotConfigured();
  const sent = given.one(['rpctoken']);
  if (!sent?.value) throw errors.tokenMissing();
  if (!sameText(sent.value, token)) throw errors.tokenWrong();
}

function actingUser(draft: Draft, given: Given): Account {
  const sent = given.one(['username']);
  if (!sent?.value) throw errors.missing('username', 'the user in whose name the command is executed');
  return enabledAccount(draft, sent);
}

function* suiteNames(draft: Draft): Iterable<string> {
  for (const { name } of draft.table(suites, installationScope).values()) yield name;
}

/** Compares without telling by its time how much was right. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import type { Checking } from '../rules/doubtful-values.ts';
import type { OpenSuite } from './open-suite.ts';

/** What values of a suite are checked against. */
export function checkingIn(suite: OpenSuite): Checking {
  return {
    suite: suite.name,
    account: (name) => suite.accounts.get(name),
    accountNames: () => suite.accounts.sorted().map(({ name }) => name),
  };
}

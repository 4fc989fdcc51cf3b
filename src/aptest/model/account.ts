import { table } from '../../world/table.ts';
import { type FieldValues, own } from './value.ts';

/** What an account may do; the product calls these features (documented). */
export const features = ['account', 'execute', 'browse', 'edit', 'manage'] as const;
export type Feature = (typeof features)[number];

/** A person. Calls by rpc.mpl name one as the acting user; there is no password in them. */
export interface Account {
  readonly name: string;
  readonly fullname: string;
  readonly email: string;
  readonly phoneNumber: string;
  /** Only for the pages with a log-in; rpc.mpl asks for none. */
  readonly password: string;
  readonly isDisabled: boolean;
  /** Features by suite name; `*` stands for every suite that is not named. */
  readonly access: Readonly<Record<string, readonly Feature[]>>;
  /** What the session variables of this user begin with, by their names. */
  readonly variables: FieldValues;
}

export const accounts = table<Account>('accounts', { key: ({ name }) => name });

/** What an account may do in a suite. */
export function featuresIn(account: Account, suite: string): readonly Feature[] {
  return own(account.access, suite) ?? own(account.access, '*') ?? [];
}

/** "At least run access": the feature `execute`, or `manage`, which implies it (inferred). */
export function canRun(account: Account, suite: string): boolean {
  const granted = featuresIn(account, suite);
  return granted.includes('execute') || granted.includes('manage');
}

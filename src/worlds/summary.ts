import { type Account, accounts, canRun } from '../aptest/model/account.ts';
import { suites } from '../aptest/model/definitions.ts';
import { installationScope, installations } from '../aptest/model/installation.ts';
import {
  loginSessions,
  projectScope,
  projects,
  serverScope,
  serverSettings,
  users,
} from '../testtrack/model/tables.ts';
import type { World } from '../world/world.ts';
import type { WireForms } from '../wsdl/shared-model.ts';

/** What a person needs to know of a world to begin: whom to log on as, and where. Only those who may; no passwords. */
export interface Summary {
  readonly projects: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Who is logged on to TestTrack from the start. */
  readonly logins: readonly { readonly project: string; readonly user: string; readonly cookie: number }[];
  readonly suites: readonly string[];
  readonly accounts: readonly string[];
  /** Those of them who log in to ApTest's pages without a password. */
  readonly openAccounts: readonly string[];
  /** The token of rpc.mpl; undefined when none is configured. */
  readonly rpcToken: string | undefined;
}

/** Reads a summary off a world. */
export function summaryOf(world: World): Summary {
  const named = (records: Iterable<{ readonly name: string }>) => [...records].map(({ name }) => name).sort();
  const suiteNames = named(world.collection(suites, installationScope).values());
  const mayCall = (account: Account) =>
    !account.isDisabled && suiteNames.some((suite) => canRun(account, suite));
  const callers = [...world.collection(accounts, installationScope).values()].filter(mayCall);
  return {
    projects: named(world.collection(projects, serverScope).values()).map((name) => ({
      name,
      users: world
        .collection(users, projectScope(name))
        .sorted()
        .filter(({ isCustomer, isActive, login }) => !isCustomer && isActive && login !== '')
        .map((user) => user.login),
    })),
    logins: world
      .collection(loginSessions, serverScope)
      .sorted()
      .map(({ cookie, project, userId }) => ({
        project,
        user: world.collection(users, projectScope(project)).get(userId)?.login ?? '',
        cookie,
      })),
    suites: suiteNames,
    accounts: named(callers),
    openAccounts: named(callers.filter(({ password }) => password === '')),
    rpcToken: world.collection(installations, installationScope).get('installation')?.token || undefined,
  };
}

/** In which forms the world speaks on the wire. */
export function wireFormsOf(world: World): WireForms {
  const { sdk = 'newest', emptyLists = 'omit' } =
    world.collection(serverSettings, serverScope).get('server') ?? {};
  return { sdk, emptyLists };
}

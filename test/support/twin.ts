import { afterAll, beforeEach } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { type SoapClient, soapClient } from './soap-client.ts';

/** When the clock of every test twin stands at first. */
export const startOfTest = '2026-03-02T15:00:00Z';

/** A twin that a test file talks to over HTTP, and the two clients of it. */
export interface RunningTwin {
  readonly twin: Twin;
  readonly tt: SoapClient;
  /** Logs on to a project and gives the cookie. */
  logOn(username?: string, password?: string, project?: string): Promise<number>;
}

/**
 * Starts a twin for a test file, on a port of its own; it is back at its seed before every test and ends with the
 * file.
 *
 * @param projects the projects of the scenario, as in a scenario file
 * @param more what else its section `testtrack` holds
 */
export async function twinWith(
  projects: readonly object[],
  server: object = {},
  more: object = {},
): Promise<RunningTwin> {
  const twin = await startTwin({
    checkInvariants: true,
    scenario: {
      twintrack: 1,
      clock: { mode: 'frozen', now: startOfTest },
      testtrack: { server, projects, ...more },
    },
  });
  beforeEach(() => twin.reset());
  afterAll(() => twin.close());
  const tt = soapClient(twin.soapUrl);
  const logOn = async (username = 'admin', password = 'secret', dbname = 'Project') =>
    Number(await tt.DatabaseLogon({ dbname, username, password }));
  return { twin, tt, logOn };
}

/** Users that the tests of contracts share: an administrator, a developer, a guest and three who cannot log on. */
export const people = [
  { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
  { login: 'lake', password: 'water', first: 'Veronica', middle: 'B', last: 'Lake', groups: ['Developers'] },
  { login: 'plain', password: 'plain', first: 'Anna', last: 'Plain', nameFormat: 'first-last' },
  { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
  { login: 'desk', password: 'desk', last: 'Desk', groups: ['No SOAP'] },
  { login: 'gone', password: 'gone', last: 'Gone', isActive: false },
] as const;

/** The group of somebody who may do everything, but not by SOAP. */
export const noSoap = { name: 'No SOAP', commands: 'all', allowsSoap: false } as const;

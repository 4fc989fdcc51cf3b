import { version } from '../package/version.ts';
import type { Twin } from '../twin.ts';
import { trustLines } from './trust-lines.ts';

export interface BannerOptions {
  /** How the scenario was named. */
  readonly scenario: string;
  /** The token for control requests, when nobody had given one. */
  readonly madeToken?: string | undefined;
}

/** More names than these are not read. */
const SHOWN = 12;

/**
 * What a person sees when a twin runs: every URL, whom to log on as, and something to try. Passwords are in the
 * scenario file and not repeated; a token that was made for this run stands nowhere else, so it is shown.
 */
export function banner(twin: Twin, { scenario, madeToken }: BannerOptions): string {
  const { projects, logins, suites, accounts, rpcToken } = twin.summary;
  const rows: [string, string][] = [
    ['TestTrack SOAP', twin.soapUrl],
    ['', `${twin.url}/scripts/ttsoapcgi.exe`],
    ['WSDL', twin.wsdlUrl],
    ['ApTest rpc.mpl', twin.rpcUrl],
    ['', `${twin.url}/atm/run/rpc.mpl`],
    ['ApTest pages', `${twin.url}/atm/index.mpl`],
    ['Console', `${twin.url}/__console`],
    ['Control', `${twin.url}/__admin`],
    ['Is it up?', `${twin.url}/__admin/health`],
    ...(madeToken === undefined ? [] : [['Control token', madeToken] satisfies [string, string]]),
    ['All addresses', `${twin.url}/`],
    ...(twin.tlsUrl === undefined || twin.tlsUrl === twin.url
      ? []
      : [['Over TLS', twin.tlsUrl] satisfies [string, string]]),
    ['', ''],
    ['Scenario', scenario + notRead(twin)],
    ['Clock', clockText(twin)],
    ...projects.map(({ name, users }): [string, string] => ['Project', `${name} (users: ${list(users)})`]),
    ...logins
      .slice(0, SHOWN)
      .map(({ project, user, cookie }): [string, string] => [
        'Logged on',
        `${user} in ${project} (cookie ${cookie})`,
      ]),
    ['Suites', list(suites)],
    ['ApTest users', list(accounts)],
    ['rpc token', rpcToken ?? 'none: rpc.mpl refuses every call'],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(16)}${value}`.trimEnd());
  return `Twintrack ${version} answers on ${twin.url}\n\n${lines.join('\n')}\n\n${trustLines(twin)}${tryIt(twin)}End it with Ctrl+C.\n`;
}

function notRead({ data }: Twin): string {
  if (!data?.goesOn) return '';
  const changed = data.isScenarioChanged ? ', which began with another text; --fresh begins anew' : '';
  return ` (not read: the state in the data folder goes on${changed})`;
}

function tryIt(twin: Twin): string {
  const { accounts, rpcToken } = twin.summary;
  const [account] = accounts;
  if (rpcToken === undefined || account === undefined) return '';
  const query = new URLSearchParams({ rpctoken: rpcToken, username: account, command: 'getSuiteList' });
  return `Try: curl '${twin.rpcUrl}?${query}'\n`;
}

function clockText(twin: Twin): string {
  const { mode, now } = twin.clock.state();
  return mode === 'real' ? 'real' : `${mode} at ${new Date(now).toISOString()}`;
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

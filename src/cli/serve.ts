import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isLoopbackHost } from '../control/guard.ts';
import type { GivenSettings } from '../http/settings.ts';
import { badCertificates, type TlsOptions, tlsVersions } from '../http/tls/tls-options.ts';
import { isPublicUrl } from '../input/public-url.ts';
import { withoutUndefined } from '../input/without-undefined.ts';
import { type LogLevel, logLevels } from '../log/log.ts';
import { PinoLog } from '../log/pino-log.ts';
import { demoScenario, startTwin, type Twin } from '../twin.ts';
import { banner } from './banner.ts';
import { refuseUnknownVariables, variableOf } from './environment.ts';
import { givenSettings, settingOptions } from './setting-options.ts';
import { exitCodes, isColoured, type Terminal, UsageError } from './terminal.ts';

interface ServeOptions {
  readonly scenario?: string;
  readonly data?: string;
  readonly fresh?: boolean;
  readonly publicUrl?: string;
  readonly watch?: boolean;
  readonly port: number;
  readonly host: string;
  readonly adminToken?: string;
  readonly metricsWithoutToken?: boolean;
  readonly worldsOnDemand?: boolean;
  readonly peers?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly quiet?: boolean;
  readonly allowOrigin?: readonly string[];
  readonly trustProxy?: readonly string[];
  readonly tls?: boolean;
  readonly tlsPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsMin?: TlsOptions['min'];
  readonly tlsClientCa?: string;
  readonly tlsBad?: TlsOptions['bad'];
  readonly logLevel: LogLevel;
  readonly logFormat?: 'human' | 'json';
}

/** How the program learns that it shall end. */
export interface Stop {
  /** Settles with the reason, such as `SIGTERM`. */
  readonly requested: Promise<string>;
}

const examples = `
Examples:
  twintrack serve
      Both APIs on http://127.0.0.1:8080 with the demo scenario.
  twintrack serve my-tests.yaml --port 0
      Your own scenario on any free port; the first line of the output names it.
  twintrack serve --scenario my-tests.yaml --watch
      Begins again from your scenario whenever you save it; a wrong one is told and leaves the state as it was.
  twintrack serve --host 0.0.0.0 --admin-token "$TOKEN"
      Reachable from other machines; control requests must show the token. Without one it is made and printed.
  twintrack serve --scenario my-tests.yaml --data ./state
      Keeps the state in ./state: the scenario is for the first start, and for --fresh.
  twintrack serve --tls --data ./state
      Speaks https on port 8080, with a certificate that is made once and kept; says how clients come to trust it.
  twintrack serve --tls-port 8443 --tls-min 1.0 --tls-cert server.pem --tls-key server.key
      Speaks http on port 8080 and https on port 8443, also with clients of 2008, and shows your certificate.
  TWINTRACK_MAX_BODY=50MB twintrack serve --log-level debug
      Every option can be given as a variable; options win.

A running twin describes its control routes at /__admin.
Sizes are written 64kB or 10MB, times 500ms, 10s or 15m.

Exit codes: 0 ended by Ctrl+C or SIGTERM; 1 a mistake in Twintrack; 2 a wrong option, scenario or data folder, or a
port that is taken; 3 the data folder was removed, made read-only or taken by another twin meanwhile.`;

const watchedData =
  'Give either --watch or --data: what a data folder keeps goes on, so the scenario is not read again. --fresh begins with it once.';

/** `twintrack serve`: starts a twin and answers until it is told to end. */
export function serveCommand(terminal: Terminal, stop: Stop, done: (exitCode: number) => void): Command {
  const command = new Command('serve')
    .description('answer as TestTrack and ApTest from a scenario file')
    .argument('[file]', 'YAML or JSON scenario to start from (default: the demo)');
  const options = [
    new Option('-s, --scenario <file>', 'YAML or JSON file to start from, as an option (default: the demo)'),
    new Option(
      '-d, --data <folder>',
      'keep all worlds in this folder across ends and crashes (default: in memory only)',
    ),
    new Option('--fresh', 'move all worlds in the data folder aside and begin with the scenario'),
    new Option('-w, --watch', 'read the scenario again whenever it, or what it extends, changes'),
    new Option('-p, --port <number>', 'port to listen on; 0 takes any free one')
      .default(8080)
      .argParser(parsePort),
    new Option('--host <address>', 'address to listen on; 0.0.0.0 for all').default('127.0.0.1'),
    new Option(
      '--public-url <url>',
      'what addresses in the WSDL begin with, for a twin behind a proxy (default: what the request says)',
    ).argParser(parsePublicUrl),
    new Option(
      '--admin-token <token>',
      'token for control requests; made and printed when others can reach the address, none on this machine alone',
    ),
    new Option(
      '--metrics-without-token',
      'show /__admin/metrics without the token, and to other machines: for a Prometheus that has none',
    ),
    new Option(
      '--worlds-on-demand',
      'make a world on its first use, as a fork of the served one: /w/NAME/… needs no request before',
    ),
    new Option(
      '--peers <url...>',
      'the other twins behind the same balancer, with the same token: worlds move to and from these (docs/scale.md)',
    ).argParser(severalUrls),
    new Option(
      '--allow-host <name...>',
      'further names that control requests may use for this twin',
    ).argParser(severalNames),
    new Option(
      '--allow-origin <site...>',
      'sites whose pages may make calls, such as https://app.example.com (default: none)',
    ).argParser(severalNames),
    new Option(
      '--trust-proxy <address...>',
      'proxies believed what they say of a client, besides this machine: 10.0.0.5, 10.0.0.0/8',
    ).argParser(severalNames),
    ...tlsOptions(),
    new Option('-q, --quiet', 'tell no calls on the error output, only warnings and errors'),
    new Option('--log-level <level>', 'how much to tell on the error output')
      .choices(logLevels)
      .default('info'),
    new Option(
      '--log-format <format>',
      'how to tell it (default: human on a terminal, json otherwise)',
    ).choices(['human', 'json']),
  ].map((option) => option.env(variableOf(option.long ?? '')));
  for (const option of [...options, ...settingOptions()]) command.addOption(option);
  command.addHelpText('after', examples);
  return command.action(async (file: string | undefined, given: ServeOptions & Record<string, unknown>) => {
    if (file !== undefined && command.getOptionValueSource('scenario') === 'cli')
      throw new UsageError(`Two scenarios are given, "${file}" and "${given.scenario}". Name one of them.`);
    refuseUnknownVariables(
      terminal.env,
      command.options.flatMap(({ envVar }) => (envVar === undefined ? [] : [envVar])),
    );
    const settings = givenSettings(given, (name) => command.getOptionValueSource(name));
    const options = file === undefined ? given : { ...given, scenario: file };
    done(await serve({ options, settings }, terminal, stop));
  });
}

function tlsOptions(): Option[] {
  return [
    new Option('--tls', 'speak https instead of http; any of the following does so too'),
    new Option(
      '--tls-port <number>',
      'speak https on this port, beside http on the other one; 0 takes any',
    ).argParser(parsePort),
    new Option('--tls-cert <file>', 'PEM file of a certificate (default: one is made, and kept with --data)'),
    new Option('--tls-key <file>', 'PEM file of its key'),
    new Option(
      '--tls-min <version>',
      'oldest version of TLS that is taken (default: 1.2); clients of 2008 need 1.0',
    ).choices(tlsVersions),
    new Option(
      '--tls-client-ca <file>',
      'ask clients for certificates, signed by one of this PEM file; others are refused',
    ),
    new Option(
      '--tls-bad <fault>',
      'show a certificate that clients have to refuse: out of date, for another host, or one that nobody trusts',
    ).choices(badCertificates),
  ];
}

/** What the options say of TLS; undefined when none of them is given. */
function tlsOf(options: ServeOptions): true | TlsOptions | undefined {
  const { tlsPort, tlsCert, tlsKey, tlsMin, tlsClientCa, tlsBad } = options;
  const given = withoutUndefined({
    ...{ port: tlsPort, cert: tlsCert, key: tlsKey, min: tlsMin, clientCa: tlsClientCa, bad: tlsBad },
  });
  if (Object.keys(given).length > 0) return given;
  return options.tls ? true : undefined;
}

async function serve(
  { options, settings }: { readonly options: ServeOptions; readonly settings: GivenSettings },
  terminal: Terminal,
  stop: Stop,
): Promise<number> {
  const log = new PinoLog({
    level: options.quiet ? quieter(options.logLevel) : options.logLevel,
    format: options.logFormat ?? (terminal.isInteractive ? 'human' : 'json'),
    isColoured: isColoured(terminal),
    write: terminal.err,
    columns: terminal.columns,
  });
  const { data, fresh, publicUrl, watch, worldsOnDemand, peers, allowHost } = options;
  const { scenario = demoScenario } = options;
  if (watch && data) throw new UsageError(watchedData);
  // An empty token, as an unset variable of a container gives it, is none.
  const given = options.adminToken || undefined;
  const made = given === undefined && !isLoopbackHost(options.host) ? newToken() : undefined;
  const token = given ?? made;
  const twin: Twin = await startTwin({
    scenario,
    port: options.port,
    host: options.host,
    settings,
    log,
    ...withoutUndefined({
      data,
      fresh,
      publicUrl,
      watch,
      worldsOnDemand,
      peers,
      adminToken: token,
      allowedHosts: allowHost,
    }),
    ...withoutUndefined({ tls: tlsOf(options), metricsWithoutToken: options.metricsWithoutToken }),
    ...withoutUndefined({ allowedOrigins: options.allowOrigin, trustedProxies: options.trustProxy }),
  });
  const shown = path.relative(process.cwd(), scenario);
  terminal.out(banner(twin, { scenario: shown.startsWith('..') ? scenario : shown, madeToken: made }));
  const reason = await Promise.race([stop.requested, ...(twin.data ? [twin.data.taken] : [])]);
  log.info(`Ending after ${reason}`);
  await twin.close();
  await log.flush();
  return (twin.data?.isIntact() ?? true) ? exitCodes.ok : exitCodes.dataLost;
}

/** `--quiet` takes the lines of `info` away, and adds none. */
function quieter(level: LogLevel): LogLevel {
  return logLevels.indexOf(level) > logLevels.indexOf('warn') ? 'warn' : level;
}

/** Names that may come one by one or parted by commas, as in a variable. */
function severalNames(names: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...names.split(',').map((name) => name.trim())];
}

/** Addresses of twins, parted in the same ways. */
function severalUrls(urls: string, before: readonly string[] = []): readonly string[] {
  const named = severalNames(urls).filter((url) => url !== '');
  const wrong = named.find((url) => !isPublicUrl(url));
  if (wrong === undefined) return [...before, ...named];
  throw new InvalidArgumentError(`"${wrong}" is no address of a twin. Write it as http://10.0.0.2:8080.`);
}

/** 192 bits, in signs that need no quotes in a shell. */
function newToken(): string {
  return randomBytes(24).toString('hex');
}

function parsePublicUrl(text: string): string {
  if (isPublicUrl(text)) return text;
  throw new InvalidArgumentError('Write it as https://twin.example.org or http://ci.example.org/twin.');
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { Option } from 'commander';
import { parseDuration, QuantityError } from '../input/quantity.ts';
import { UsageError } from './terminal.ts';

/** What stands on the command line, unchecked. */
export interface ContractOptions {
  readonly url?: string;
  readonly project?: string;
  readonly user?: string;
  readonly password: string;
  readonly secondUser?: string;
  readonly secondPassword: string;
  readonly rpcUrl?: string;
  readonly suite?: string;
  readonly token?: string;
  readonly rpcUser?: string;
  readonly allowWrites?: boolean;
  readonly adminUrl?: string;
  readonly adminToken?: string;
  readonly only?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly timeout: string;
}

/** Variables name the server and not the twin: a build sets them beside those of `twintrack serve`. */
export const contractOptions: readonly Option[] = [
  new Option('--url <url>', 'TestTrack: the CGI, or its host').env('TESTTRACK_URL'),
  new Option('--project <name>', 'the project to work in').env('TESTTRACK_PROJECT'),
  new Option('--user <name>', 'who logs on').env('TESTTRACK_USER'),
  new Option('--password <text>', 'the password of --user; better given as the variable')
    .env('TESTTRACK_PASSWORD')
    .default('', 'none'),
  new Option('--second-user <name>', 'another user who may edit defects').env('TESTTRACK_SECOND_USER'),
  new Option('--second-password <text>', 'the password of --second-user; better given as the variable')
    .env('TESTTRACK_SECOND_PASSWORD')
    .default('', 'none'),
  new Option('--rpc-url <url>', 'ApTest: rpc.mpl, or its host').env('APTEST_URL'),
  new Option('--suite <name>', 'the suite to work in').env('APTEST_SUITE'),
  new Option('--token <text>', 'the token of the installation; better given as the variable').env(
    'APTEST_TOKEN',
  ),
  new Option('--rpc-user <name>', 'who the commands are executed for').env('APTEST_USER'),
  new Option('--allow-writes', 'make, change and delete items of its own in the project and the suite'),
  new Option('--admin-url <url>', 'a twin whose clock may be moved, such as http://127.0.0.1:8080'),
  new Option('--admin-token <token>', 'the token of its control requests').env('TWINTRACK_ADMIN_TOKEN'),
  new Option('--only <text>', 'only checks whose area or sentence holds this text'),
  new Option('--junit <file>', 'write a report as JUnit XML, for a build server'),
  new Option('--markdown <file>', 'write a report as Markdown'),
  new Option('--timeout <duration>', 'how long one answer may take, such as 10s').default('60s'),
];

/** The parts that belong together, each whole. */
export interface CheckedOptions {
  readonly testTrack?: { readonly url: string; readonly project: string; readonly user: string };
  readonly apTest?: {
    readonly url: string;
    readonly suite: string;
    readonly token: string;
    readonly user: string;
  };
  readonly timeoutMs: number;
}

/**
 * Checks that options fit together, before anything is called.
 *
 * @param sourceOf where an option's value came from, as commander says it: `cli`, `env` or `default`
 * @throws UsageError with the first thing that is wrong and how to mend it
 */
export function checkedOptions(
  given: ContractOptions,
  sourceOf: (name: string) => string | undefined,
): CheckedOptions {
  const { url, rpcUrl } = given;
  if (url === undefined && rpcUrl === undefined) {
    throw new UsageError('Say which server to look at: --url for TestTrack, --rpc-url for ApTest, or both.');
  }
  if (url === undefined) refuseGiven(sourceOf, '--url', ['project', 'user', 'secondUser', 'adminUrl']);
  if (rpcUrl === undefined) refuseGiven(sourceOf, '--rpc-url', ['suite', 'token', 'rpcUser']);
  for (const file of [given.junit, given.markdown]) if (file !== undefined) mustBeWritable(file);
  return {
    ...(url === undefined
      ? {}
      : {
          testTrack: {
            url: urlOf('--url', url),
            project: wanted(given, 'project', '--url'),
            user: wanted(given, 'user', '--url'),
          },
        }),
    ...(rpcUrl === undefined
      ? {}
      : {
          apTest: {
            url: urlOf('--rpc-url', rpcUrl),
            suite: wanted(given, 'suite', '--rpc-url'),
            token: wanted(given, 'token', '--rpc-url'),
            user: wanted(given, 'rpcUser', '--rpc-url'),
          },
        }),
    timeoutMs: durationOf(given.timeout),
  };
}

type TextOption = 'project' | 'user' | 'secondUser' | 'adminUrl' | 'suite' | 'token' | 'rpcUser';

function wanted(given: ContractOptions, name: TextOption, withOption: string): string {
  const value = given[name];
  if (value !== undefined && value !== '') return value;
  const option = contractOptions.find((each) => each.attributeName() === name);
  throw new UsageError(
    `${option?.long} is missing: ${withOption} wants it, as an option or as ${option?.envVar}.`,
  );
}

/** Options without the server that they are about would be overlooked. Variables may be there for other runs. */
function refuseGiven(
  sourceOf: (name: string) => string | undefined,
  server: string,
  names: readonly (keyof ContractOptions)[],
): void {
  const given = names.find((name) => sourceOf(name) === 'cli');
  const option = contractOptions.find((each) => each.attributeName() === given);
  if (option) throw new UsageError(`${option.long} means nothing without ${server}.`);
}

function urlOf(option: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`${option}: "${text}" is no URL. Write it as http://host or http://host/path.`);
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof QuantityError) throw new UsageError(`--timeout: ${error.message}`);
    throw error;
  }
}

function mustBeWritable(file: string): void {
  const folder = path.dirname(path.resolve(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UsageError(`${file} cannot be written: the folder ${folder} is not there, or not writable.`);
  }
}

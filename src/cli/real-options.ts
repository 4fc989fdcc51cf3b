import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { parseDuration, QuantityError } from '../input/quantity.ts';
import type { KnownSecrets } from '../real/known-secrets.ts';
import type { Time } from '../real/net/pace.ts';
import type { TlsTrust } from '../real/net/target.ts';
import { type Terminal, UsageError } from './terminal.ts';

/** What every command that talks to a real server takes. */
export interface ServerOptions {
  readonly url?: string;
  readonly project?: string;
  readonly user?: string;
  readonly rpcUrl?: string;
  readonly suite?: string;
  readonly rpcUser?: string;
  readonly credentials?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly timeout: string;
}

/** Variables name the server and not the twin, as those of `twintrack contract` do. */
export function addServerOptions(command: Command): Command {
  const options = [
    new Option('--url <url>', 'TestTrack: the CGI, or its host').env('TESTTRACK_URL'),
    new Option('--project <name>', 'the project').env('TESTTRACK_PROJECT'),
    new Option('--user <name>', 'who logs on').env('TESTTRACK_USER'),
    new Option('--rpc-url <url>', 'ApTest: rpc.mpl, or its host').env('APTEST_URL'),
    new Option('--suite <name>', 'the suite').env('APTEST_SUITE'),
    new Option('--rpc-user <name>', 'who the commands are executed for').env('APTEST_USER'),
  ];
  for (const option of options) command.addOption(option);
  return addReachOptions(command);
}

/** How a server is reached and believed, and where secrets come from. */
export function addReachOptions(command: Command): Command {
  return command
    .option(
      '--credentials <file>',
      'JSON with passwords and the token: {"testtrack": {"user": "password"}, "aptest": {"token": "…"}}; without it TESTTRACK_PASSWORD and APTEST_TOKEN count',
    )
    .option('--ca <file>', 'PEM of the authority that signed the certificate of the server')
    .option('--cert <file>', 'PEM of a client certificate')
    .option('--key <file>', 'PEM of its key')
    .option('--timeout <duration>', 'how long one answer may take, such as 10s', '60s');
}

/** The certificates that options name. @throws UsageError for a file that cannot be read */
export function trustFrom({ ca, cert, key }: Pick<ServerOptions, 'ca' | 'cert' | 'key'>): TlsTrust {
  const read = (option: string, file: string | undefined) => {
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new UsageError(`${option}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  };
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError('--cert and --key go together: a client certificate is shown with its key.');
  }
  return { ca: read('--ca', ca), cert: read('--cert', cert), key: read('--key', key) };
}

/** A duration of an option, in milliseconds. @throws UsageError */
export function durationFrom(option: string, text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof QuantityError) throw new UsageError(`${option}: ${error.message}`);
    throw error;
  }
}

/** A whole number from 1 on. @throws UsageError */
export function countFrom(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`${option}: "${text}" is no whole number from 1 on.`);
}

/** Tells which recordings end within a line. */
export function tellCutOff(
  recordings: readonly { readonly file: string; readonly isCutOff: boolean }[],
  terminal: Terminal,
): void {
  for (const { file, isCutOff } of recordings) {
    if (isCutOff) terminal.err(`${file}: it was cut off within its last line, which is left out.\n`);
  }
}

/** The seed of what is written. @throws UsageError for an empty one, before anything is read */
export function seedFrom(text: string): string {
  if (text !== '') return text;
  throw new UsageError('--seed: it is empty; give any text, or leave the option out.');
}

/** An option that another one wants. @throws UsageError where it is missing */
export function wantedWith(option: string, server: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(`${option} is missing: ${server} wants it.`);
}

/**
 * A secret: what is known, or what a person types where one sits. It is shown nowhere.
 *
 * @throws UsageError where it is neither known nor to be asked for
 */
export async function secretFrom(
  known: string | undefined,
  question: string,
  { terminal, variable }: { readonly terminal: Terminal; readonly variable: string },
): Promise<string> {
  if (known !== undefined) return known;
  const { askSecret } = terminal;
  if (askSecret) return askSecret(`${question}: `);
  throw new UsageError(
    `${question} is not known: give it as ${variable} or in a file named by --credentials.`,
  );
}

/** Time as the machine has it. */
export const machineTime: Time = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The credentials that a command was given, with the module that reads them loaded when it is needed. */
export async function credentialsOf(
  { credentials }: Pick<ServerOptions, 'credentials'>,
  terminal: Terminal,
): Promise<KnownSecrets> {
  const { knownSecrets } = await import('../real/known-secrets.ts');
  return knownSecrets(terminal.env, credentials);
}

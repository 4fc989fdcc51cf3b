import path from 'node:path';
import { Command, Option } from 'commander';
import { sqlExport } from '../aptest/sql-export.ts';
import { loadScenario } from '../scenario/load.ts';
import { maxJsonBytes, maxYamlBytes } from '../scenario/reading/document.ts';
import { productSections } from '../scenario/sections.ts';
import { type ExportForm, exportText } from '../scenario/state/export-text.ts';
import { type ExportedScenario, exportedScenario } from '../scenario/state/exported.ts';
import { type ScenarioFormat, scenarioText } from '../scenario/state/scenario-text.ts';
import { type TextPieces, writeWholeFile } from '../scenario/state/whole-file.ts';
import { sizeText } from '../text/size-text.ts';
import { variableOf } from './environment.ts';
import { exitCodes, type Terminal, UsageError } from './terminal.ts';

interface ExportOptions {
  readonly url: string;
  readonly scenario?: string;
  readonly out?: string;
  readonly sql?: boolean;
  readonly adminToken?: string;
}

const examples = `
Examples:
  twintrack export --out now.yaml
      What the twin on port 8080 holds now; "twintrack serve --scenario now.yaml" goes on from there.
  twintrack export --url http://127.0.0.1:8080/w/checkout --out checkout.json
      The state of another world. JSON takes larger states than YAML.
  twintrack export --out large.jsonl
      A line for each record: for states of any size, and no one waits for it.
  twintrack export --scenario mine.yaml --sql --out mine.sql
      ApTest's SQL mirror of a scenario, for SQLite or PostgreSQL.

A scenario that is exported holds everything, passwords and cookies included.

Exit codes: 0 written; 1 a mistake in Twintrack; 2 a wrong option, no twin there, or a file that cannot be written or
would be too large to load.`;

/** `twintrack export`: writes the state of a running twin, or of a scenario, as a scenario or as SQL. */
export function exportCommand(terminal: Terminal, done: (exitCode: number) => void): Command {
  return new Command('export')
    .description('write the state of a running twin as a scenario, or its ApTest sessions as SQL')
    .option(
      '-u, --url <address>',
      'the running twin; with /w/NAME for another world',
      'http://127.0.0.1:8080',
    )
    .option('-s, --scenario <file>', 'export what this scenario becomes, without a running twin')
    .option('-o, --out <file>', 'where to write: .yaml, .yml, .json or .jsonl; by default YAML on the output')
    .option('--sql', 'write the SQL mirror of the ApTest sessions instead')
    .addOption(
      new Option('--admin-token <token>', 'the token that the twin was started with').env(
        variableOf('--admin-token'),
      ),
    )
    .addHelpText('after', examples)
    .action(async (options: ExportOptions) => {
      const { out, sql = false } = options;
      const format = sql ? 'sql' : exportFormatOf(out);
      const size = await write(await textFor(format, options, terminal), out, terminal);
      if (out !== undefined) terminal.err(`${out}: ${size} bytes\n`);
      if (sql && size === 0) {
        terminal.err(
          'There are no statements: aptest.settings.sqlMirror is off, or there are no sessions.\n',
        );
      }
      const limit = limits[format];
      if (limit !== undefined && size > limit) {
        terminal.err(
          `This is too large to be loaded as ${format.toUpperCase()} (limit ${limit} bytes); write it as .jsonl.\n`,
        );
        return done(exitCodes.wrongInput);
      }
      done(exitCodes.ok);
    });
}

type Format = 'yaml' | 'sql' | ExportForm;

/** What can be loaded again, in bytes. */
const limits: Readonly<Partial<Record<Format, number>>> = { yaml: maxYamlBytes, json: maxJsonBytes };

/** @throws UsageError for an ending that says nothing */
export function formatOf(out: string | undefined, known = '.yaml, .yml or .json'): ScenarioFormat {
  const ending = out === undefined ? '.yaml' : path.extname(out).toLowerCase();
  if (ending === '.yaml' || ending === '.yml') return 'yaml';
  if (ending === '.json') return 'json';
  throw new UsageError(`"${out}" does not end in ${known}, so it is not clear what to write.`);
}

/** @throws UsageError for an ending that says nothing */
function exportFormatOf(out: string | undefined): Format {
  const isInLines = out !== undefined && /\.jsonl$/i.test(out);
  return isInLines ? 'lines' : formatOf(out, '.yaml, .yml, .json or .jsonl');
}

/** What is to be written. JSON goes from the twin to the file as it comes, whatever its size. */
async function textFor(format: Format, options: ExportOptions, terminal: Terminal): Promise<TextPieces> {
  if (format === 'sql') return sqlText(await exported(options, terminal));
  if (format === 'yaml') return scenarioText(await exported(options, terminal), 'yaml');
  const { scenario, url, adminToken } = options;
  if (scenario === undefined) return fetchedText(await answerOf(url, format, adminToken));
  const tell = (sentence: string) => terminal.err(`${sentence}\n`);
  const { world, clock } = loadScenario(scenario, { now: Date.now(), sections: productSections, tell });
  return exportText(world, clock, format);
}

/** @throws UsageError the connection broke off */
async function* fetchedText({ address, body }: { address: string; body: Response }): AsyncIterable<string> {
  try {
    yield* body.body?.pipeThrough(new TextDecoderStream()) ?? [];
  } catch (error) {
    throw new UsageError(
      `${address} broke off in the middle (${(error as Error).message}). Nothing was written.`,
    );
  }
}

async function exported(
  { scenario, url, adminToken }: ExportOptions,
  terminal: Terminal,
): Promise<ExportedScenario> {
  const tell = (sentence: string) => terminal.err(`${sentence}\n`);
  if (scenario !== undefined) {
    const { world, clock } = loadScenario(scenario, { now: Date.now(), sections: productSections, tell });
    return exportedScenario(world, clock);
  }
  const telling = setTimeout(() => tell(`Waiting for the state of ${url}…`), WORTH_TELLING_MS);
  try {
    const { state, size } = await fetched(url, adminToken);
    if (size > LARGE) tell(`Writing a state of ${sizeText(size)}…`);
    return state;
  } finally {
    clearTimeout(telling);
  }
}

/** After this time a waiting user is told what for. */
const WORTH_TELLING_MS = 500;

/** From so many characters on, writing takes long enough to be told. */
const LARGE = 2_000_000;

/** @throws UsageError the twin does not answer, or refuses */
async function answerOf(
  url: string,
  form: ExportForm,
  token: string | undefined,
): Promise<{ address: string; body: Response }> {
  const address = addressOf(url);
  const asked = form === 'json' ? address : `${address}?form=${form}`;
  let answer: Response;
  try {
    answer = await fetch(asked, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  } catch (error) {
    const { cause } = error as { cause?: NodeJS.ErrnoException };
    throw new UsageError(
      `Nothing answers at ${address} (${cause?.code ?? (error as Error).message}). Start a twin with "twintrack serve", or name it with --url.`,
    );
  }
  if (answer.ok && /^application\/jsonl?\b/.test(answer.headers.get('content-type') ?? ''))
    return { address, body: answer };
  const body = parsed(await answer.text().catch(() => ''));
  const said = typeof body === 'object' && body !== null && 'error' in body ? ` ${String(body.error)}` : '';
  throw new UsageError(`${address} answers ${answer.status} and gives no export.${said}`);
}

/** @throws UsageError as `answerOf`, or it is no export */
async function fetched(
  url: string,
  token: string | undefined,
): Promise<{ state: ExportedScenario; size: number }> {
  const { address, body } = await answerOf(url, 'json', token);
  const text = await body.text().catch(() => '');
  const state = parsed(text);
  if (typeof state === 'object' && state !== null && 'state' in state)
    return { state: state as ExportedScenario, size: text.length };
  throw new UsageError(`${address} answers ${body.status} and gives no export.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addressOf(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(/^https?:/i.test(url) ? url : `http://${url}`);
    return `${protocol}//${host}${pathname.replace(/\/+$/, '')}/__admin/export`;
  } catch {
    throw new UsageError(`"${url}" is no address; write one like http://127.0.0.1:8080.`);
  }
}

/** The statements of the SQL mirror, each on a line of its own. */
function* sqlText(scenario: ExportedScenario): Generator<string> {
  const now = Date.now();
  const { world, clock } = loadScenario(scenario, { now, sections: productSections });
  for (const statement of sqlExport(world, clock.now ?? now)) yield `${statement.replace(/;?\s*$/, ';')}\n`;
}

/** @returns bytes. @throws UsageError where the file cannot be written */
async function write(texts: TextPieces, out: string | undefined, terminal: Terminal): Promise<number> {
  let size = 0;
  if (out === undefined) {
    for await (const text of texts) {
      terminal.out(text);
      size += Buffer.byteLength(text);
    }
    return size;
  }
  try {
    return await writeWholeFile(out, texts);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${out} cannot be written (${code}).`);
  }
}

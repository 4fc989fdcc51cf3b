import type { ApTestClient } from '../../client/aptest-client.ts';
import { ApTestApiError } from '../../client/aptest-errors.ts';
import type { TestOfSession } from '../../client/aptest-types.ts';
import { RealServerError } from '../real-error.ts';
import type { Mask } from './mask.ts';
import type { Notes } from './notes.ts';
import type { PartFile } from './part-file.ts';
import type { CloneProgress } from './progress.ts';

/** What a suite is read with. */
export interface SuiteTools {
  readonly client: ApTestClient;
  readonly suite: string;
  readonly part: PartFile;
  readonly mask: Mask;
  readonly notes: Notes;
  readonly progress: CloneProgress;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** The bytes of an attachment by its address, undefined where there are none; absent when they are not wanted. */
  readonly fileAt?: ((url: string) => Promise<Buffer | undefined>) | undefined;
}

/** So many tests are asked for at once. */
const TESTS_AT_ONCE = 50;

/** A test as it was read. */
export interface ReadTest {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A session as it was read: what it knows of itself, and its tests in order. */
export interface ReadSession {
  readonly details: Readonly<Record<string, string | number>>;
  readonly variables: Readonly<Record<string, string | readonly string[]>>;
  readonly tests: readonly TestOfSession[];
}

/** Reads a suite, by commands that change nothing, into a part file. */
export async function readSuite(tools: SuiteTools, limit?: number): Promise<void> {
  const { client, suite, notes } = tools;
  const suites = await client.getSuiteList();
  if (!suites.includes(suite)) {
    throw new RealServerError(
      'TWIN_REAL_NOTHING_SEEN',
      `The suite "${suite}" is not among those that this user may run: ${suites.join(', ') || 'none'}.`,
    );
  }
  await readTests(tools);
  await readSets(tools);
  await readSessions(tools, limit);
  notes.add('ApTest: requirements, which no command lists', 'none; links to them stay as they are');
  notes.add(
    'ApTest: what users may do, and which there are besides those that are named',
    'everything, in every suite',
  );
  notes.add(
    'ApTest: types and lists of values of fields and variables',
    'texts, and lists of the values that were seen',
  );
}

async function readTests({ client, part, mask, progress, notes }: SuiteTools): Promise<void> {
  const ids = await client.getTestsSuiteByname();
  const uuids = await client.getTestsSuiteByUUID();
  if (ids.length !== uuids.length) {
    notes.add('ApTest: the lists of tests by name and by UUID differ in length', 'the tests of both');
  }
  part.put('suite', 'order', uuids);
  const missing = uuids
    .map((uuid, at) => ({ uuid, id: ids[at] ?? uuid }))
    .filter(({ uuid }) => !part.has('test', uuid));
  progress.begin('Tests', { total: uuids.length, left: missing.length });
  for (const { uuid, id } of missing) {
    const fields = (await client.getTestCaseDetails({ uuid })) as Readonly<Record<string, unknown>>;
    const read: ReadTest = { id, fields };
    part.put('test', uuid, mask.record('Test', read));
    progress.step();
  }
  progress.end();
}

async function readSets({ client, part }: SuiteTools): Promise<void> {
  const sets = await client.getSetList({ recursive: true });
  part.put('suite', 'sets', sets);
  for (const set of sets) part.put('set', set, await client.getTestList({ set, byUUID: true }));
}

async function readSessions(tools: SuiteTools, limit: number | undefined): Promise<void> {
  const { client, part, progress, notes, now } = tools;
  const begun = now();
  const all = await client.getSessionList();
  const rows = limit === undefined ? all : all.slice(-limit);
  if (rows.length < all.length) {
    notes.add(
      `ApTest: only ${rows.length} of ${all.length} sessions were read (--limit)`,
      'the others are not there',
    );
  }
  const refused = new Map<string, string>();
  const variables = new Map<string, ReadSession['variables']>();
  for (const row of await client.getSessionResults({ showVars: true })) {
    variables.set(row.sessNum, row.variables ?? {});
  }
  const read = async (sessions: readonly string[], isAgain: boolean) => {
    for (const session of sessions) {
      const refusal = await readSession(tools, session, { variables: variables.get(session) ?? {}, isAgain });
      if (refusal !== undefined) refused.set(session, refusal);
      progress.step();
    }
  };
  progress.begin('Sessions', { total: rows.length, left: rows.length });
  await read(
    rows.map(({ sessNum }) => sessNum),
    false,
  );
  progress.end();
  // Once more for sessions that were changed, made or deleted while the others were read.
  const date = Math.ceil((now() - begun) / 1000) + CLOCKS_APART_SECONDS;
  const later = (await client.getSessionList()).map(({ sessNum }) => sessNum);
  const listed = limit === undefined ? later : later.slice(-limit);
  const changed = (await client.getSessionList({ date })).map(({ sessNum }) => sessNum);
  await read(
    listed.filter((session) => changed.includes(session) || part.get('session', session) === undefined),
    true,
  );
  part.put('suite', 'sessions', listed);
  for (const [session, text] of refused) {
    if (part.get('session', session) === undefined && listed.includes(session))
      notes.add(`ApTest: a session that is listed cannot be read (${text})`, 'it is not there');
  }
}

/** A change may bear a moment a little before the one at which it was made. */
const CLOCKS_APART_SECONDS = 60;

/**
 * One session. One that did not change since it was read is not read again.
 *
 * @returns why it cannot be read
 */
async function readSession(
  tools: SuiteTools,
  session: string,
  { variables, isAgain }: { readonly variables: ReadSession['variables']; readonly isAgain: boolean },
): Promise<string | undefined> {
  const { client, part, mask } = tools;
  try {
    const details = await client.getSessionDetails({ session });
    const before = part.get('session', session) as ReadSession | undefined;
    if (!isAgain && before !== undefined && before.details.mtime === details.mtime) return undefined;
    const uuids = await client.getTestList({ session, byUUID: true });
    const tests: TestOfSession[] = [];
    for (let at = 0; at < uuids.length; at += TESTS_AT_ONCE) {
      const asked = uuids.slice(at, at + TESTS_AT_ONCE);
      tests.push(...Object.values(await client.getTestResultData({ session, uuids: asked })));
    }
    await readFiles(tools, tests);
    const read: ReadSession = { details, variables, tests };
    part.put('session', session, mask.record('Session', read));
    return undefined;
  } catch (error) {
    if (!(error instanceof ApTestApiError)) throw error;
    return error.text;
  }
}

/** The bytes of the attachments of tests. */
async function readFiles(
  { fileAt, part, mask, notes }: SuiteTools,
  tests: readonly TestOfSession[],
): Promise<void> {
  if (!fileAt) return;
  for (const { url } of tests.flatMap((test) =>
    (test.notes ?? []).flatMap(({ attachment }) => attachment ?? []),
  )) {
    const bytes = await fileAt(url);
    if (bytes) part.put('attachment', url, mask.record('Attachment', bytes));
    else
      notes.add('ApTest: an attachment cannot be fetched by its link', 'as many other bytes, which say so');
  }
}

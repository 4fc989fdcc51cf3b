import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/control/openapi.ts';
import { controlRoutes } from '../../src/control/routes.ts';
import { demoScenario, startTwin } from '../../src/twin.ts';
import { answerOf, checkOf } from '../support/api-description.ts';
import { SeveralTwins } from '../support/several-twins.ts';
import { soapClient } from '../support/soap-client.ts';
import { noSoap, people } from '../support/twin.ts';

const scenario = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: {
    projects: [{ name: 'Project', users: people, groups: [noSoap], defects: [{ summary: 'On fire' }] }],
  },
};
const twin = await startTwin({ scenario });
const root = mkdtempSync(path.join(tmpdir(), 'twintrack-answers-'));
afterAll(async () => {
  await twin.close();
  rmSync(root, { recursive: true, force: true });
});
const document = (await (await fetch(`${twin.url}/__admin/openapi.json`)).json()) as OpenApiDocument;
const told = new Set<string>();

interface Asked {
  readonly params?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Of another twin than that of the file. */
  readonly origin?: string;
}

/** What a stream begins with; it would have no end. */
async function firstPart(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}

/** Calls a route by its name, and checks the answer by what the served document says of it. */
async function ask(id: string, { params, query = '', body, headers = {}, origin = twin.url }: Asked = {}) {
  const route = controlRoutes.find((each) => each.id === id);
  const path = (route?.path ?? '').replace(/:\w+/, encodeURIComponent(params ?? ''));
  const answer = await fetch(origin + path + query, {
    method: route?.method ?? 'GET',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const { status } = answer;
  told.add(`${id} ${status}`);
  const media = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const schema = answerOf(document, id, status)?.content?.[media]?.schema;
  expect(schema, `${id} ${status} ${media}`).toBeDefined();
  const text = media === 'text/event-stream' ? await firstPart(answer) : await answer.text();
  const held: unknown = media === 'application/json' ? JSON.parse(text) : text;
  const { error } = checkOf(document, schema ?? {}).safeParse(held);
  expect(error, `${id} ${status}`).toBeUndefined();
  // zod leaves out what a schema does not know, so that nothing is in the answer that is not described.
  if (status === 200) expect(route?.answer.parse(held), id).toEqual(held);
  return { status, held };
}

const statusOf = async (id: string, asked?: Asked) => (await ask(id, asked)).status;

describe('every answer is as the document says:', () => {
  test('of the twin and its description', async () => {
    expect(await statusOf('getHealth')).toBe(200);
    expect(await statusOf('exportState')).toBe(200);
    expect(await statusOf('reportWorld', { query: '?last=3' })).toBe(200);
    expect(await statusOf('reportWorld', { query: '?last=x' })).toBe(400);
    expect(await statusOf('readMetrics')).toBe(200);
    expect(await statusOf('readDescription')).toBe(200);
    expect(await statusOf('getOpenApi')).toBe(200);
    expect(await statusOf('reset')).toBe(200);
  });

  test('of reading the scenario again', async () => {
    expect(await statusOf('reload')).toBe(200);
    scenario.twintrack = 9;
    expect(await statusOf('reload')).toBe(400);
    scenario.twintrack = 1;
    await using aside = await twin.fork({ listen: false });
    expect(await statusOf('reload', { headers: { 'x-twintrack-world': aside.name } })).toBe(409);
  });

  test('of TestSession', async () => {
    const type = { method: 'type', field: 'remark' };
    expect(await ask('callTestSession', { body: type })).toEqual({ status: 200, held: { result: 'text' } });
    expect(await statusOf('callTestSession', { body: { method: 'new', suite: 'None' } })).toBe(409);
    expect(await statusOf('callTestSession', { body: { method: 'new', arguments: [] } })).toBe(400);
  });

  test('of the clock, with locks, sessions and scripted events that fall due', async () => {
    const tt = soapClient(twin.soapUrl);
    const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
    await tt.editDefect({ cookie, defectNumber: 1 });
    await ask('addRule', { body: { when: { at: '+1m' }, do: { dropSession: { user: 'lake' } } } });
    expect(await statusOf('getClock')).toBe(200);
    expect(await ask('listDue')).toMatchObject({ status: 200, held: { length: 3 } });
    expect(await statusOf('advanceClock', { body: { by: '9h' } })).toBe(200);
    expect(await statusOf('advanceClock', { body: { by: '3000000d' } })).toBe(400);
    expect(await statusOf('setClock', { body: { mode: 'scaled', rate: 2 } })).toBe(200);
    expect(await statusOf('setClock', { body: { mode: 'scaled', rate: -2 } })).toBe(400);
    twin.reset();
  });

  test('of the rules', async () => {
    const rule = { name: 'one', when: { at: '+1m', operation: 'saveDefct' }, do: { delay: '1s' } };
    expect(await ask('addRule', { body: rule })).toMatchObject({ status: 200, held: { name: 'one' } });
    expect(await statusOf('addRule', { body: rule })).toBe(409);
    expect(await statusOf('addRule', { body: {} })).toBe(400);
    expect(await statusOf('listRules')).toBe(200);
    expect(await statusOf('deleteRule', { params: 'two' })).toBe(404);
    expect(await statusOf('deleteRule', { params: 'one' })).toBe(200);
    expect(await statusOf('deleteRules')).toBe(200);
  });

  test('of the worlds', async () => {
    expect(await statusOf('makeWorld', { body: { name: 'one', listen: true } })).toBe(200);
    expect(await statusOf('makeWorld')).toBe(200);
    expect(await statusOf('makeWorld', { body: { name: 'one' } })).toBe(409);
    expect(await statusOf('makeWorld', { body: { from: 'two' } })).toBe(404);
    expect(await statusOf('makeWorld', { body: { name: '/' } })).toBe(400);
    expect(await statusOf('makeWorld', { body: { scenario: { twintrack: 7 } } })).toBe(400);
    expect(await statusOf('provideWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('provideWorld', { params: 'one', body: { from: 'seed' } })).toBe(409);
    expect(await statusOf('provideWorld', { params: 'three', body: { from: 'two' } })).toBe(404);
    expect(await statusOf('provideWorld', { params: '-' })).toBe(400);
    expect(await statusOf('listWorlds')).toBe(200);
    expect(await statusOf('getWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('getWorld', { params: 'two' })).toBe(404);
    expect(await statusOf('resetWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('resetWorld', { params: 'two' })).toBe(404);
    expect(await statusOf('dropWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('dropWorld', { params: 'one' })).toBe(404);
    expect(await statusOf('dropWorld', { params: 'main' })).toBe(400);
  });

  test('of moves to other twins', async () => {
    const body = { world: 'a', to: 'http://127.0.0.1:9', from: twin.url };
    expect(await statusOf('listMoves')).toBe(200);
    expect(await statusOf('moveWorld', { body })).toBe(409);
    expect(await statusOf('undoMove', { params: 'a' })).toBe(409);
    expect(await statusOf('forgetMove', { params: 'a' })).toBe(409);
    expect(await statusOf('drainTwin', { body: { table: [null] } })).toBe(409);
    expect(await statusOf('refillTwin')).toBe(409);
    const data = path.join(root, 'data');
    const several = await SeveralTwins.start([{ scenario, data }, { scenario }]);
    try {
      const wish = { to: several.url(1), from: several.url(0) };
      for (const name of ['a', 'b']) await several.twin(0).fork({ name, listen: false });
      await several.end(0);
      // As a twin leaves it that is killed in the middle of a move.
      const [folder = ''] = readdirSync(path.join(data, 'worlds')).filter((name) => name.endsWith('-b'));
      const file = path.join(data, 'worlds', folder, 'world.json');
      const { checksum: _, ...note } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const move = { id: 'broken-off', peer: several.url(1), phase: 'leaving' };
      writeFileSync(file, JSON.stringify({ ...note, move }));
      const { url: origin } = await several.restart(0, { scenario, data });
      expect((await ask('listMoves', { origin })).held).toMatchObject({
        moves: [{ world: 'b', phase: 'leaving', isRunning: false }],
      });
      expect(await statusOf('undoMove', { origin, params: 'b' })).toBe(200);
      expect(await statusOf('undoMove', { origin, params: 'b' })).toBe(404);
      expect(await statusOf('moveWorld', { origin, body: { world: 'main', ...wish } })).toBe(400);
      expect(await statusOf('moveWorld', { origin, body: { world: 'c', ...wish } })).toBe(404);
      expect(await statusOf('moveWorld', { origin, body: { world: 'a', ...wish } })).toBe(200);
      expect(await statusOf('forgetMove', { origin, params: 'a' })).toBe(200);
      expect(await statusOf('forgetMove', { origin, params: 'a' })).toBe(404);
      expect(await statusOf('drainTwin', { origin, body: { table: [null, several.url(1)] } })).toBe(200);
      expect(await statusOf('drainTwin', { origin, body: { table: ['http://127.0.0.1:9'] } })).toBe(404);
      expect(await statusOf('refillTwin', { origin })).toBe(200);
    } finally {
      await several.close();
    }
  });

  test('of the events, until there is no place for another reader', async () => {
    expect((await ask('readEvents', { query: '?after=0' })).held).toContain('event: hello');
    const open = await Promise.all(Array.from({ length: 500 }, () => fetch(`${twin.url}/__admin/events`)));
    expect(await statusOf('readEvents')).toBe(409);
    await Promise.all(open.map(({ body }) => body?.cancel()));
  });

  test('of the journal, with calls that worked, failed and could not be read', async () => {
    const tt = soapClient(twin.soapUrl);
    const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
    const defect = await tt.editDefect({ cookie, defectNumber: 1 });
    await tt.saveDefect({ cookie, pDefect: { ...defect, summary: 'Burnt down' } });
    await fetch(twin.soapUrl, { method: 'POST', body: 'no XML' });
    await fetch(`${twin.rpcUrl}?command=getSuiteList`);
    expect(await ask('readJournal', { query: '?limit=5' })).toMatchObject({
      status: 200,
      held: { entries: { length: 5 } },
    });
    expect(await statusOf('readJournal', { query: '?limt=5' })).toBe(400);
    expect(await statusOf('readAllJournals')).toBe(200);
    expect(await statusOf('readAllJournals', { query: '?limit=101' })).toBe(400);
    const calls = [{ operation: 'saveDefect', where: { pDefect: { summary: 'Burnt down' } } }];
    expect(await statusOf('verifyJournal', { body: { calls } })).toBe(200);
    expect(await statusOf('verifyJournal', { body: { calls, times: 2 } })).toBe(409);
    const missed = [{ operation: 'saveDefect', where: { pDefect: { summary: 'On fire' } } }];
    expect(await statusOf('verifyJournal', { body: { calls: missed } })).toBe(409);
    expect(await statusOf('verifyJournal', { body: { calls: [{ operation: 'saveDefct' }] } })).toBe(400);
    expect(await statusOf('reportWorld')).toBe(200);
    expect(await statusOf('compareStates')).toBe(200);
    expect(await statusOf('compareStates', { query: '?from=sed' })).toBe(404);
    expect(await statusOf('compareStates', { query: '?from=seed&from=now' })).toBe(400);
    expect(await statusOf('clearJournal')).toBe(200);
  });

  test('of what TestTrack holds', async () => {
    twin.reset();
    const of = '?project=Project&table=Defect';
    expect(await ask('listProjects')).toMatchObject({ status: 200, held: [{ name: 'Project' }] });
    expect(await statusOf('describeTable', { query: of })).toBe(200);
    expect(await statusOf('describeTable', { query: '?project=Project&table=Defcet' })).toBe(404);
    const columns = '&columns=Number;Summary';
    expect(await ask('listRecords', { query: `${of}${columns}` })).toMatchObject({
      held: { total: 1, columns: ['Number', 'Summary'], rows: [{ recordId: 1, cells: ['1', 'On fire'] }] },
    });
    expect(await statusOf('listRecords', { query: `${of}&filter=None` })).toBe(400);
    expect(await statusOf('listRecords', { query: `${of}&query=none` })).toBe(400);
    expect(await statusOf('listRecords', { query: '?project=None&table=Defect' })).toBe(404);
    expect(await statusOf('getRecord', { query: `${of}&recordId=1` })).toBe(200);
    expect(await statusOf('getRecord', { query: `${of}&recordId=2` })).toBe(404);
    expect(await statusOf('getFile', { query: `${of}&recordId=1&file=9` })).toBe(404);
    const tt = soapClient(twin.soapUrl);
    const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
    const attach = async (fileName: string, bytes: number) => {
      const defect = await tt.editDefect({ cookie, defectNumber: 1 });
      const file = { 'm-strFileName': fileName, 'm-pFileData': Buffer.alloc(bytes) };
      const eventlist = [{ name: 'Comment', attachmentlist: [file] }];
      await tt.saveDefect({ cookie, pDefect: { ...defect, eventlist } });
      const detail = (await ask('getRecord', { query: `${of}&recordId=1` })).held as {
        files: { recordId: number }[];
      };
      return detail.files.at(-1)?.recordId;
    };
    const small = await attach('small.bin', 3);
    expect(await ask('getFile', { query: `${of}&recordId=1&file=${small}` })).toEqual({
      status: 200,
      held: { fileName: 'small.bin', size: 3, base64: 'AAAA' },
    });
    const large = await attach('large.bin', 6_000_000);
    expect(await statusOf('getFile', { query: `${of}&recordId=1&file=${large}` })).toBe(409);
  });

  test('of who holds what in TestTrack, and what is done about it', async () => {
    twin.reset();
    const tt = soapClient(twin.soapUrl);
    const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
    await tt.editDefect({ cookie, defectNumber: 1 });
    const lock = { project: 'Project', table: 'Defect', number: 1, by: 'lake' };
    const event = { project: 'Project', table: 'Defect', recordId: 1, by: 'plain', event: 'Comment' };
    const record = '?project=Project&table=Defect&recordId=1';
    expect(await ask('listLocks')).toMatchObject({ status: 200, held: { total: 1 } });
    expect(await statusOf('lockRecord', { body: lock })).toBe(409);
    expect(await statusOf('lockRecord', { body: { ...lock, number: 2 } })).toBe(404);
    expect(await statusOf('enterEvent', { body: event })).toBe(409);
    expect(await statusOf('endLock', { query: record })).toBe(200);
    expect(await statusOf('endLock', { query: record })).toBe(404);
    expect(await statusOf('enterEvent', { body: event })).toBe(200);
    expect(await statusOf('enterEvent', { body: { ...event, by: 'nobody' } })).toBe(404);
    expect(await statusOf('lockRecord', { body: lock })).toBe(200);
    const { held } = await ask('listSessions');
    const [session] = (held as { sessions: { id: string }[] }).sessions;
    expect(await statusOf('dropSession', { params: session?.id ?? '' })).toBe(200);
    expect(await statusOf('dropSession', { params: session?.id ?? '' })).toBe(404);
    expect(await ask('listLicences')).toMatchObject({ status: 200, held: { licences: [{ used: 0 }] } });
  });

  test('of what ApTest holds', async () => {
    await using other = await startTwin({ scenario: demoScenario });
    const ofExample = { query: '?suite=Example', origin: other.url };
    expect(await ask('listSuites', { origin: other.url })).toMatchObject({ status: 200 });
    for (const id of ['listSets', 'listTestSessions']) {
      expect(await statusOf(id, ofExample)).toBe(200);
      expect(await statusOf(id, { query: '?suite=Exmaple' })).toBe(404);
    }
  });

  test('of the snapshots', async () => {
    expect(await statusOf('takeSnapshot', { body: { name: 'before' } })).toBe(200);
    expect(await statusOf('takeSnapshot')).toBe(200);
    expect(await statusOf('takeSnapshot', { body: { name: 'before' } })).toBe(409);
    expect(await statusOf('takeSnapshot', { body: { name: 'now' } })).toBe(400);
    expect(await statusOf('listSnapshots')).toBe(200);
    expect(await statusOf('restoreSnapshot', { params: 'before' })).toBe(200);
    expect(await statusOf('restoreSnapshot', { params: 'after' })).toBe(404);
    expect(await statusOf('dropSnapshot', { params: 'before' })).toBe(200);
    expect(await statusOf('dropSnapshot', { params: 'before' })).toBe(404);
  });

  test('of requests that no route would take', async () => {
    for (const { id, input } of controlRoutes) {
      const headers = { 'x-twintrack-world': 'nowhere' };
      expect(await statusOf(id, { params: 'x', headers })).toBe(404);
      expect(await statusOf(id, { params: 'x', headers: { origin: 'http://evil.example' } })).toBe(403);
      expect(await statusOf(id, { params: 'x', query: '?wrold=one' })).toBe(400);
      if (!input) continue;
      expect(await statusOf(id, { params: 'x', body: ' '.repeat(200_000) })).toBe(413);
      expect(await statusOf(id, { params: 'x', body: '{}', headers: { 'content-encoding': 'br' } })).toBe(
        415,
      );
    }
  });

  test('and no route or refusal was left out', () => {
    const declared = controlRoutes.flatMap(({ id, refusals = {} }) =>
      [200, ...Object.keys(refusals)].map((status) => `${id} ${status}`),
    );
    expect(declared.filter((each) => !told.has(each))).toEqual([]);
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/control/openapi.ts';
import { controlRoutes } from '../../src/control/routes.ts';
import { startTwin } from '../../src/twin.ts';
import { answerOf, checkOf } from '../support/api-description.ts';
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
afterAll(() => twin.close());
const document = (await (await fetch(`${twin.url}/__admin/openapi.json`)).json()) as OpenApiDocument;
const told = new Set<string>();

interface Asked {
  readonly params?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Calls a route by its name, and checks the answer by what the served document says of it. */
async function ask(id: string, { params, query = '', body, headers = {} }: Asked = {}) {
  const route = controlRoutes.find((each) => each.id === id);
  const path = (route?.path ?? '').replace(/:\w+/, encodeURIComponent(params ?? ''));
  const answer = await fetch(twin.url + path + query, {
    method: route?.method ?? 'GET',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const { status } = answer;
  told.add(`${id} ${status}`);
  const media = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const schema = answerOf(document, id, status)?.content?.[media]?.schema;
  expect(schema, `${id} ${status} ${media}`).toBeDefined();
  const text = await answer.text();
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
    expect(await statusOf('listWorlds')).toBe(200);
    expect(await statusOf('getWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('getWorld', { params: 'two' })).toBe(404);
    expect(await statusOf('resetWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('resetWorld', { params: 'two' })).toBe(404);
    expect(await statusOf('dropWorld', { params: 'one' })).toBe(200);
    expect(await statusOf('dropWorld', { params: 'one' })).toBe(404);
    expect(await statusOf('dropWorld', { params: 'main' })).toBe(400);
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
    const calls = [{ operation: 'saveDefect', where: { pDefect: { summary: 'Burnt down' } } }];
    expect(await statusOf('verifyJournal', { body: { calls } })).toBe(200);
    expect(await statusOf('verifyJournal', { body: { calls, times: 2 } })).toBe(409);
    const missed = [{ operation: 'saveDefect', where: { pDefect: { sumary: 'On fire' } } }];
    expect(await statusOf('verifyJournal', { body: { calls: missed } })).toBe(409);
    expect(await statusOf('verifyJournal', { body: { calls: [{ operation: 'saveDefct' }] } })).toBe(400);
    expect(await statusOf('reportWorld')).toBe(200);
    expect(await statusOf('compareStates')).toBe(200);
    expect(await statusOf('compareStates', { query: '?from=sed' })).toBe(404);
    expect(await statusOf('compareStates', { query: '?from=seed&from=now' })).toBe(400);
    expect(await statusOf('clearJournal')).toBe(200);
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
      expect(await statusOf(id, { body: ' '.repeat(200_000) })).toBe(413);
      expect(await statusOf(id, { body: '{}', headers: { 'content-encoding': 'br' } })).toBe(415);
    }
  });

  test('and no route or refusal was left out', () => {
    const declared = controlRoutes.flatMap(({ id, refusals = {} }) =>
      [200, ...Object.keys(refusals)].map((status) => `${id} ${status}`),
    );
    expect(declared.filter((each) => !told.has(each))).toEqual([]);
  });
});

import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { KeptLog } from '../support/edge.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

const folder = new ScenarioFolder();
const log = new KeptLog();
const scenario = (project: string, more: object = {}) => ({
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: { projects: [{ name: project, users: [{ login: 'ann', password: 'hush', last: 'Lee' }] }] },
  script: [{ name: 'of the scenario', do: { status: 503 }, times: 1 }],
  ...more,
});
let file = folder.write('a.json', scenario('First'));
const twin: Twin = await startTwin({ scenario: file, log });
afterAll(async () => {
  await twin.close();
  folder.remove();
});
beforeEach(() => {
  file = folder.write('a.json', scenario('First'));
  twin.reload();
});

async function ask(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const request = body ? { method, headers, body: JSON.stringify(body) } : { method };
  const answer = await fetch(`${twin.url}${path}`, request);
  return { status: answer.status, json: await answer.json() };
}

const projects = () => twin.summary.projects.map(({ name }) => name);

describe('POST /__admin/reload', () => {
  test('begins from the scenario as it is now: seed, state, fault rules and clock', async () => {
    await ask('POST', '/__admin/rules', { name: 'by hand', do: { status: 500 } });
    folder.write('a.json', scenario('Second', { clock: { mode: 'frozen', now: '2027-01-01T00:00:00Z' } }));
    expect(await ask('POST', '/__admin/reload')).toEqual({
      status: 200,
      json: { reloaded: true, clock: expect.objectContaining({ now: '2027-01-01T00:00:00.000Z' }) },
    });
    expect(projects()).toEqual(['Second']);
    expect(twin.rules.list().map(({ name }) => name)).toEqual(['of the scenario']);
    twin.clock.advance('1h');
    twin.reset();
    expect(projects()).toEqual(['Second']);
    expect(new Date(twin.clock.now()).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  });

  test('leaves other worlds, the journal and the snapshots alone', async () => {
    const fork = await twin.fork('kept');
    await ask('POST', '/__admin/snapshots', { name: 'before' });
    await fetch(`${twin.url}/run/rpc.mpl?command=getSuiteList`);
    const calls = twin.journal.entries().length;
    folder.write('a.json', scenario('Second'));
    await ask('POST', '/__admin/reload');
    expect(projects()).toEqual(['Second']);
    expect(fork.summary.projects.map(({ name }) => name)).toEqual(['First']);
    expect(twin.journal.entries()).toHaveLength(calls);
    expect((await ask('GET', '/__admin/snapshots')).json).toEqual([
      expect.objectContaining({ name: 'before' }),
    ]);
    await fork.drop();
  });

  test('refuses a wrong scenario with its place, without a value of the file; the log has all of it', async () => {
    folder.write('a.json', scenario('Second', { clock: { mode: 'top-secret' } }));
    const { status, json } = await ask('POST', '/__admin/reload');
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: expect.stringMatching(/^The scenario is wrong at .*a\.json:1:\d+\./),
    });
    expect(JSON.stringify(json)).not.toContain('top-secret');
    expect(projects()).toEqual(['First']);
    expect(log.lines.at(-1)).toMatchObject({
      level: 'error',
      fields: { hint: expect.stringMatching(/clock\.mode: found "top-secret", expected one of[\s\S]*\^$/) },
    });
  });

  test('is for the main world only', async () => {
    const fork = await twin.fork({ name: 'aside', listen: false });
    expect(await ask('POST', '/w/aside/__admin/reload')).toMatchObject({
      status: 409,
      json: { error: 'The world "aside" is not served from the scenario; the main one is.' },
    });
    await fork.drop();
  });

  test('is refused where a data folder keeps the state, which stays as it was', async () => {
    await using kept = await startTwin({ scenario: file, data: `${folder.path}/data` });
    folder.write('a.json', scenario('Second'));
    const answer = await fetch(`${kept.url}/__admin/reload`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('--fresh')]);
    expect(kept.summary.projects.map(({ name }) => name)).toEqual(['First']);
  });
});

test('a world made from a wrong file beside the scenario is refused without a value of the file', async () => {
  const other = folder.write('other.yaml', 'twintrack: top-secret\n');
  const answer = await ask('POST', '/__admin/worlds', { scenario: other });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.json)).toContain('other.yaml:1:12');
  expect(JSON.stringify(answer.json)).not.toContain('top-secret');
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { jsonBody } from '../support/json-body.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';

const scenarioOf = (name: string) => ({
  twintrack: 1,
  testtrack: { projects: [{ name, users: [{ login: 'ann', last: 'Lee' }] }] },
});

let twin: Twin;
beforeEach(async () => {
  twin = await startTwin({ scenario: tinyScenario, settings: { maxWorlds: 3 }, checkInvariants: true });
});
afterEach(() => twin.close());

async function put(name: string, body?: unknown, at: Twin = twin) {
  const answer = await fetch(`${at.url}/__admin/worlds/${name}`, {
    method: 'PUT',
    ...(body === undefined ? {} : jsonBody(body)),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

const projectsOf = async (world: string) =>
  (await soapClient(`${twin.url}/w/${world}/cgi-bin/ttsoapcgi.exe`).getDatabaseList({})) as unknown[];

describe('a world that is put', () => {
  test('is made by the first request, and left as it is by the same one again', async () => {
    const first = await put('checkout', { from: 'seed' });
    expect(first).toMatchObject({ status: 200, json: { name: 'checkout', path: '/w/checkout' } });
    const tt = soapClient(`${twin.url}/w/checkout/cgi-bin/ttsoapcgi.exe`);
    const logon = { dbname: 'Tiny', username: 'administrator', password: '' };
    const cookie = await tt.DatabaseLogon(logon);
    const number = await tt.addDefect({ cookie, pDefect: { summary: 'stays' } });
    expect(await put('checkout', { from: 'seed' })).toMatchObject({
      status: 200,
      json: { madeAt: first.json.madeAt },
    });
    expect(await tt.getDefect({ cookie, defectNumber: number })).toMatchObject({ summary: 'stays' });
  });

  test('is one world, however many ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => put('one')));
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.madeAt}`)).size).toBe(1);
    expect(twin.url).toBeDefined();
  });

  test('begins from a scenario, whatever the order of its members', async () => {
    const { twintrack, testtrack } = scenarioOf('Mine');
    expect((await put('mine', { scenario: { twintrack, testtrack } })).status).toBe(200);
    expect((await put('mine', { scenario: { testtrack, twintrack } })).status).toBe(200);
    expect(await projectsOf('mine')).toMatchObject([{ name: 'Mine' }]);
  });

  test('is refused when it began from another scenario, and stays as it is', async () => {
    await put('mine', { scenario: scenarioOf('Mine') });
    const { status, json } = await put('mine', { scenario: scenarioOf('Yours') });
    expect(status).toBe(409);
    expect(json.error).toMatch(
      /^The world "mine" is there, and began from something else than "scenario" says\./,
    );
    expect(await projectsOf('mine')).toMatchObject([{ name: 'Mine' }]);
    // A request that says nothing takes the world as it is.
    expect((await put('mine')).status).toBe(200);
  });

  test('may be the main one, which has the served scenario and no other', async () => {
    expect((await put('main')).status).toBe(200);
    expect((await put('main', { scenario: scenarioOf('Mine') })).status).toBe(409);
  });

  test('gets a port of its own once', async () => {
    const { json } = await put('own', { listen: true });
    expect(json.url).toMatch(/^http:/);
    expect((await put('own', { listen: true })).json.url).toBe(json.url);
    expect((await put('own')).json.url).toBe(json.url);
  });

  test.each([
    ['a name that no path may be', '..%2Fx', undefined, 400, 'cannot be the name of a world'],
    ['a name that is too long', 'x'.repeat(65), undefined, 400, 'cannot be the name of a world'],
    ['another name in the body', 'a', { name: 'b' }, 400, 'The address names the world "a", the body "b".'],
    ['a scenario and a state', 'a', { scenario: scenarioOf('A'), from: 'seed' }, 400, 'give either'],
    ['a scenario that is wrong', 'a', { scenario: { twintrack: 2 } }, 400, 'twintrack'],
    ['a state that is not there', 'a', { from: 'nowhere' }, 404, 'There is no state "nowhere"'],
  ])('is refused with %s', async (_, name, body, status, error) => {
    const answer = await put(name, body);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toContain(error);
  });

  test('is refused when there are too many, and the ones that are there are not', async () => {
    for (const name of ['a', 'b']) expect((await put(name)).status).toBe(200);
    expect((await put('c')).json.error).toContain('There are 3 worlds already');
    expect((await put('a')).status).toBe(200);
  });
});

test('what a world began from is known after a restart', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'twintrack-provided-'));
  const start = () => startTwin({ scenario: tinyScenario, data });
  try {
    {
      await using first = await start();
      expect((await put('kept', { scenario: scenarioOf('Mine') }, first)).status).toBe(200);
    }
    await using second = await start();
    expect((await put('kept', { scenario: scenarioOf('Mine') }, second)).status).toBe(200);
    expect((await put('kept', { scenario: scenarioOf('Yours') }, second)).status).toBe(409);
  } finally {
    rmSync(data, { recursive: true });
  }
});

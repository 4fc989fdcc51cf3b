import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { jsonBody } from '../support/json-body.ts';
import { soapClient } from '../support/soap-client.ts';

let twin: Twin;
let saved = 0;
beforeEach(async () => {
  saved = 0;
  const users = [{ login: 'username', password: 'password', last: 'Ser' }];
  const clock = { mode: 'frozen', now: '2026-03-02T09:00:00Z' };
  const scenario = { twintrack: 1, clock, testtrack: { projects: [{ name: 'Project', users }] } };
  twin = await startTwin({ scenario, checkInvariants: true });
});
afterEach(() => twin.close());

const post = async (path: string, body: unknown) => {
  const answer = await fetch(twin.url + path, { method: 'POST', ...jsonBody(body) });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
};

/** Adds a defect. */
async function add(): Promise<void> {
  saved += 1;
  const tt = soapClient(twin.soapUrl);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  await tt.addDefect({ cookie, pDefect: { summary: `Number ${saved}` } });
}

test('a world begins from the seed, now, a snapshot or another world', async () => {
  await add();
  twin.snapshot('one');
  await add();
  await twin.fork({ name: 'fork', listen: false });
  await add();
  for (const from of ['seed', 'now', 'one', 'fork']) {
    expect((await post('/__admin/worlds', { name: `of-${from}`, from })).status).toBe(200);
    const same = ['seed', 'one', 'fork', 'now'].filter((state) => twin.diff(state, `of-${from}`).isSame);
    expect(same, from).toEqual([from]);
  }
});

test('a world from the seed has the clock of the scenario too, and a reset comes back to it', async () => {
  const begun = twin.clock.now();
  twin.clock.advance('3h');
  const { json } = await post('/__admin/worlds', { name: 'fresh', from: 'seed' });
  expect(json).toMatchObject({ clock: { now: begun.toISOString() } });
  expect((await post('/__admin/worlds/fresh/reset', undefined)).json).toMatchObject({
    clock: { now: begun.toISOString() },
  });
});

test('the library begins a world from the same states', async () => {
  await add();
  await using fresh = await twin.fork({ from: 'seed', listen: false });
  expect(fresh.diff('seed', 'now').isSame).toBe(true);
  expect(twin.diff('now', fresh.name).isSame).toBe(false);
});

test('a state that is not there is refused with the nearest one', async () => {
  twin.snapshot('before');
  const { status, json } = await post('/__admin/worlds', { from: 'befor' });
  expect(status).toBe(404);
  expect(json.error).toContain(
    'There is no state "befor". Did you mean "before"? Known are seed, now, before, main.',
  );
  expect((await post('/__admin/worlds', { from: 'sed' })).json.error).toContain('Did you mean "seed"?');
  expect((await post('/__admin/worlds', { from: 7 })).status).toBe(400);
});

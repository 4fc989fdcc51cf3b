import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { soapClient } from '../support/soap-client.ts';

let twin: Twin;
let now = Date.parse('2026-03-02T09:00:00Z');
beforeEach(async () => {
  twin = await startTwin({ scenario: tinyScenario, hostNow: () => now, settings: { worldIdle: '10m' } });
});
afterEach(() => twin.close());

/** Calls once in a world, a second after whatever was before. */
async function call(world: string): Promise<void> {
  now += 1000;
  await soapClient(`${twin.url}/w/${world}/cgi-bin/ttsoapcgi.exe`).getDatabaseList({});
}

async function latest(query = ''): Promise<string[]> {
  const answer = await fetch(`${twin.url}/__admin/journal/all${query}`);
  const { entries } = (await answer.json()) as { entries: { world: string; id: number }[] };
  return entries.map(({ world, id }) => `${world} ${id}`);
}

test('the calls of all worlds are shown together in the order in which they came', async () => {
  await twin.fork({ name: 'a', listen: false });
  await twin.fork({ name: 'b', listen: false });
  for (const world of ['a', 'main', 'b', 'a']) await call(world);
  expect(await latest()).toEqual(['a 1', 'main 1', 'b 1', 'a 2']);
  expect(await latest('?limit=2')).toEqual(['b 1', 'a 2']);
  expect(await latest('?limit=0')).toEqual([]);
});

test('a world that is only watched ends in its time', async () => {
  await twin.fork({ name: 'watched', listen: false });
  await call('watched');
  for (let minute = 1; minute < 10; minute++) {
    now += 60_000;
    expect(await latest()).toEqual(['watched 1']);
  }
  now += 60_000;
  expect(await latest()).toEqual([]);
});

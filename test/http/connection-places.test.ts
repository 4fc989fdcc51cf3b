import { describe, expect, test, vi } from 'vitest';
import { ConnectionPlaces } from '../../src/http/connection-places.ts';
import { startTwin } from '../../src/index.ts';
import { KeptLog } from '../support/edge.ts';
import { RawConnection } from '../support/raw-http.ts';
import { tinyScenario } from '../support/scenarios.ts';

/** Takes places until one is refused. */
function taken(places: ConnectionPlaces): { count: number; refusal: string } {
  for (let count = 0; ; count++) {
    const refusal = places.take();
    if (refusal !== undefined) return { count, refusal };
  }
}

describe('there are as many places for connections as', () => {
  test.each([
    ['the setting says', 2000, 20_000, 2000],
    ['the setting says, without a limit of open files', 2000, Number.POSITIVE_INFINITY, 2000],
    ['leaves 100 open files for others', 2000, 256, 156],
    ['leaves half of few open files for others', 2000, 64, 32],
  ])('%s', (_as, setting, openFiles, most) => {
    expect(taken(new ConnectionPlaces(setting, new KeptLog(), openFiles)).count).toBe(most);
  });
});

test('who is refused is told which of the limits to raise', () => {
  expect(taken(new ConnectionPlaces(3, new KeptLog(), 256)).refusal).toBe(
    'There is no place for another connection (limit: 3 at once). Close some, or raise the setting maxConnections.',
  );
  expect(taken(new ConnectionPlaces(2000, new KeptLog(), 256)).refusal).toBe(
    'There is no place for another connection (limit: 156 at once). Close some, or let the process open more than 256 files (ulimit -n).',
  );
});

test('the log tells once that connections are refused, and again after half of them had ended', () => {
  const log = new KeptLog();
  const places = new ConnectionPlaces(4, log, 256);
  taken(places);
  taken(places);
  places.giveBack();
  taken(places);
  expect(log.lines).toHaveLength(1);
  places.giveBack();
  places.giveBack();
  taken(places);
  expect(log.lines).toHaveLength(2);
});

test('the ports of all worlds share the places', async () => {
  const log = new KeptLog();
  await using twin = await startTwin({ scenario: tinyScenario, settings: { maxConnections: 2 }, log });
  const fork = await twin.fork();
  const portOf = ({ url }: { url: string }) => Number(new URL(url).port);
  const first = await RawConnection.open(portOf(twin));
  const second = await RawConnection.open(portOf(fork));
  for (const door of [twin, fork]) {
    const refused = await RawConnection.open(portOf(door));
    expect(await refused.untilClosed()).toMatch(
      /^HTTP\/1\.1 503 .*\n\r\nThere is no place for another connection \(limit: 2 at once\)/s,
    );
  }
  expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([
    { message: expect.stringMatching(/^Connections are refused \(limit: 2 at once\)/) },
  ]);
  first.cut();
  await vi.waitFor(async () => expect((await fetch(`${fork.url}/__admin/health`)).status).toBe(200));
  second.cut();
});

import { Worker } from 'node:worker_threads';
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
  // Ports take their connections in no order: both have a place only when they were answered.
  for (const each of [first, second])
    await each
      .send('GET /__admin/health HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n')
      .until(/^HTTP\/1\.1 200/);
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

/** Connects and asks in a thread of its own, and says that the question is out; then what came of it. */
const askingThread = `
const { connect } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const asked = new Int32Array(workerData.shared);
const socket = connect(workerData.port, '127.0.0.1', () =>
  socket.write(workerData.request, () => {
    Atomics.store(asked, 0, 1);
    Atomics.notify(asked, 0);
  }),
);
let text = '';
let error;
socket.on('data', (piece) => (text += piece));
socket.on('error', ({ code }) => (error = code));
socket.on('close', () => parentPort.postMessage({ text, error }));
`;

test('a client whose question is there before it is refused reads the sentence, and is not reset', async () => {
  await using twin = await startTwin({ scenario: tinyScenario, settings: { maxConnections: 1 } });
  const port = Number(new URL(twin.url).port);
  const only = await RawConnection.open(port);
  const shared = new SharedArrayBuffer(4);
  const request = 'POST /cgi-bin/ttsoapcgi.exe HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n<nothing>';
  const client = new Worker(askingThread, { eval: true, workerData: { port, request, shared } });
  const end = new Promise((resolve) => client.once('message', resolve));
  // The twin looks at the connection only when the question has long been in its queue.
  expect(Atomics.wait(new Int32Array(shared), 0, 0, 30_000)).not.toBe('timed-out');
  expect(await end).toEqual({
    text: expect.stringMatching(/^HTTP\/1\.1 503 .*\n\r\nThere is no place for another/s),
    error: undefined,
  });
  await client.terminate();
  only.cut();
});

test.each([
  ['is no HTTP', 'hello\r\n\r\n'],
  [
    'waits for a word to go on',
    'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n',
  ],
  ['wants a tunnel', 'CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n'],
])('a refused request that %s gets the sentence and nothing else', async (_, request) => {
  await using twin = await startTwin({ scenario: tinyScenario, settings: { maxConnections: 1 } });
  const port = Number(new URL(twin.url).port);
  const only = await RawConnection.open(port);
  const answer = await (await RawConnection.open(port)).send(request).untilClosed();
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 503']);
  only.cut();
});

test('a connection that was refused and stays open does not hold the end of the twin', async () => {
  const twin = await startTwin({ scenario: tinyScenario, settings: { maxConnections: 1 } });
  const port = Number(new URL(twin.url).port);
  const [only, refused] = [await RawConnection.open(port), await RawConnection.open(port)];
  refused.socket.pause();
  await twin.close();
  only.cut();
  refused.cut();
});

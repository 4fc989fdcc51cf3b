import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { EventFeed } from '../../src/control/event-feed.ts';
import type { EventSink } from '../../src/control/event-reader.ts';
import { startTwin } from '../../src/twin.ts';
import { World } from '../../src/world/world.ts';
import { forkOf, type HostedWorld, hostWorld } from '../../src/worlds/hosted-world.ts';
import { soapClient } from '../support/soap-client.ts';
import { people, twinWith } from '../support/twin.ts';

interface Told {
  readonly event: string;
  readonly id: number | undefined;
  readonly data: Record<string, unknown>;
}

/** What a text of server-sent events says. */
function eventsIn(text: string): Told[] {
  return text
    .split('\n\n')
    .map((block) => new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string])))
    .flatMap((lines) => {
      const event = lines.get('event');
      if (event === undefined) return [];
      const id = lines.get('id');
      return [
        { event, id: id === undefined ? undefined : Number(id), data: JSON.parse(lines.get('data') ?? '') },
      ];
    });
}

/** A reader that keeps what it is told, and can stop reading. */
class KeptSink implements EventSink {
  isFull = false;
  text = '';
  ending = '';
  write = (text: string) => {
    this.text += text;
  };
  end = () => {
    this.ending = 'end';
  };
  cut = () => {
    this.ending = 'cut';
  };
  /** What came since it was asked last. */
  take(): Told[] {
    const events = eventsIn(this.text);
    this.text = '';
    return events;
  }
}

function bench(entries = 1000) {
  const host = { now: () => 0, journal: { entries, bytes: 8_000_000 } };
  const world = hostWorld('main', { world: new World('seed'), clock: { mode: 'frozen' } }, host);
  const worlds = new Map<string, HostedWorld>([['main', world]]);
  let now = 0;
  const feed = new EventFeed(
    { list: () => [...worlds.values()], has: (each) => worlds.get(each.name) === each },
    () => now,
  );
  const call = (name = 'getDefect', input: object = {}) =>
    world.runner.call({ api: 'testtrack', name, input }, { run: () => 0 });
  const pass = (milliseconds: number) => {
    now += milliseconds;
    feed.look();
  };
  return { world, worlds, feed, call, pass, host };
}

const counts = (told: readonly Told[]) =>
  told.filter(({ event }) => event === 'dropped').map(({ data }) => data.count);

describe('a reader of events', () => {
  test('is greeted, and told of calls with the numbers of the journal', () => {
    const { world, feed, call, pass } = bench();
    call('before');
    const sink = new KeptSink();
    feed.open(world, sink);
    expect(sink.take()).toMatchObject([
      { event: 'hello', data: { world: 'main', after: 1, worlds: ['main'] } },
    ]);
    call('ProjectLogon', { username: 'lake', password: 'water' });
    pass(250);
    const [told] = sink.take();
    expect(told).toMatchObject({ event: 'call', id: 2, data: { operation: 'ProjectLogon' } });
    expect(JSON.stringify(told)).not.toContain('water');
    pass(250);
    expect(sink.text).toBe('');
  });

  test('goes on behind the call that it names', () => {
    const { world, feed, call, pass } = bench();
    for (let at = 0; at < 5; at++) call();
    const sink = new KeptSink();
    feed.open(world, sink, { after: 3 });
    pass(250);
    expect(sink.take().flatMap(({ id }) => id ?? [])).toEqual([4, 5]);
  });

  test('is told how many calls the journal has forgotten', () => {
    const { world, feed, call, pass } = bench(10);
    const sink = new KeptSink();
    feed.open(world, sink);
    for (let at = 0; at < 25; at++) call();
    pass(250);
    const told = sink.take();
    expect(counts(told)).toEqual([15]);
    expect(told.at(-1)?.id).toBe(25);
  });

  test('that names a number from before a restart begins with what is kept', () => {
    const { world, feed, call, pass } = bench();
    call();
    const sink = new KeptSink();
    feed.open(world, sink, { after: 900 });
    pass(250);
    expect(sink.take().at(-1)).toMatchObject({ event: 'call', id: 1 });
  });

  test('begins with the latest of the entries that are kept, as many as it asks for, and is told which are old', () => {
    const { world, feed, call, pass } = bench(100);
    for (let at = 0; at < 250; at++) call();
    const [few, all] = [new KeptSink(), new KeptSink()];
    feed.open(world, few, { latest: 3 });
    feed.open(world, all, { latest: 1000 });
    const [hello, ...calls] = few.take();
    expect([hello?.data.recorded, ...calls.map(({ id }) => id)]).toEqual([250, 248, 249, 250]);
    const told = all.take();
    expect([counts(told), told.length, told[1]?.id]).toEqual([[], 101, 151]);
    call();
    pass(250);
    expect(few.take().map(({ id }) => id)).toEqual([251]);
  });

  test('gets the latest of ten thousand calls, and is told of the rest', () => {
    const { world, feed, call, pass } = bench(20_000);
    const sink = new KeptSink();
    feed.open(world, sink);
    for (let at = 0; at < 10_000; at++) call();
    pass(250);
    const told = sink.take();
    expect(counts(told)).toEqual([9980]);
    expect(told.filter(({ event }) => event === 'call')).toHaveLength(20);
    expect(told.at(-1)?.id).toBe(10_000);
  });

  test('that comes back after a while gets all that it missed, look by look', () => {
    const { world, feed, call, pass } = bench();
    for (let at = 0; at < 500; at++) call();
    const sink = new KeptSink();
    feed.open(world, sink, { after: 0 });
    for (let at = 0; at < 20; at++) pass(250);
    const told = sink.take();
    expect(counts(told)).toEqual([]);
    expect(told.filter(({ event }) => event === 'call')).toHaveLength(500);
  });

  test('is told of a flood by its latest calls', () => {
    const { world, feed, call, pass } = bench();
    const sink = new KeptSink();
    feed.open(world, sink);
    for (let at = 0; at < 150; at++) call();
    pass(250);
    expect(counts(sink.take())).toEqual([130]);
  });

  test('that takes nothing is not written to, keeps nothing, and is cut after a minute', () => {
    const { world, feed, call, pass } = bench();
    const sink = new KeptSink();
    feed.open(world, sink);
    sink.take();
    sink.isFull = true;
    for (let at = 0; at < 59; at++) {
      call();
      pass(1000);
    }
    expect([sink.text, sink.ending]).toEqual(['', '']);
    pass(1000);
    expect(sink.ending).toBe('cut');
  });

  test('hears something every quarter of a minute, so that proxies let it stay', () => {
    const { world, feed, pass } = bench();
    const sink = new KeptSink();
    feed.open(world, sink);
    sink.text = '';
    pass(14_000);
    expect(sink.text).toBe('');
    pass(1000);
    expect(sink.text).toBe(': nothing happened\n\n');
  });

  test('is told of a moved clock, once, and of other worlds', () => {
    const { world, worlds, feed, pass, host } = bench();
    const sink = new KeptSink();
    feed.open(world, sink);
    sink.take();
    world.runner.clock.advance(60_000);
    worlds.set('aside', hostWorld('aside', forkOf(world), host));
    pass(250);
    expect(sink.take()).toMatchObject([
      { event: 'clock', data: { ms: 60_000 } },
      { event: 'worlds', data: { worlds: ['main', 'aside'] } },
    ]);
    pass(250);
    expect(sink.take()).toEqual([]);
  });

  test('is told that its world is gone, and nothing more', () => {
    const { world, worlds, feed, call, pass } = bench();
    const sink = new KeptSink();
    feed.open(world, sink);
    sink.take();
    worlds.delete('main');
    call();
    pass(250);
    expect(sink.take()).toMatchObject([{ event: 'gone' }]);
    expect(sink.ending).toBe('end');
  });

  test('gets a call with a megabyte in it as its head', () => {
    const { world, feed, call, pass } = bench();
    const sink = new KeptSink();
    feed.open(world, sink);
    sink.take();
    call(
      'saveDefect',
      Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${at}`, 'x'.repeat(9_000)])),
    );
    pass(250);
    const [told] = sink.take();
    expect(told?.data).toMatchObject({ operation: 'saveDefect', isShortened: true });
    expect(told?.data.arguments).toBeUndefined();
  });

  test('with 10,000 calls a second keeps neither calls nor texts', () => {
    const { world, feed, call, pass } = bench(100);
    const sink = new KeptSink();
    feed.open(world, sink);
    let longest = 0;
    for (let at = 0; at < 40; at++) {
      for (let each = 0; each < 2500; each++) call();
      pass(250);
      longest = Math.max(longest, sink.text.length);
      sink.text = '';
    }
    expect(longest).toBeLessThan(100_000);
  });
});

/** Reads until such an event came, or the end. @param wanted its name, or how it is known */
async function until(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  wanted: string | ((told: Told) => boolean),
): Promise<Told[]> {
  const isWanted = typeof wanted === 'string' ? ({ event }: Told) => event === wanted : wanted;
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (value) text += new TextDecoder().decode(value);
    const told = eventsIn(text.slice(0, text.lastIndexOf('\n\n') + 2));
    if (done || told.some(isWanted)) return told;
  }
}

/** A proxy that can stop reading what a server says. */
async function stallingProxy(port: number) {
  const upstream = new Set<Socket>();
  const server = createServer((client) => {
    const up = connect(port, '127.0.0.1');
    upstream.add(up);
    up.on('data', (piece) => client.write(piece));
    client.pipe(up);
    for (const each of [client, up]) {
      each.on('error', () => {});
      each.on('close', () => [client, up].forEach((end) => void end.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const each = (work: (socket: Socket) => void) => () => upstream.forEach(work);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall: each((socket) => socket.pause()),
    goOn: each((socket) => socket.resume()),
    close: each((socket) => {
      socket.destroy();
      server.close();
    }),
  };
}

describe('over the wire', () => {
  test('calls, states and clocks are told, and a dropped world ends the answer', async () => {
    await using twin = await startTwin();
    const world = await twin.fork({ listen: false });
    const answer = await fetch(`${world.url}/__admin/events`, { headers: { accept: 'text/event-stream' } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const reader = answer.body?.getReader();
    if (!reader) throw new Error('no body');
    await until(reader, 'hello');
    const dbname = twin.summary.projects[0]?.name ?? '';
    const logOn = soapClient(world.soapUrl).DatabaseLogon({ dbname, username: 'lake', password: 'wrong' });
    await expect(logOn).rejects.toThrow();
    expect((await until(reader, 'call')).at(-1)?.data).toMatchObject({
      operation: 'DatabaseLogon',
      fault: { code: 5 },
    });
    world.clock.advance('1m');
    expect((await until(reader, 'clock')).map(({ event }) => event)).toContain('clock');
    await world.drop();
    expect((await until(reader, 'gone')).map(({ event }) => event)).toEqual(['gone']);
    expect((await reader.read()).done).toBe(true);
  });

  test('a page of another origin, and one without the token, read nothing', async () => {
    await using twin = await startTwin({ adminToken: 'token' });
    const events = `${twin.url}/__admin/events`;
    expect((await fetch(events)).status).toBe(401);
    const authorization = 'Bearer token';
    expect((await fetch(events, { headers: { authorization, origin: 'http://evil.example' } })).status).toBe(
      403,
    );
    const good = await fetch(events, { headers: { authorization } });
    expect(good.status).toBe(200);
    await good.body?.cancel();
  });

  test('a reader behind a proxy that stalls keeps nothing from the others, and comes back to the latest', async () => {
    await using twin = await startTwin();
    const proxy = await stallingProxy(Number(new URL(twin.url).port));
    const stalled = (await fetch(`${proxy.url}/__admin/events`)).body?.getReader();
    const other = (await fetch(`${twin.url}/__admin/events`)).body?.getReader();
    if (!stalled || !other) throw new Error('no body');
    await Promise.all([until(stalled, 'hello'), until(other, 'hello')]);
    proxy.stall();
    const padding = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 'x'.repeat(9900)]),
    );
    const call = (parameters: Record<string, string>) =>
      fetch(`${twin.url}/run/rpc.mpl`, {
        method: 'POST',
        body: new URLSearchParams({ command: 'getSuiteList', ...parameters }),
      });
    for (let at = 0; at < 40; at++) await call(padding);
    expect((await until(other, 'call')).some(({ event }) => event === 'call')).toBe(true);
    proxy.goOn();
    await call({ last: 'yes' });
    const isLast = ({ data }: Told) => (data.arguments as Record<string, unknown>)?.last !== undefined;
    const told = await until(stalled, isLast);
    expect(told.at(-1)?.id).toBe(41);
    proxy.close();
  });

  test('a twin does not wait its grace time for readers', async () => {
    // Longer than this test may take.
    const twin = await startTwin({ settings: { closeGrace: '10m' } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`${twin.url}/__admin/events`)));
    await twin.close();
    for (const answer of answers) expect(await answer.text()).toContain('event: gone');
  });
});

describe('a reader for each of 500 worlds', async () => {
  const { twin } = await twinWith([{ name: 'Project', users: people.slice(0, 3) }]);

  test('is told of its own world only', async () => {
    const names = Array.from({ length: 500 }, (_, at) => `w${at}`);
    for (const name of names) await twin.fork({ name, listen: false });
    const stop = new AbortController();
    const answers = await Promise.all(
      names.map((name) => fetch(`${twin.url}/w/${name}/__admin/events`, { signal: stop.signal })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const call = (name: string) => fetch(`${twin.url}/w/${name}/run/rpc.mpl?command=getSuiteList`);
    await call('w7');
    const seventh = answers[7]?.body?.getReader();
    if (!seventh) throw new Error('no body');
    const told = await until(seventh, 'call');
    expect(told.filter(({ event }) => event === 'call')).toHaveLength(1);
    stop.abort();
  });
});

import { describe, expect, test } from 'vitest';
import { Metrics } from '../../src/control/metrics.ts';
import { faults } from '../../src/testtrack/faults.ts';
import { startTwin } from '../../src/twin.ts';
import { World } from '../../src/world/world.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';

const worldNamed = (name: string) =>
  hostWorld(name, { world: new World('seed'), clock: { mode: 'real' } }, { now: () => 0 });

function bench(names: readonly string[]) {
  const worlds = names.map(worldNamed);
  const metrics = new Metrics({ worlds: { list: () => worlds }, version: '1.2.3', readers: () => 0 });
  const call = (world: number, name: string, fault = false) => {
    try {
      worlds[world]?.runner.call(
        { api: 'testtrack', name, input: {} },
        {
          run: () => {
            if (fault) throw faults.sessionBusy();
          },
        },
      );
    } catch {
      // It was refused, as it was to be.
    }
  };
  const lines = async (name: string) =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
  return { call, lines };
}

describe('the metrics', () => {
  test('count calls by world, operation and outcome', async () => {
    const { call, lines } = bench(['main']);
    call(0, 'getDefect');
    call(0, 'getDefect');
    call(0, 'getDefect', true);
    expect(await lines('twintrack_calls_total')).toEqual([
      'twintrack_calls_total{world="main",api="testtrack",operation="getDefect",outcome="ok"} 2',
      'twintrack_calls_total{world="main",api="testtrack",operation="getDefect",outcome="refused"} 1',
    ]);
    const [count] = await lines('twintrack_call_duration_seconds_count');
    expect(count).toBe('twintrack_call_duration_seconds_count{api="testtrack",operation="getDefect"} 3');
    const last = (await lines('twintrack_call_duration_seconds_bucket')).at(-1);
    expect(last).toContain('le="+Inf"} 3');
  });

  test('escape whatever a world is called', async () => {
    const { call, lines } = bench(['"}\n\\']);
    call(0, 'getDefect');
    expect(await lines('twintrack_calls_total')).toEqual([
      'twintrack_calls_total{world="\\"}\\n\\\\",api="testtrack",operation="getDefect",outcome="ok"} 1',
    ]);
  });

  test('tell fifty worlds apart and count the others together', async () => {
    const { call, lines } = bench(Array.from({ length: 60 }, (_, at) => `w${at}`));
    for (let world = 0; world < 60; world++) call(world, 'getDefect');
    const counted = await lines('twintrack_calls_total');
    expect(counted).toHaveLength(51);
    expect(counted.at(-1)).toContain('world="other"');
    expect(counted.at(-1)).toMatch(/ 10$/);
  });

  test('do not grow with names that clients invent', async () => {
    const { call, lines } = bench(['main']);
    for (let at = 0; at < 1000; at++) call(0, `invented${at}`);
    const counted = await lines('twintrack_calls_total');
    expect(counted.length).toBeLessThan(310);
    expect(counted.some((line) => line.includes('operation="other"'))).toBe(true);
  });
});

describe('who may read the metrics', () => {
  const ask = (url: string, path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/${path}`, { headers }).then(({ status }) => status);

  test('needs the token, unless the twin was told otherwise', async () => {
    await using closed = await startTwin({ adminToken: 'token' });
    expect(await ask(closed.url, '__admin/metrics')).toBe(401);
    await using open = await startTwin({ adminToken: 'token', metricsWithoutToken: true });
    expect(await ask(open.url, '__admin/metrics')).toBe(200);
    expect(await ask(open.url, 'w/main/__admin/metrics')).toBe(200);
  });

  test.each([
    '__admin/worlds/metrics',
    '__admin/journal?user=/metrics',
    '__admin/health',
    '__admin/metrics/x',
  ])('opens nothing else: %s', async (path) => {
    await using open = await startTwin({ adminToken: 'token', metricsWithoutToken: true });
    expect(await ask(open.url, path)).toBe(401);
  });

  test('still not a page of another origin', async () => {
    await using open = await startTwin({ adminToken: 'token', metricsWithoutToken: true });
    expect(await ask(open.url, '__admin/metrics', { origin: 'http://evil.example' })).toBe(403);
  });
});

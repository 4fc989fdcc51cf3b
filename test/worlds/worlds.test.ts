import { describe, expect, test } from 'vitest';
import { Clock } from '../../src/world/clock.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';
import type { KeptWorld, WorldKeeping } from '../../src/worlds/hosted-world.ts';
import { Worlds } from '../../src/worlds/worlds.ts';

interface Note {
  readonly id: number;
}
const notes = table<Note>('notes', { key: (note) => note.id });
const call = { api: 'testtrack', name: 'note', input: {} } as const;

function started(options: { idleMs?: number; most?: number; keeping?: WorldKeeping } = {}) {
  const host = { now: Date.parse('2026-03-02T09:00:00Z') };
  const worlds = new Worlds(
    { world: new World('seed'), clock: { mode: 'frozen', now: host.now } },
    { idleMs: 60_000, most: 10, ...options, host: { now: () => host.now } },
  );
  const write = (name: string, id: number) =>
    worlds.require(name).runner.call(call, { run: (draft) => draft.table(notes, 's').put({ id }) });
  const ids = (name: string) =>
    worlds
      .require(name)
      .runner.world.collection(notes, 's')
      .sorted()
      .map(({ id }) => id);
  return { worlds, host, write, ids };
}

test('a fork begins with what the main world holds, and neither sees what the other does then', async () => {
  const { worlds, write, ids } = started();
  write('main', 1);
  await worlds.make({ name: 'fork' });
  write('fork', 2);
  write('main', 3);
  expect([ids('main'), ids('fork')]).toEqual([
    [1, 3],
    [1, 2],
  ]);
});

test('a reset of a fork comes back to where it was forked, clock included', async () => {
  const { worlds, host, write, ids } = started();
  write('main', 1);
  worlds.main.runner.clock.advance(1000);
  const fork = await worlds.make({ name: 'fork' });
  write('fork', 2);
  fork.runner.clock.advance(60_000);
  fork.runner.reset();
  expect(ids('fork')).toEqual([1]);
  expect(fork.runner.clock.now()).toBe(host.now + 1000);
});

test('a world without a name gets one that is free', async () => {
  const { worlds } = started();
  await worlds.make({ name: 'world-1' });
  expect((await worlds.make()).name).toBe('world-2');
});

test('a name that is taken, or none that fits an address, is refused with the reason', async () => {
  const { worlds } = started();
  await worlds.make({ name: 'a' });
  await expect(worlds.make({ name: 'a' })).rejects.toThrow('There is a world "a" already');
  for (const name of ['', '../x', 'a b', '-a', 'x'.repeat(65), 'ä']) {
    await expect(worlds.make({ name })).rejects.toThrow('cannot be the name of a world');
  }
});

test('a world that nobody uses ends after the set time, the main one never', async () => {
  const { worlds, host } = started({ idleMs: 1000 });
  await worlds.make({ name: 'idle' });
  await worlds.make({ name: 'busy' });
  host.now += 999;
  worlds.require('busy');
  host.now += 1;
  expect(worlds.list().map(({ name }) => name)).toEqual(['main', 'busy']);
  expect(() => worlds.require('idle')).toThrow('ended after');
  host.now += 10_000;
  expect(worlds.list().map(({ name }) => name)).toEqual(['main']);
});

test('a world that is dropped takes what hangs on it with it', async () => {
  const { worlds } = started();
  const ended: string[] = [];
  await worlds.make({ name: 'a' });
  worlds.openDoor('a', { url: 'http://twin:1', close: async () => void ended.push('port') });
  expect(worlds.urlOf('a')).toBe('http://twin:1');
  await worlds.drop('a');
  expect(ended).toEqual(['port']);
  expect(() => worlds.require('a')).toThrow('There is no world "a"');
  await expect(worlds.drop('a')).rejects.toThrow('There is no world');
  await expect(worlds.drop('main')).rejects.toThrow('stays as long as the twin runs');
});

test('more worlds than the bound are refused', async () => {
  const { worlds } = started({ most: 2 });
  await worlds.make();
  await expect(worlds.make()).rejects.toThrow(
    'There are 2 worlds already; drop some first (setting maxWorlds).',
  );
});

test('a world that ended because nobody used it is provided anew', async () => {
  const { worlds, host } = started({ idleMs: 1000 });
  const first = await worlds.provide('a');
  expect(await worlds.provide('a')).toBe(first);
  host.now += 1000;
  const [second, same] = await Promise.all([worlds.provide('a'), worlds.provide('a')]);
  expect(second).not.toBe(first);
  expect(same).toBe(second);
});

test('a world that is just being dropped is provided anew when it is gone', async () => {
  const { worlds } = started();
  const first = await worlds.provide('a');
  const dropped = worlds.drop('a');
  const second = await worlds.provide('a');
  await dropped;
  expect(second).not.toBe(first);
  expect(worlds.used('a')).toBe(second);
});

test('as many worlds as there may be can be made at once', async () => {
  const { worlds } = started({ most: 4 });
  await Promise.all(['a', 'b', 'c'].map((name) => worlds.make({ name })));
  expect(worlds.list()).toHaveLength(4);
});

test('the message for an unknown world names the one that was probably meant', async () => {
  const { worlds } = started();
  await worlds.make({ name: 'checkout' });
  expect(() => worlds.require('chekout')).toThrow('Did you mean "checkout"?');
});

describe('a keeper of worlds is told', () => {
  /** Keeps nothing; begins and drops when the test says so. */
  class SlowKeeping implements WorldKeeping {
    readonly told: string[] = [];
    through: () => void = () => {};

    async begin({ name, from, world, clock }: Parameters<WorldKeeping['begin']>[0]): Promise<KeptWorld> {
      this.told.push(`begin ${name} from ${from}`);
      await this.wait();
      return { world, seedWorld: world, clock: new Clock(() => 0, clock), attach: () => {} };
    }
    async noteMove(name: string): Promise<void> {
      this.told.push(`note ${name}`);
    }
    async dropAway(name: string): Promise<void> {
      this.told.push(`forget ${name}`);
    }
    async drop(name: string): Promise<void> {
      this.told.push(`drop ${name}`);
      await this.wait();
    }
    private wait(): Promise<void> {
      return new Promise((resolve) => {
        this.through = resolve;
      });
    }
  }

  test('of a world that is made, which is there only when it is kept, and its name is taken meanwhile', async () => {
    const keeping = new SlowKeeping();
    const { worlds } = started({ keeping });
    const making = worlds.make({ name: 'a' });
    expect(worlds.list().map(({ name }) => name)).toEqual(['main']);
    await expect(worlds.make({ name: 'a' })).rejects.toThrow('There is a world "a" already');
    keeping.through();
    await making;
    expect(worlds.require('a').name).toBe('a');
    expect(keeping.told).toEqual(['begin a from main']);
  });

  test('of one that is dropped, and its name is taken until it is gone', async () => {
    const keeping = new SlowKeeping();
    const { worlds, host } = started({ keeping, idleMs: 1000 });
    worlds.resume('a', { world: new World('seed'), clock: { mode: 'real' } });
    const dropping = worlds.drop('a');
    await expect(worlds.make({ name: 'a' })).rejects.toThrow('There is a world "a" already');
    await new Promise((resolve) => setImmediate(resolve));
    keeping.through();
    await dropping;
    worlds.resume('b', { world: new World('seed'), clock: { mode: 'real' } });
    host.now += 1000;
    worlds.list();
    await new Promise((resolve) => setImmediate(resolve));
    expect(keeping.told).toEqual(['drop a', 'drop b']);
  });

  test('but not when the twin ends: then they are to come back', async () => {
    const keeping = new SlowKeeping();
    const { worlds } = started({ keeping });
    worlds.resume('a', { world: new World('seed'), clock: { mode: 'real' } });
    await worlds.close();
    expect(keeping.told).toEqual([]);
  });
});

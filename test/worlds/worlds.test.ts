import { expect, test } from 'vitest';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';
import { Worlds } from '../../src/worlds/worlds.ts';

interface Note {
  readonly id: number;
}
const notes = table<Note>('notes', { key: (note) => note.id });
const call = { api: 'testtrack', name: 'note', input: {} } as const;

function started(options: { idleMs?: number; most?: number } = {}) {
  const host = { now: Date.parse('2026-03-02T09:00:00Z') };
  const worlds = new Worlds(
    { world: new World('seed'), clock: { mode: 'frozen', now: host.now } },
    { host: { now: () => host.now }, idleMs: options.idleMs ?? 60_000, most: options.most ?? 10 },
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

test('a fork begins with what the main world holds, and neither sees what the other does then', () => {
  const { worlds, write, ids } = started();
  write('main', 1);
  worlds.make({ name: 'fork' });
  write('fork', 2);
  write('main', 3);
  expect([ids('main'), ids('fork')]).toEqual([
    [1, 3],
    [1, 2],
  ]);
});

test('a reset of a fork comes back to where it was forked, clock included', () => {
  const { worlds, host, write, ids } = started();
  write('main', 1);
  worlds.main.runner.clock.advance(1000);
  const fork = worlds.make({ name: 'fork' });
  write('fork', 2);
  fork.runner.clock.advance(60_000);
  fork.runner.reset();
  expect(ids('fork')).toEqual([1]);
  expect(fork.runner.clock.now()).toBe(host.now + 1000);
});

test('a world without a name gets one that is free', () => {
  const { worlds } = started();
  worlds.make({ name: 'world-1' });
  expect(worlds.make().name).toBe('world-2');
});

test('a name that is taken, or none that fits an address, is refused with the reason', () => {
  const { worlds } = started();
  worlds.make({ name: 'a' });
  expect(() => worlds.make({ name: 'a' })).toThrow('There is a world "a" already');
  for (const name of ['', '../x', 'a b', '-a', 'x'.repeat(65), 'ä']) {
    expect(() => worlds.make({ name })).toThrow('cannot be the name of a world');
  }
});

test('a world that nobody uses ends after the set time, the main one never', () => {
  const { worlds, host } = started({ idleMs: 1000 });
  worlds.make({ name: 'idle' });
  worlds.make({ name: 'busy' });
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
  worlds.make({ name: 'a' });
  worlds.endWith('a', () => void ended.push('port'));
  await worlds.drop('a');
  expect(ended).toEqual(['port']);
  expect(() => worlds.require('a')).toThrow('There is no world "a"');
  await expect(worlds.drop('a')).rejects.toThrow('There is no world');
  await expect(worlds.drop('main')).rejects.toThrow('stays as long as the twin runs');
});

test('more worlds than the bound are refused', () => {
  const { worlds } = started({ most: 2 });
  worlds.make();
  expect(() => worlds.make()).toThrow('There are 2 worlds already');
});

test('the message for an unknown world names the one that was probably meant', () => {
  const { worlds } = started();
  worlds.make({ name: 'checkout' });
  expect(() => worlds.require('chekout')).toThrow('Did you mean "checkout"?');
});

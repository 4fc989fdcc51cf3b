import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileContent } from '../../../src/world/file-content.ts';
import {
  DataFolder,
  foundBy,
  hostTime,
  keptOf,
  looks,
  noteScope,
  notes,
  OpenNotes,
} from '../../support/store.ts';

let folder: DataFolder;
let open: OpenNotes[];
beforeEach(() => {
  folder = new DataFolder();
  open = [];
});
afterEach(async () => {
  for (const { store } of open) await store.close().catch(() => {});
  folder.remove();
});

const start = async (...args: Parameters<typeof OpenNotes.at>): Promise<OpenNotes> => {
  const opened = await OpenNotes.at(...args);
  open.push(opened);
  return opened;
};
const begin = (options: Parameters<typeof OpenNotes.at>[1] = {}) => start(folder.path, options);
const end = async (opened: OpenNotes) => {
  open = open.filter((each) => each !== opened);
  await opened.store.close();
};
/** What a process that is killed at this moment leaves behind, opened by the next one. */
const afterKill = () => start(folder.asAfterKill());

describe('a data folder', () => {
  test('that is not there is made, and begins with the seed', async () => {
    const first = await begin();
    expect(first.texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
    expect(first.words).toMatchObject({ warnings: [], errors: [] });
  });

  test('goes on with what it held when the twin ended', async () => {
    const first = await begin();
    first.put({ id: 3, text: 'new' }, { id: 1, text: 'changed' });
    first.delete(2);
    const value = keptOf(first.runner.world);
    await end(first);
    const second = await begin();
    expect(second.texts).toEqual({ 1: 'changed', 3: 'new' });
    expect(keptOf(second.runner.world)).toEqual(value);
    expect(second.words.infos).toEqual([`Going on with the state in ${folder.path}, as of record 2`]);
  });

  test('goes on with every change that was kept when its process was killed', async () => {
    const first = await begin();
    for (let id = 3; id <= 20; id++) await first.keep({ id, text: `note ${id}` });
    first.delete(5);
    await first.runner.kept();
    const second = await afterKill();
    expect(keptOf(second.runner.world)).toEqual(keptOf(first.runner.world));
    expect(second.words.warnings).toEqual([]);
  });

  test('is the same after many ends and kills', async () => {
    let value: unknown;
    for (let round = 0; round < 5; round++) {
      const opened = await begin();
      if (value) expect(keptOf(opened.runner.world)).toEqual(value);
      await opened.keep({ id: 10 + round, text: `round ${round}` });
      if (round === 2) await opened.store.checkpoint();
      value = keptOf(opened.runner.world);
      expect(keptOf((await afterKill()).runner.world)).toEqual(value);
      await end(opened);
    }
  });

  test('keeps indexes that find the records', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'same' }, { id: 1, text: 'same' });
    const { runner } = await afterKill();
    expect(foundBy(runner.world, { of: notes, scope: noteScope }, 'text', 'same')).toEqual([1, 3]);
    expect(foundBy(runner.world, { of: notes, scope: noteScope }, 'text', 'seed 1')).toEqual([]);
  });

  test('keeps numbers that were given out, even when the record is gone again', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'x' });
    first.delete(3);
    await first.runner.kept();
    const second = await afterKill();
    expect(second.runner.change((draft) => draft.next('puts'))).toBe(3);
  });

  test('does not keep what is volatile', async () => {
    const first = await begin();
    first.runner.change((draft) => draft.table(looks, noteScope).put({ id: 1, text: 'seen' }));
    expect(first.runner.kept()).toBeUndefined();
    await end(first);
    const second = await begin();
    expect(second.runner.world.collection(looks, noteScope).size).toBe(0);
  });

  test('is put right after a restart, by code that knows what is volatile', async () => {
    await end(await begin());
    const second = await begin({
      afterRestart: (draft, now) => void draft.table(looks, noteScope).put({ id: now, text: 'now' }),
    });
    expect(second.runner.world.collection(looks, noteScope).get(hostTime)?.text).toBe('now');
    expect(second.runner.kept()).toBeUndefined();
  });
});

describe('a reset', () => {
  test('goes back to the seed, and that is kept too', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'x' }, { id: 1, text: 'y' });
    first.runner.reset();
    await first.runner.kept();
    expect((await afterKill()).texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
    await first.keep({ id: 4, text: 'after' });
    const second = await afterKill();
    expect(second.texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 4: 'after' });
    expect(keptOf(second.runner.world)).toEqual(keptOf(first.runner.world));
  });

  test('goes back to the seed of the first start after any number of restarts', async () => {
    await end(await begin());
    const second = await begin({
      seed: (() => {
        throw new Error('the scenario is not asked for');
      }) as never,
    });
    await second.keep({ id: 2, text: 'changed' });
    await end(second);
    const third = await begin();
    expect(third.texts).toEqual({ 1: 'seed 1', 2: 'changed' });
    third.runner.reset();
    expect(third.texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
  });

  test('in the middle of a checkpoint is not lost', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'x' });
    const made = first.store.checkpoint();
    first.put({ id: 4, text: 'meanwhile' });
    first.runner.reset();
    first.put({ id: 5, text: 'later' });
    await made;
    await first.runner.kept();
    expect((await afterKill()).texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 5: 'later' });
  });
});

test('a state that is restored is kept as well', async () => {
  const first = await begin();
  await first.keep({ id: 3, text: 'x' });
  const { world } = first.runner;
  await first.keep({ id: 3, text: 'changed' }, { id: 4, text: 'new' });
  first.delete(1);
  first.runner.restore(world);
  await first.runner.kept();
  const second = await afterKill();
  expect(second.texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 3: 'x' });
  expect(keptOf(second.runner.world)).toEqual(keptOf(first.runner.world));
});

describe('a fresh start', () => {
  test('forgets the state and begins with the seed that it is given', async () => {
    const first = await begin();
    first.put({ id: 3, text: 'x' });
    await end(first);
    const second = await begin({ fresh: true });
    expect(second.texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
    await second.keep({ id: 9, text: 'new life' });
    expect((await afterKill()).texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 9: 'new life' });
  });

  test('leaves nothing of the old state behind', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'x', extra: fileContent(Buffer.from('old')) });
    await first.store.checkpoint();
    await end(first);
    await end(await begin({ fresh: true }));
    const names = folder.names();
    expect(names.filter((name) => /manifest|wal|state|files/.test(name))).toHaveLength(2);
    expect(names.filter((name) => name.startsWith('seed-'))).toHaveLength(1);
  });
});

describe('the clock', () => {
  test('goes on as it ran, in every mode', async () => {
    const modes = [
      { choice: { mode: 'frozen', now: 5000 } as const, shown: 5000 },
      { choice: { mode: 'offset', now: hostTime + 1000 } as const, shown: hostTime + 1000 + 60_000 },
      { choice: { mode: 'scaled', now: 0, rate: 10 } as const, shown: 600_000 },
      { choice: { mode: 'real' } as const, shown: hostTime + 60_000 },
    ];
    for (const { choice, shown } of modes) {
      const first = await begin();
      first.runner.clock.set(choice);
      await end(first);
      const second = await begin({ hostNow: () => hostTime + 60_000 });
      expect(second.runner.clock.state()).toMatchObject({ mode: choice.mode, now: shown });
      await end(second);
    }
  });

  test('that was moved is kept when the process is killed, and a reset brings it back', async () => {
    const first = await begin();
    first.runner.clock.advance(1000);
    await first.runner.kept();
    const second = await afterKill();
    expect(second.runner.clock.now()).toBe(hostTime + 1000);
    second.runner.reset();
    expect(second.runner.clock.state()).toMatchObject({ mode: 'frozen', now: hostTime });
  });
});

describe('contents of files', () => {
  const content = (text: string) => fileContent(Buffer.from(text));

  test('stand on the disk once, however many records name them, and are shared again when read', async () => {
    const first = await begin();
    await first.keep(
      { id: 3, text: 'a', extra: content('same') },
      { id: 4, text: 'b', extra: content('same') },
    );
    expect(folder.names().filter((name) => name.startsWith('files/'))).toHaveLength(1);
    const second = await afterKill();
    const [three, four] = [3, 4].map((id) => second.runner.world.collection(notes, noteScope).get(id)?.extra);
    expect(three).toMatchObject({ sha256: content('same').sha256, size: 4 });
    expect(Buffer.from((three as ReturnType<typeof content>).bytes).toString()).toBe('same');
    expect(three).toBe(four);
  });

  test('that nothing names any more are removed, once no checkpoint that is kept needs them', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'a', extra: content('gone soon') });
    await first.store.checkpoint();
    await first.keep({ id: 3, text: 'a', extra: content('stays') });
    const files = () => folder.names().filter((name) => name.startsWith('files/'));
    for (let round = 0; round < 3; round++) await first.store.checkpoint();
    expect(files()).toEqual([`files/${content('stays').sha256}`]);
    await first.keep({ id: 4, text: 'b', extra: content('gone soon') });
    expect(files()).toHaveLength(2);
    expect(keptOf((await afterKill()).runner.world)).toEqual(keptOf(first.runner.world));
  });
});

describe('a checkpoint', () => {
  test('begins a new write-ahead log, and the folder holds no more than two of each', async () => {
    const first = await begin();
    for (let round = 0; round < 5; round++) {
      await first.keep({ id: 10 + round, text: 'x' });
      await first.store.checkpoint();
    }
    const kinds = folder.names().map((name) => name.replace(/-\d+/, ''));
    expect(kinds).toEqual([
      'lock',
      'manifest.json',
      'manifest.json',
      'seed/0001.json',
      'state/0001.json',
      'state/0001.json',
      'wal.jsonl',
      'wal.jsonl',
    ]);
    expect(keptOf((await afterKill()).runner.world)).toEqual(keptOf(first.runner.world));
  });

  test('is not made at the end when nothing happened since the last one', async () => {
    await end(await begin());
    const names = folder.names();
    await end(await begin());
    expect(folder.names()).toEqual(names);
  });

  test('is made at the end otherwise, so that the next start has no write-ahead log to read', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'x' });
    await end(first);
    const second = await begin();
    expect(second.words.infos).toEqual([`Going on with the state in ${folder.path}, as of record 1`]);
    expect(folder.names().filter((name) => name.startsWith('manifest'))).toHaveLength(2);
  });

  test('holds only what differs from the seed', async () => {
    const first = await begin();
    await first.keep({ id: 3, text: 'x' });
    await first.keep({ id: 1, text: 'seed 1' });
    first.delete(2);
    await first.store.checkpoint();
    first.runner.reset();
    await first.runner.kept();
    await first.store.checkpoint();
    expect(folder.names().filter((name) => name.startsWith('state-'))).toHaveLength(1);
  });

  test('of many records is written in parts, and what is called meanwhile is kept beside it', async () => {
    const first = await begin();
    const long = 'x'.repeat(1000);
    await first.keep(...Array.from({ length: 2000 }, (_, at) => ({ id: 100 + at, text: `${at} ${long}` })));
    let isMade = false;
    const made = first.store.checkpoint().then(() => {
      isMade = true;
    });
    let calls = 0;
    while (!isMade) {
      await first.keep({ id: 100 + calls, text: `changed ${calls}` });
      calls += 1;
    }
    await made;
    expect(folder.names().filter((name) => name.startsWith('state-')).length).toBeGreaterThan(7);
    expect(calls).toBeGreaterThan(3);
    expect(keptOf((await afterKill()).runner.world)).toEqual(keptOf(first.runner.world));
  });
});

test('an answer may go out at once when nothing is on its way to the disk', async () => {
  const first = await begin();
  expect(first.runner.kept()).toBeUndefined();
  first.put({ id: 3, text: 'x' });
  expect(first.runner.kept()).toBeInstanceOf(Promise);
  await first.runner.kept();
  expect(first.runner.kept()).toBeUndefined();
});

test('a record that could not be read again is refused, and the call changes nothing', async () => {
  const first = await begin();
  expect(() => first.put({ id: 3, text: 'x', extra: new Map() })).toThrow('A record holds a Map');
  expect(first.texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
  expect(first.runner.kept()).toBeUndefined();
  await first.keep({ id: 3, text: 'y' });
  expect((await afterKill()).texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 3: 'y' });
});

test('a store that ended leaves the runner alone', async () => {
  const first = await begin();
  await end(first);
  first.put({ id: 3, text: 'x' });
  expect(first.runner.kept()).toBeUndefined();
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  formatVersion,
  type Migration,
  migrations,
  migrationsFrom,
} from '../../../src/world/store/format.ts';
import { KeptWorlds } from '../../../src/world/store/kept-worlds.ts';
import { walLine } from '../../../src/world/store/wal-lines.ts';
import { writeFolderOfFormat1 } from '../../support/folder-of-format-1.ts';
import { asVersion } from '../../support/older-folder.ts';
import {
  DataFolder,
  hostTime,
  KeptWords,
  noteScope,
  notes,
  noteTables,
  OpenNotes,
} from '../../support/store.ts';

let folder: DataFolder;
let open: OpenNotes[];
beforeEach(() => {
  folder = new DataFolder();
  open = [];
});
afterEach(async () => {
  for (const { store } of open) await store.close();
  folder.remove();
});

async function start(at: string, migrations?: readonly Migration[]): Promise<OpenNotes> {
  const opened = await OpenNotes.at(at, migrations ? { migrations } : {});
  open.push(opened);
  return opened;
}

/** A folder as another version would have written it: the same files, its number in them. */
async function ofVersion(version: number): Promise<string> {
  const first = await start(folder.path);
  await first.keep({ id: 3, text: 'in the checkpoint' });
  await first.store.checkpoint();
  await first.keep({ id: 4, text: 'in the log' });
  first.delete(1);
  await first.runner.kept();
  const at = folder.asAfterKill();
  asVersion(at, version);
  for (const name of folder.names(at)) {
    const file = path.join(at, name);
    if (name.startsWith('wal')) {
      const [head = '', ...rest] = readFileSync(file, 'utf8').split('\n');
      const json = head
        .slice(head.indexOf('{'))
        .replace(`"version":${formatVersion}`, `"version":${version}`);
      writeFileSync(file, walLine(json) + rest.join('\n'));
    }
  }
  return at;
}

/** In version 0 of these tests a note shouted less. */
const louder: Migration = {
  from: 0,
  record: (at, record) => ({
    path: at,
    record: { ...(record as object), text: (record as { text: string }).text.toUpperCase() },
  }),
};

test('a folder of an older version is brought to this one: checkpoint, write-ahead log and seed', async () => {
  const at = await ofVersion(0);
  const second = await start(at, [louder, ...migrations]);
  expect(second.texts).toEqual({ 2: 'SEED 2', 3: 'IN THE CHECKPOINT', 4: 'IN THE LOG' });
  await second.keep({ id: 5, text: 'new' });
  await second.store.close();
  open.pop();
  const third = await start(at);
  expect(third.texts).toEqual({ 2: 'SEED 2', 3: 'IN THE CHECKPOINT', 4: 'IN THE LOG', 5: 'new' });
  third.runner.reset();
  expect(third.texts).toEqual({ 1: 'SEED 1', 2: 'SEED 2' });
  expect(third.words.warnings).toEqual([]);
});

test('a folder of format 2, whose records have no checksums, is brought to this one', async () => {
  const at = await ofVersion(2);
  const second = await start(at);
  expect(second.texts).toEqual({ 2: 'seed 2', 3: 'in the checkpoint', 4: 'in the log' });
  expect(second.words.warnings).toEqual([]);
});

test('a folder of format 1 goes on with everything in it: logs, checkpoints, attachments and forks', async () => {
  writeFolderOfFormat1(folder.path);
  const words = new KeptWords();
  const openAll = () =>
    KeptWorlds.open(folder.path, {
      tables: noteTables,
      seed: () => {
        throw new Error('there is a state');
      },
      hostNow: () => hostTime,
      log: words,
      checkpointEveryMs: 0,
    });
  // The second time it reads what the first one made of it.
  for (const _ of ['old', 'new']) {
    await using worlds = await openAll();
    const main = new OpenNotes(worlds.main, words);
    expect(main.texts).toEqual({ 2: 'seed 2', 3: 'in the snapshot', 4: 'in the journal' });
    const extra = main.runner.world.collection(notes, noteScope).get(4)?.extra;
    expect(extra).toMatchObject({ file: { size: 13, bytes: Buffer.from('an attachment') }, big: 12n });
    const [fork, ...others] = worlds.list();
    expect(others).toEqual([]);
    expect(fork?.note.name).toBe('fork');
    expect(
      fork?.store.world
        .collection(notes, noteScope)
        .sorted()
        .map(({ id }) => id),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(main.runner.world.counters.get('puts')).toBe(3);
  }
  expect(words.warnings).toEqual([]);
  expect(words.errors).toEqual([]);
  expect(folder.names().filter((name) => name.includes('journal'))).toEqual([]);
});

test('a folder of an older version that nothing is known of is refused and left as it is', async () => {
  const at = await ofVersion(0);
  const names = folder.names(at);
  await expect(start(at)).rejects.toThrow(
    `The data folder ${at} has format 0, which this version no longer reads (it knows ${formatVersion}).`,
  );
  expect(folder.names(at)).toEqual(names);
});

test('a folder of a newer version is refused and left as it is', async () => {
  const at = await ofVersion(7);
  const names = folder.names(at);
  await expect(start(at)).rejects.toThrow(
    `The data folder ${at} was written by a newer Twintrack: it has format 7, this one knows ${formatVersion}. Use that version, or another folder.`,
  );
  expect(folder.names(at)).toEqual(names);
});

test('a folder with records that nothing is known of is refused and left as it is', async () => {
  const at = await ofVersion(formatVersion);
  const names = folder.names(at);
  await expect(OpenNotes.at(at, { tables: { test: [] } })).rejects.toThrow(
    'The state holds records of "test:A/B/notes", which this version of Twintrack does not know.',
  );
  expect(folder.names(at)).toEqual(names);
});

test('migrations follow each other without a gap', () => {
  const from = (version: number): Migration => ({ ...louder, from: version });
  expect(migrationsFrom(formatVersion, [])).toEqual([]);
  expect(migrationsFrom(formatVersion - 2, [from(formatVersion - 1), from(formatVersion - 2)])).toHaveLength(
    2,
  );
  expect(migrationsFrom(formatVersion - 2, [from(formatVersion - 2)])).toBeUndefined();
});

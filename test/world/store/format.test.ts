import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checksum } from '../../../src/world/store/checksum.ts';
import { formatVersion, type Migration, migrationsFrom } from '../../../src/world/store/format.ts';
import { journalLine } from '../../../src/world/store/journal-lines.ts';
import { DataFolder, OpenNotes } from '../../support/store.ts';

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
  await first.keep({ id: 3, text: 'in the snapshot' });
  await first.store.snapshot();
  await first.keep({ id: 4, text: 'in the journal' });
  first.delete(1);
  await first.runner.kept();
  const at = folder.asAfterKill();
  for (const name of folder.names(at)) {
    const file = path.join(at, name);
    if (name.startsWith('manifest')) {
      const { checksum: _, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const old = { ...manifest, version };
      writeFileSync(file, JSON.stringify({ ...old, checksum: checksum(JSON.stringify(old)) }));
    } else if (name.startsWith('journal')) {
      const [head = '', ...rest] = readFileSync(file, 'utf8').split('\n');
      const json = head.slice(head.indexOf('{')).replace('"version":1', `"version":${version}`);
      writeFileSync(file, journalLine(json) + rest.join('\n'));
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

test('a folder of an older version is brought to this one: snapshot, journal and seed', async () => {
  const at = await ofVersion(0);
  const second = await start(at, [louder]);
  expect(second.texts).toEqual({ 2: 'SEED 2', 3: 'IN THE SNAPSHOT', 4: 'IN THE JOURNAL' });
  await second.keep({ id: 5, text: 'new' });
  await second.store.close();
  open.pop();
  const third = await start(at);
  expect(third.texts).toEqual({ 2: 'SEED 2', 3: 'IN THE SNAPSHOT', 4: 'IN THE JOURNAL', 5: 'new' });
  third.runner.reset();
  expect(third.texts).toEqual({ 1: 'SEED 1', 2: 'SEED 2' });
  expect(third.words.warnings).toEqual([]);
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

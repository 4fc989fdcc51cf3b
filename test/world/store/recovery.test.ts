import {
  appendFileSync,
  cpSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileContent } from '../../../src/world/file-content.ts';
import { salvaged } from '../../../src/world/store/salvage.ts';
import { StoreError } from '../../../src/world/store/store-error.ts';
import { walLine } from '../../../src/world/store/wal-lines.ts';
import { DataFolder, keptOf, noteScope, notes, noteTables, OpenNotes } from '../../support/store.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

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

async function start(at = folder.path): Promise<OpenNotes> {
  const opened = await OpenNotes.at(at);
  open.push(opened);
  return opened;
}

/** A folder with the notes 1 to 5 as a killed process left it, a checkpoint before 4, and the size after each. */
async function left(): Promise<{ at: string; sizes: number[] }> {
  const first = await start();
  await first.keep({ id: 3, text: 'in the checkpoint' });
  await first.store.checkpoint();
  const sizes = [];
  for (const id of [4, 5]) {
    await first.keep({ id, text: `note ${id}` });
    sizes.push(statSync(path.join(folder.path, 'wal-000002.jsonl')).size);
  }
  return { at: folder.asAfterKill(), sizes };
}

const all = { 1: 'seed 1', 2: 'seed 2', 3: 'in the checkpoint', 4: 'note 4', 5: 'note 5' };
const wal = (at: string) => path.join(at, 'wal-000002.jsonl');

describe('a write-ahead log', () => {
  test('that is another one under its name is told and does not count', async () => {
    const { at } = await left();
    cpSync(wal(at), path.join(at, 'wal-000003.jsonl'));
    const { texts, words } = await start(at);
    expect(texts).toEqual(all);
    expect(words.warnings).toEqual([
      expect.stringContaining(
        'wal-000003.jsonl is damaged at byte 0: it is wal-000002.jsonl under another name',
      ),
    ]);
  });

  test('whose end is cut off is read up to the last whole record, and the rest is kept aside', async () => {
    const { at, sizes } = await left();
    truncateSync(wal(at), (sizes[1] ?? 0) - 10);
    const { texts, words } = await start(at);
    expect(texts).toEqual({ ...all, 5: undefined });
    expect(words.warnings).toEqual([
      `${wal(at)} is damaged at byte ${sizes[0]}: the last line is cut off. The state is as of record 2, the last one that is whole; the ${(sizes[1] ?? 0) - (sizes[0] ?? 0) - 10} bytes behind it are kept in ${wal(at)}.damaged.`,
    ]);
    expect(statSync(`${wal(at)}.damaged`).size).toBe((sizes[1] ?? 0) - (sizes[0] ?? 0) - 10);
  });

  test('that is damaged in the middle is read up to there: what follows was made from what is missing', async () => {
    const { at, sizes } = await left();
    const bytes = readFileSync(wal(at));
    const place = (sizes[0] ?? 0) - 5;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(wal(at), bytes);
    const { texts, words } = await start(at);
    expect(texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 3: 'in the checkpoint' });
    expect(words.warnings[0]).toMatch(/wal-000002\.jsonl is damaged at byte \d+: the checksum is wrong\./);
    expect(readFileSync(`${wal(at)}.damaged`).includes('note 5')).toBe(true);
  });

  test('goes on behind the last whole record, and the next start finds nothing to complain about', async () => {
    const { at } = await left();
    appendFileSync(wal(at), '123:rubbish');
    const second = await start(at);
    expect(second.texts).toEqual(all);
    await second.keep({ id: 6, text: 'goes on' });
    const value = keptOf(second.runner.world);
    await second.store.close();
    open.pop();
    const third = await start(at);
    expect(keptOf(third.runner.world)).toEqual(value);
    expect(third.words.warnings).toEqual([]);
  });

  test('keeps each rest aside, also when it is damaged again and again', async () => {
    const { at } = await left();
    for (let round = 0; round < 2; round++) {
      const last =
        folder
          .names(at)
          .filter((name) => /^wal-\d+\.jsonl$/.test(name))
          .at(-1) ?? '';
      appendFileSync(path.join(at, last), 'rubbish');
      await (await start(at)).store.close();
      open.pop();
    }
    expect(folder.names(at).filter((each) => each.includes('.damaged'))).toHaveLength(2);
  });

  test('that is not there is missed', async () => {
    const { at } = await left();
    rmSync(wal(at));
    const { texts, words } = await start(at);
    expect(texts).toEqual({ 1: 'seed 1', 2: 'seed 2', 3: 'in the checkpoint' });
    expect(words.warnings).toEqual([
      `${wal(at)} is missing. The state is as of record 1, the last one of the checkpoint; what was written behind it is lost.`,
    ]);
  });

  test('that was cut to nothing is told as any other damage, once', async () => {
    const { at } = await left();
    writeFileSync(path.join(at, 'wal-000003.jsonl'), '');
    const second = await start(at);
    expect(second.texts).toEqual(all);
    expect(second.words.warnings).toEqual([
      `${path.join(at, 'wal-000003.jsonl')} is damaged at byte 0: it is empty, and what it held is lost. The state is as of record 3, the last one before it.`,
    ]);
    await second.store.close();
    open.pop();
    expect((await start(at)).words.warnings).toEqual([]);
  });

  test('that follows on a damaged one is set aside with it', async () => {
    const first = await start();
    await first.keep({ id: 3, text: 'x' });
    // A checkpoint that is not finished leaves two write-ahead logs behind the one before.
    await first.store.checkpoint();
    await first.keep({ id: 4, text: 'y' });
    const at = folder.asAfterKill();
    rmSync(path.join(at, 'manifest-000002.json'));
    truncateSync(path.join(at, 'wal-000001.jsonl'), statSync(path.join(at, 'wal-000001.jsonl')).size - 3);
    const { texts, words } = await start(at);
    expect(texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
    expect(words.warnings).toHaveLength(2);
    expect(words.warnings[1]).toBe(
      `${wal(at)} follows on what is damaged, so it was not read; it is kept as ${wal(at)}.damaged.`,
    );
  });
});

describe('a checkpoint that is damaged', () => {
  const part = (at: string) => path.join(at, 'state-000002', '0001.json');
  const manifest = (at: string) => path.join(at, 'manifest-000002.json');

  test.each([
    [
      'cut off',
      (at: string) => truncateSync(part(at), statSync(part(at)).size - 4),
      /it has \d+ bytes, and had/,
    ],
    ['not there', (at: string) => rmSync(part(at)), /it is not there/],
    [
      'not what was written',
      (at: string) =>
        writeFileSync(part(at), readFileSync(part(at), 'utf8').replace('checkpoint', 'checkpaint')),
      /the checksum is wrong/,
    ],
  ])(
    'because a part is %s is not needed: the one before it and the write-ahead logs hold everything',
    async (_, spoil, why) => {
      const { at } = await left();
      spoil(at);
      const second = await start(at);
      expect(second.texts).toEqual(all);
      expect(second.words.warnings).toHaveLength(1);
      expect(second.words.warnings[0]).toContain(`${part(at)} is damaged at byte `);
      expect(second.words.warnings[0]).toMatch(why);
      expect(second.words.warnings[0]).toContain('Nothing is lost: ');
      await second.store.close();
      open.pop();
      const third = await start(at);
      expect(third.texts).toEqual(all);
      expect(third.words.warnings).toEqual([]);
    },
  );

  test('in its manifest is not needed either', async () => {
    const { at } = await left();
    truncateSync(manifest(at), 100);
    const { texts, words } = await start(at);
    expect(texts).toEqual(all);
    expect(words.warnings[0]).toMatch(/manifest-000002\.json is damaged at byte \d+: .+ Nothing is lost: /);
    expect(folder.names(at)).toContain('manifest-000002.json.damaged');
  });

  test('by an edit of its manifest is noticed', async () => {
    const { at } = await left();
    writeFileSync(manifest(at), readFileSync(manifest(at), 'utf8').replace('"after": 1', '"after": 0'));
    const { texts, words } = await start(at);
    expect(texts).toEqual(all);
    expect(words.warnings[0]).toContain('the checksum is wrong');
  });
});

describe('a state that cannot be read at all stops the start, and nothing is changed,', () => {
  const refused = async (at: string): Promise<string> => {
    const names = folder.names(at);
    const error = await start(at).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(folder.names(at)).toEqual(names);
    return (error as Error).message;
  };

  test('when its seed is damaged', async () => {
    const { at } = await left();
    const part = path.join(at, 'seed-000001', '0001.json');
    truncateSync(part, statSync(part).size - 20);
    const message = await refused(at);
    expect(message).toMatch(
      /^The state in the data folder .+ cannot be read: .+0001\.json is damaged at byte \d+: /,
    );
    expect(message).toContain(
      'Nothing was changed. Put the folder back from a copy, take out what is whole with "twintrack data repair"',
    );
  });

  test('when its manifests are gone', async () => {
    const { at } = await left();
    for (const name of folder.names(at)) if (name.startsWith('manifest')) rmSync(path.join(at, name));
    expect(await refused(at)).toContain('its manifest is missing');
  });

  test('when the content of a file that its checkpoints name is gone', async () => {
    const first = await start();
    await first.keep({ id: 3, text: 'x', extra: fileContent(Buffer.from('bytes')) });
    for (let round = 0; round < 2; round++) await first.store.checkpoint();
    const at = folder.asAfterKill();
    const [name = ''] = folder.names(at).filter((each) => each.startsWith('files'));
    rmSync(path.join(at, name));
    expect(await refused(at)).toContain(
      `${path.join(at, name)} is damaged at byte 0: it cannot be read (ENOENT)`,
    );
  });
});

test('a file that is not what it was stops the start, and no record is lost for it', async () => {
  const first = await start();
  await first.keep({ id: 3, text: 'x' });
  await first.keep({ id: 4, text: 'with a file', extra: fileContent(Buffer.from('bytes')) });
  await first.keep({ id: 5, text: 'after' });
  const at = folder.asAfterKill();
  const [name = ''] = folder.names(at).filter((each) => each.startsWith('files'));
  writeFileSync(path.join(at, name), 'bites');
  const names = folder.names(at);
  await expect(start(at)).rejects.toThrow('the content does not fit the name, which is its hash');
  expect(folder.names(at)).toEqual(names);
  const { worlds, problems } = await salvaged(at, { tables: noteTables });
  const records = worlds[0]?.state?.world.collection(notes, noteScope).sorted() ?? [];
  expect(records.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  expect(records[3]?.extra).toEqual(fileContent(Buffer.from('bites')));
  expect(problems).toEqual([expect.stringContaining('its bytes are taken as they stand')]);
});

test('a start that was killed before its first checkpoint was whole begins anew', async () => {
  await start();
  const at = folder.asAfterKill();
  renameSync(path.join(at, 'manifest-000001.json'), path.join(at, '.manifest-000001.json.tmp'));
  const { texts, words } = await start(at);
  expect(texts).toEqual({ 1: 'seed 1', 2: 'seed 2' });
  expect(words.warnings).toEqual([]);
  expect(folder.names(at).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a fresh start that was killed before it was whole leaves the state as it was', async () => {
  const first = await start();
  await first.keep({ id: 3, text: 'x' });
  const at = folder.asAfterKill();
  const head = { wal: 2, after: 0, version: 1 };
  writeFileSync(path.join(at, 'wal-000002.jsonl'), walLine(JSON.stringify(head)));
  const second = await start(at);
  expect([second.texts[3], second.words.warnings]).toEqual(['x', []]);
  await second.keep({ id: 4, text: 'y' });
  const third = await start(folder.asAfterKill(at));
  expect([third.texts[4], third.words.warnings]).toEqual(['y', []]);
});

test('a checkpoint that was killed at any step leaves everything readable', async () => {
  const copies: string[] = [];
  let isWatching = false;
  const disk = watchedDisk(() => {
    if (isWatching) copies.push(folder.asAfterKill());
  });
  const first = await OpenNotes.at(folder.path, { disk });
  open.push(first);
  await first.keep({ id: 3, text: 'x' });
  await first.store.checkpoint();
  await first.keep({ id: 4, text: 'y' });
  const value = keptOf(first.runner.world);
  isWatching = true;
  await first.store.checkpoint();
  isWatching = false;
  expect(copies.length).toBeGreaterThan(5);
  for (const copy of copies) {
    const opened = await start(copy);
    expect(keptOf(opened.runner.world)).toEqual(value);
    expect(opened.words.warnings).toEqual([]);
  }
});

test('files that are not ours are left alone', async () => {
  const first = await start();
  writeFileSync(path.join(folder.path, 'README'), 'mine');
  await first.store.checkpoint();
  await first.store.checkpoint();
  expect(folder.names()).toContain('README');
});

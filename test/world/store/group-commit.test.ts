import { expect, test } from 'vitest';
import { type Group, GroupCommit } from '../../../src/world/store/group-commit.ts';

/** A group commit whose writes end when the test says so. */
function started() {
  const groups: (readonly string[])[] = [];
  const kept: number[] = [];
  const lost: number[] = [];
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let begun: () => void = () => {};
  const commits = new GroupCommit<number>({
    write: ({ lines }: Group<number>) => {
      groups.push([...lines]);
      begun();
      return new Promise((resolve, reject) => ends.push({ resolve, reject }));
    },
    onKept: (mark) => kept.push(mark),
    onLost: (error, records) => {
      lost.push(records);
      return new Error(`lost: ${(error as Error).message}`);
    },
  });
  const add = (mark: number) => commits.add({ line: `line ${mark}`, files: new Map(), mark });
  const writing = async (count: number) => {
    while (ends.length < count) {
      await new Promise<void>((resolve) => {
        begun = resolve;
      });
    }
    return ends[count - 1];
  };
  return { commits, groups, kept, lost, add, writing };
}

test('records that come while others are written share the next wait for the disk', async () => {
  const { commits, groups, kept, add, writing } = started();
  add(1);
  const first = await writing(1);
  for (const mark of [2, 3, 4]) add(mark);
  const all = commits.pending();
  first?.resolve();
  (await writing(2))?.resolve();
  await all;
  expect(groups).toEqual([['line 1'], ['line 2', 'line 3', 'line 4']]);
  expect(kept).toEqual([1, 4]);
  expect(commits.pending()).toBeUndefined();
});

test('records of one turn go together', async () => {
  const { commits, groups, add, writing } = started();
  for (const mark of [1, 2, 3]) add(mark);
  (await writing(1))?.resolve();
  await commits.pending();
  expect(groups).toHaveLength(1);
});

test('when a group fails, what was made on top of it is lost too, and the next one is written again', async () => {
  const { commits, kept, lost, add, writing } = started();
  add(1);
  const first = await writing(1);
  const one = commits.pending();
  for (const mark of [2, 3]) add(mark);
  const three = commits.pending();
  first?.reject(new Error('full'));
  await expect(one).rejects.toThrow('lost: full');
  await expect(three).rejects.toThrow('lost: full');
  expect([lost, kept]).toEqual([[3], []]);
  expect(commits.pending()).toBeUndefined();
  add(4);
  (await writing(2))?.resolve();
  await commits.pending();
  expect(kept).toEqual([4]);
});

test('a task has the journal for itself, and nothing is overtaken', async () => {
  const { commits, groups, add, writing } = started();
  add(1);
  const first = await writing(1);
  const order: string[] = [];
  const task = commits.between(async () => {
    order.push(`task after ${groups.length}`);
    return 'done';
  });
  add(2);
  first?.resolve();
  expect(await task).toBe('done');
  (await writing(2))?.resolve();
  await commits.pending();
  expect(order).toEqual(['task after 1']);
  await expect(commits.between(() => Promise.reject(new Error('of the task')))).rejects.toThrow(
    'of the task',
  );
});

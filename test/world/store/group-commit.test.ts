import { describe, expect, test } from 'vitest';
import { type Group, GroupCommit } from '../../../src/world/store/group-commit.ts';

interface Write {
  readonly lines: readonly string[];
  readonly end: () => void;
  readonly fail: (message: string) => void;
}

/** A group commit whose writes end when the test says so. */
function started(more: Partial<ConstructorParameters<typeof GroupCommit<number>>[0]> = {}) {
  const writes: Write[] = [];
  const told: string[] = [];
  let begun: () => void = () => {};
  const commits = new GroupCommit<number>({
    prepare: () => undefined,
    write: ({ lines }: Group<number>) =>
      new Promise((resolve, reject) => {
        const end = () => resolve(lines.length);
        writes.push({ lines: [...lines], end, fail: (message) => reject(new Error(message)) });
        begun();
      }),
    onKept: (mark, bytes) => told.push(`kept ${mark} (${bytes})`),
    onLost: (error, records) => {
      told.push(`lost ${records}`);
      return new Error(`lost: ${(error as Error).message}`);
    },
    cleanUp: async () => void told.push('cleaned'),
    ...more,
  });
  const add = (...marks: number[]) => {
    for (const mark of marks) commits.add({ line: `line ${mark}`, files: new Map(), mark });
    return commits.pending();
  };
  /** Waits until so many writes were begun; gives the last of them. */
  const write = async (count: number): Promise<Write> => {
    while (writes.length < count) {
      await new Promise<void>((resolve) => {
        begun = resolve;
      });
    }
    return writes[count - 1] as Write;
  };
  return { commits, writes, told, add, write };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('records of one turn of the event loop share one wait for the disk', async () => {
  const { commits, writes, told, add, write } = started();
  const all = add(1, 2, 3);
  (await write(1)).end();
  await all;
  expect(writes.map(({ lines }) => lines)).toEqual([['line 1', 'line 2', 'line 3']]);
  expect(told).toEqual(['kept 3 (3)']);
  expect(commits.pending()).toBeUndefined();
});

test('records that come while two groups are on their way go together in the next one', async () => {
  const { writes, told, add, write } = started();
  add(1);
  const first = await write(1);
  add(2);
  await write(2);
  for (const mark of [3, 4, 5]) {
    add(mark);
    await turn();
  }
  expect(writes).toHaveLength(2);
  first.end();
  (await write(3)).end();
  expect(writes[2]?.lines).toEqual(['line 3', 'line 4', 'line 5']);
  expect(told).toEqual(['kept 1 (1)']);
});

test('a group counts when all before it do, also when the disk is through with it first', async () => {
  const { commits, told, add, write } = started();
  const one = add(1);
  const first = await write(1);
  const two = add(2);
  (await write(2)).end();
  await turn();
  expect(told).toEqual([]);
  expect(commits.pending()).toBe(two);
  first.end();
  await Promise.all([one, two]);
  expect(told).toEqual(['kept 1 (1)', 'kept 2 (1)']);
});

describe('when a group fails', () => {
  test('all that was made on top of it is lost too, and what comes then is written again', async () => {
    const { commits, told, add, write } = started();
    const one = add(1);
    const first = await write(1);
    const two = add(2);
    const second = await write(2);
    const three = add(3, 4);
    first.fail('full');
    await turn();
    expect(told).toEqual([]);
    second.end();
    for (const lost of [one, two, three]) await expect(lost).rejects.toThrow('lost: full');
    expect(told).toEqual(['lost 4', 'cleaned']);
    expect(commits.pending()).toBeUndefined();
    const five = add(5);
    (await write(3)).end();
    await five;
    expect(told.at(-1)).toBe('kept 5 (1)');
  });

  test('those before it still count', async () => {
    const { told, add, write } = started();
    const one = add(1);
    const first = await write(1);
    const two = add(2);
    (await write(2)).fail('full');
    first.end();
    await one;
    await expect(two).rejects.toThrow('lost: full');
    expect(told).toEqual(['kept 1 (1)', 'lost 1', 'cleaned']);
  });

  test('because it could not be prepared, it is lost as well', async () => {
    const { told, writes, add } = started({ prepare: () => Promise.reject(new Error('no room')) });
    await expect(add(1)).rejects.toThrow('lost: no room');
    expect([told, writes]).toEqual([['lost 1', 'cleaned'], []]);
  });
});

describe('a task', () => {
  test('has the write-ahead log for itself: what was begun ends before, what was added comes after', async () => {
    const { commits, writes, add, write } = started();
    add(1);
    const first = await write(1);
    const task = commits.between(async () => writes.length);
    const two = add(2);
    await turn();
    expect(writes).toHaveLength(1);
    first.end();
    expect(await task).toBe(1);
    (await write(2)).end();
    await two;
  });

  test('that fails is told so and harms nobody', async () => {
    const { commits, add, write } = started();
    await expect(commits.between(() => Promise.reject(new Error('of the task')))).rejects.toThrow(
      'of the task',
    );
    const one = add(1);
    (await write(1)).end();
    await one;
  });
});

test('nothing else is written while a group is prepared', async () => {
  let ready: () => void = () => {};
  const order: string[] = [];
  const { writes, add, write } = started({
    prepare: ({ lines }) => {
      order.push(lines.join());
      return lines.includes('line 1') ? new Promise((resolve) => (ready = resolve)) : undefined;
    },
  });
  add(1);
  await turn();
  await turn();
  add(2);
  await turn();
  expect([order, writes]).toEqual([['line 1'], []]);
  ready();
  await write(2);
  expect(writes.map(({ lines }) => lines[0])).toEqual(['line 1', 'line 2']);
});

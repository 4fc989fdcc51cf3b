import { describe, expect, test } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { Runner } from '../../src/runner/runner.ts';
import { Snapshots } from '../../src/snapshots/snapshots.ts';
import { Clock } from '../../src/world/clock.ts';
import { Draft } from '../../src/world/draft.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { StateBudget, StateFullError } from '../../src/world/state-budget.ts';
import { weightOver } from '../../src/world/state-ground.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';

interface Note {
  readonly id: number;
  readonly text: string;
}
const notes = table<Note>('notes', { key: ({ id }) => id });

/** As large as 100 kB of memory. */
const large = (id: number, text = 'x'): Note => ({ id, text: text.repeat(50_000) });
const size = 100_000;
const worldSize = 16 * 1024;

function runnerOf(budget: StateBudget, world = new World('seed'), seedWorld = world): Runner {
  return new Runner(world, new Clock(() => 0, { mode: 'real' }), {
    seedWorld,
    bound: { budget, refusal: (api, hint) => new ProductFault(1, api, hint) },
  });
}

const put = (runner: Runner, note: Note): void =>
  runner.call(
    { api: 'aptest', name: 'put', input: {} },
    { run: (draft) => void draft.table(notes, 'scope').put(note) },
  );
const remove = (runner: Runner, id: number): void =>
  runner.change((draft) => draft.table(notes, 'scope').delete(id));

function expectUsed(budget: StateBudget, count: number, worlds = 1): void {
  const used = budget.used - worlds * worldSize;
  expect(used).toBeGreaterThanOrEqual(count * size);
  expect(used).toBeLessThan(count * size + 20_000);
}

describe('the state that a twin may hold', () => {
  test('is counted by what changes, down to nothing again', () => {
    const budget = new StateBudget(1e9);
    const runner = runnerOf(budget);
    const empty = budget.used;
    put(runner, large(1));
    put(runner, large(2));
    expectUsed(budget, 2);
    put(runner, large(2, 'y'));
    expectUsed(budget, 2);
    remove(runner, 1);
    remove(runner, 2);
    expect(budget.used).toBe(empty);
  });

  test('refuses a call that needs more, by the product, with the setting in the hint, and changes nothing', () => {
    const budget = new StateBudget(3 * size);
    const runner = runnerOf(budget);
    put(runner, large(1));
    put(runner, large(2));
    const before = runner.world;
    const outcomes: unknown[] = [];
    runner.observe(({ fault, mistake }) => outcomes.push({ code: fault?.code, mistake }));
    expect(() => put(runner, large(3))).toThrow(
      expect.objectContaining({ code: 1, hint: expect.stringContaining('--max-state') }),
    );
    expect(runner.world).toBe(before);
    expect(outcomes).toEqual([{ code: 1, mistake: undefined }]);
    expect(() => runner.change((draft) => draft.table(notes, 'scope').put(large(3)))).toThrow(StateFullError);
    expect(runner.world).toBe(before);
  });

  test('lets small calls in when it is full, and large ones again when something is gone', () => {
    const budget = new StateBudget(3 * size);
    const runner = runnerOf(budget);
    put(runner, large(1));
    put(runner, large(2));
    expect(() => put(runner, large(3))).toThrow(ProductFault);
    put(runner, { id: 4, text: 'a logon' });
    remove(runner, 1);
    put(runner, large(3));
  });

  test('holds the seed beside what took its place', () => {
    const budget = new StateBudget(1e9);
    const start = new Runner(new World('seed'), new Clock(() => 0, { mode: 'real' }));
    put(start, large(1));
    const runner = runnerOf(budget, start.world);
    expectUsed(budget, 1);
    put(runner, large(1, 'y'));
    expectUsed(budget, 2);
    runner.reset();
    expectUsed(budget, 1);
  });

  test('counts what worlds share once, and what one of them has for itself as long as it lives', () => {
    const budget = new StateBudget(1e9);
    const runner = runnerOf(budget);
    for (let id = 0; id < 10; id++) put(runner, large(id));
    const forks = Array.from({ length: 10 }, () => runnerOf(budget, runner.world));
    expectUsed(budget, 10, 11);
    for (const fork of forks) put(fork, large(0, 'y'));
    expectUsed(budget, 20, 11);
    // The origin deletes everything: the forks still hold it.
    for (let id = 0; id < 10; id++) remove(runner, id);
    expectUsed(budget, 20, 11);
    for (const fork of forks) fork.end();
    expectUsed(budget, 0);
  });

  test('counts what snapshots hold until they are dropped, in whatever order', () => {
    const budget = new StateBudget(1e9);
    const runner = runnerOf(budget);
    const snapshots = new Snapshots(runner, 100, budget);
    for (let round = 0; round < 5; round++) {
      put(runner, large(1, String(round % 10)));
      snapshots.take(`s${round}`);
    }
    expectUsed(budget, 5);
    put(runner, large(1, 'l'));
    expectUsed(budget, 6);
    snapshots.restore('s2');
    expectUsed(budget, 5);
    snapshots.drop('s0');
    expectUsed(budget, 4);
    snapshots.drop('s3');
    snapshots.drop('s1');
    expectUsed(budget, 2);
    snapshots.drop('s2');
    expectUsed(budget, 2);
    snapshots.drop('s4');
    expectUsed(budget, 1);
    runner.reset();
    expectUsed(budget, 0);
  });

  test('does not grow with snapshots that come and go', () => {
    const budget = new StateBudget(1e9);
    const runner = runnerOf(budget);
    const snapshots = new Snapshots(runner, 3, budget);
    for (let round = 0; round < 50; round++) {
      put(runner, large(1, String(round % 10)));
      snapshots.take(`s${round}`);
      if (round > 0) snapshots.drop(`s${round - 1}`);
    }
    expectUsed(budget, 1);
  });

  test('is the same after a change that could not be kept', () => {
    const budget = new StateBudget(1e9);
    const runner = runnerOf(budget);
    const { world } = runner;
    const empty = budget.used;
    put(runner, large(1));
    runner.takeBack(world);
    expect(budget.used).toBe(empty);
  });

  test('goes on with another seed, and forgets the one before', () => {
    const budget = new StateBudget(1e9);
    const made = (count: number) => {
      const start = new Runner(new World('seed'), new Clock(() => 0, { mode: 'real' }));
      for (let id = 0; id < count; id++) put(start, large(id));
      return start.world;
    };
    const runner = runnerOf(budget, made(3));
    expectUsed(budget, 3);
    runner.startOver(made(2), { mode: 'real' });
    expectUsed(budget, 2);
  });
});

test('a table that shares nothing with the other is weighed by its first records', () => {
  let asked = 0;
  const counted = table<Note>('counted', {
    key: ({ id }) => {
      asked += 1;
      return id;
    },
  });
  const worldOf = (text: string) => {
    const draft = new Draft(new World('seed'));
    atOnce(draft.table(counted, 'scope').filling(Array.from({ length: 30_000 }, (_, id) => ({ id, text }))));
    return draft.commit();
  };
  const [one, other] = [worldOf('one'), worldOf('two')];
  asked = 0;
  const weight = weightOver(one, other);
  expect(asked).toBeLessThan(12_000);
  const alone = weightOver(new World('seed'), other);
  expect(weight / alone).toBeGreaterThan(0.9);
  expect(weight / alone).toBeLessThan(1.1);
});

import { expect, test } from 'vitest';
import type { Outcome } from '../../src/runner/call.ts';
import { Runner } from '../../src/runner/runner.ts';
import { Clock } from '../../src/world/clock.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';

interface Entry {
  readonly id: number;
}
const entries = table<Entry>('entries', { key: (entry) => entry.id });
const call = { api: 'testtrack', name: 'addEntry', input: {} } as const;
const refused = new ProductFault(22, 'locked', 'why it is locked');

function started(checks: ((world: World) => string[])[] = []) {
  const world = new World('seed');
  const runner = new Runner(world, new Clock(() => 1000, { mode: 'frozen', now: 1000 }), { checks });
  const outcomes: Outcome[] = [];
  runner.observe((outcome) => outcomes.push(outcome));
  const size = () => runner.world.collection(entries, 's').size;
  return { runner, world, outcomes, size };
}

test('a call that succeeds is committed and told to the observers', () => {
  const { runner, outcomes, size } = started();
  const result = runner.call(call, {
    run: (draft, now) => draft.table(entries, 's').put({ id: now }).id,
  });
  expect([result, size()]).toEqual([1000, 1]);
  expect(outcomes).toMatchObject([{ call, now: 1000, result: 1000 }]);
  expect(outcomes[0]?.changes()).toEqual([
    { path: 's/entries', key: 1000, before: undefined, after: { id: 1000 } },
  ]);
});

test('a call that is refused changes nothing, and its hint is told to the observers', () => {
  const { runner, world, outcomes } = started();
  const run = () =>
    runner.call(call, {
      run: (draft) => {
        draft.table(entries, 's').put({ id: 1 });
        throw refused;
      },
    });
  expect(run).toThrow(refused);
  expect(runner.world).toBe(world);
  expect(outcomes).toMatchObject([
    { call, now: 1000, fault: { code: 22, text: 'locked', hint: 'why it is locked' } },
  ]);
  expect(outcomes[0]?.changes()).toEqual([]);
});

test('a call that is refused before it is made is told to the observers, and nothing is run', () => {
  const { runner, world, outcomes } = started();
  runner.refuse(call, refused);
  expect(runner.world).toBe(world);
  expect(outcomes).toEqual([
    {
      call,
      now: 1000,
      durationMs: 0,
      result: undefined,
      fault: { code: 22, text: 'locked', hint: 'why it is locked' },
      mistake: undefined,
      before: world,
      after: world,
      changes: expect.any(Function),
    },
  ]);
  expect(outcomes[0]?.changes()).toEqual([]);
});

test('what time has done is kept even when the call is refused', () => {
  const { runner, size } = started();
  const run = () =>
    runner.call(call, {
      settle: (draft) => void draft.table(entries, 's').put({ id: 7 }),
      run: () => {
        throw refused;
      },
    });
  expect(run).toThrow(refused);
  expect(size()).toBe(1);
});

test('a call that breaks an invariant is not committed', () => {
  const { runner, size } = started([
    (world) => (world.collection(entries, 's').size > 1 ? ['two entries'] : []),
  ]);
  const add = (id: number) => runner.call(call, { run: (draft) => draft.table(entries, 's').put({ id }) });
  add(1);
  expect(() => add(2)).toThrow('addEntry broke the state: two entries');
  expect(size()).toBe(1);
});

test('a reset goes back to the seed, state and clock', () => {
  const { runner, world } = started();
  runner.call(call, { run: (draft) => draft.table(entries, 's').put({ id: 1 }) });
  runner.clock.advance(5000);
  runner.reset();
  expect(runner.world).toBe(world);
  expect(runner.clock.now()).toBe(1000);
});

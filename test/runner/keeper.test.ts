import { describe, expect, test } from 'vitest';
import { Runner } from '../../src/runner/runner.ts';
import { Clock } from '../../src/world/clock.ts';
import type { Keeper, Step } from '../../src/world/keeper.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { looks, noteScope, notes, notesWorld } from '../support/store.ts';

const call = { api: 'testtrack', name: 'addNote', input: {} } as const;

function started(refusal?: Error) {
  const told: (Step | 'reset')[] = [];
  const keeper: Keeper = {
    step: (step) => {
      if (refusal) throw refusal;
      told.push(step);
    },
    reset: () => void told.push('reset'),
    kept: () => undefined,
  };
  const runner = new Runner(notesWorld(), new Clock(() => 1000));
  runner.keepBy(keeper);
  return { runner, told };
}

describe('whoever keeps a world is told', () => {
  test('of every step in order: what changed, and the numbers that were given out', () => {
    const { runner, told } = started();
    const before = runner.world;
    runner.call(call, {
      run: (draft) => {
        draft.next('puts');
        draft.table(notes, noteScope).put({ id: 3, text: 'new' });
      },
    });
    expect(told).toMatchObject([
      {
        before,
        after: runner.world,
        changes: [{ path: `${noteScope}/notes`, key: 3, after: { id: 3, text: 'new' } }],
        counters: [['puts', 2]],
      },
    ]);
  });

  test('of what time has done, also when the call is refused', () => {
    const { runner, told } = started();
    const refused = () => {
      throw new ProductFault(22, 'locked', 'why');
    };
    const settle = (draft: Parameters<Parameters<Runner['change']>[0]>[0]) =>
      draft.table(notes, noteScope).delete(1);
    expect(() => runner.call(call, { settle, run: refused })).toThrow('locked');
    expect(told).toMatchObject([{ changes: [{ key: 1, after: undefined }] }]);
  });

  test('of a state that is restored, and of a reset', () => {
    const { runner, told } = started();
    const { world } = runner;
    runner.change((draft) => draft.table(notes, noteScope).delete(1));
    runner.restore(world);
    runner.reset();
    expect(told.slice(1)).toMatchObject([
      { after: world, changes: [{ key: 1, before: undefined }] },
      'reset',
    ]);
  });

  test('of nothing when nothing changed, and of no changes when only bookkeeping did', () => {
    const { runner, told } = started();
    runner.change(() => {});
    runner.change((draft) => draft.table(looks, noteScope).put({ id: 1, text: 'x' }));
    expect(told).toMatchObject([{ changes: [], counters: [] }]);
  });
});

test('a step that cannot be kept does not happen', () => {
  const { runner } = started(new Error('cannot be kept'));
  const before = runner.world;
  expect(() => runner.change((draft) => draft.table(notes, noteScope).delete(1))).toThrow('cannot be kept');
  expect(() => runner.restore(notesWorld())).toThrow('cannot be kept');
  expect(runner.world).toBe(before);
});

test('a world that is taken back is the one that goes on', () => {
  const { runner } = started();
  const before = runner.world;
  runner.change((draft) => draft.table(notes, noteScope).delete(1));
  runner.takeBack(before);
  expect(runner.world).toBe(before);
});

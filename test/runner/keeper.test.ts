import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { Runner } from '../../src/runner/runner.ts';
import { Clock } from '../../src/world/clock.ts';
import type { Draft } from '../../src/world/draft.ts';
import type { Keeper, Step } from '../../src/world/keeper.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import type { World } from '../../src/world/world.ts';
import { keptOf, looks, noteScope, notes, notesWorld } from '../support/store.ts';

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

describe('a keeper of a world is told', () => {
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

const act = fc.oneof(
  fc.record({
    name: fc.constant('put' as const),
    id: fc.integer({ min: 1, max: 6 }),
    text: fc.constantFrom('a', 'b'),
  }),
  fc.record({ name: fc.constant('delete' as const), id: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ name: fc.constantFrom('reset' as const, 'restore' as const) }),
);

function perform(runner: Runner, each: typeof act extends fc.Arbitrary<infer A> ? A : never): void {
  if (each.name === 'put')
    runner.change((draft) => draft.table(notes, noteScope).put({ id: each.id, text: each.text }));
  else if (each.name === 'delete') runner.change((draft) => draft.table(notes, noteScope).delete(each.id));
  else if (each.name === 'reset') runner.reset();
  else runner.restore(runner.seed);
}

const textsOf = (world: World): [number, string][] =>
  [...world.collection(notes, noteScope).values()].map(({ id, text }) => [id, text]);

/** What somebody holds who did all that a keeper was told. */
function heldAfter(told: readonly (Step | 'reset')[], seed: World): [number, string][] {
  let held = new Map(textsOf(seed));
  for (const step of told) {
    if (step === 'reset') held = new Map(textsOf(seed));
    else
      for (const { key, after } of step.changes) {
        if (after === undefined) held.delete(Number(key));
        else held.set(Number(key), (after as { text: string }).text);
      }
  }
  return [...held].sort();
}

test('a state is restored in steps: whatever happens in between, the keeper is told what leads to it', () => {
  const pause = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.record({ act, pause })), (acts) => {
      const { runner, told } = started();
      runner.change((draft) => draft.table(notes, noteScope).put({ id: 4, text: 'a' }));
      const target = runner.world;
      runner.change((draft) => draft.table(notes, noteScope).put({ id: 5, text: 'b' }));
      const restoring = runner.restoring(target);
      for (const each of acts) {
        const isOver = Array.from({ length: each.pause }, () => restoring.next()).some(({ done }) => done);
        if (isOver) break;
        perform(runner, each.act);
      }
      atOnce(restoring);
      expect(runner.world).toBe(target);
      expect(heldAfter(told, runner.seed)).toEqual(textsOf(target).sort());
    }),
  );
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

describe('whatever calls do, what time has done before them and whether they fail', () => {
  const deed = fc.record({
    what: fc.constantFrom('put', 'delete', 'look', 'count', 'putBack', 'nothing'),
    id: fc.integer({ min: 1, max: 4 }),
    text: fc.constantFrom('a', 'b'),
  });
  const deeds = fc.array(deed, { maxLength: 4 });
  const calls = fc.array(
    fc.record({
      settle: fc.option(deeds, { nil: undefined }),
      run: deeds,
      isRefused: fc.boolean(),
      refusedStep: fc.constantFrom(undefined, undefined, undefined, 0, 1),
    }),
    { minLength: 1, maxLength: 8 },
  );
  type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;
  type Wanted = Pick<
    typeof calls extends fc.Arbitrary<(infer C)[]> ? C : never,
    'settle' | 'run' | 'isRefused'
  >;

  /** Makes a call that may be refused, and may not be kept. */
  function tries(runner: Runner, { settle, run, isRefused }: Wanted): void {
    const effect = {
      ...(settle && { settle: (draft: Draft) => settle.forEach((each) => void does(draft, each)) }),
      run: (draft: Draft) => {
        for (const each of run) does(draft, each);
        if (isRefused) throw new ProductFault(22, 'refused', 'why');
      },
    };
    try {
      runner.call(call, effect);
    } catch (error) {
      expect(String(error)).toMatch(/refused|cannot be kept/);
    }
  }

  function does(draft: Draft, { what, id, text }: Deed): void {
    const table = draft.table(notes, noteScope);
    const before = table.get(id);
    if (what === 'put') table.put({ id, text });
    else if (what === 'delete') table.delete(id);
    else if (what === 'look') draft.table(looks, noteScope).put({ id, text });
    else if (what === 'count') draft.next('puts');
    else if (what === 'putBack' && before) {
      table.put({ id, text: 'for a moment' });
      table.put(before);
    }
  }

  test('the steps told lead from the world before to the one after, and outcomes name the changes of the call only', () => {
    fc.assert(
      fc.property(calls, (wanted) => {
        const runner = new Runner(notesWorld(), new Clock(() => 1000));
        /** What somebody has who only knows the steps. */
        const copy = { records: new Map<string, unknown>(), counters: new Map(notesWorld().counters) };
        const put = (name: string, record: unknown) =>
          void (record === undefined ? copy.records.delete(name) : copy.records.set(name, record));
        for (const note of runner.world.collection(notes, noteScope).values()) {
          put(`${noteScope}/notes ${note.id}`, note);
        }
        let stepsLeft = Number.POSITIVE_INFINITY;
        runner.keepBy({
          step: ({ before, changes, counters }) => {
            expect(before).toBe(runner.world);
            stepsLeft -= 1;
            if (stepsLeft < 0) throw new Error('cannot be kept');
            for (const { path, key, before: was, after } of changes) {
              expect(copy.records.get(`${path} ${key}`)).toBe(was);
              put(`${path} ${key}`, after);
            }
            for (const [name, last] of counters) copy.counters.set(name, last);
          },
          reset: () => {},
          kept: () => undefined,
        });
        runner.observe(({ before, after, changes }) => {
          const told = changes().map(({ key }) => key);
          const [had, has] = [before, after].map((world) => world.collection(notes, noteScope));
          const differ = [1, 2, 3, 4].filter((id) => had?.get(id) !== has?.get(id));
          expect([...told].sort()).toEqual(differ);
        });
        for (const { settle, run, isRefused, refusedStep } of wanted) {
          stepsLeft = refusedStep ?? Number.POSITIVE_INFINITY;
          tries(runner, { settle, run, isRefused });
          const { records, counters } = keptOf(runner.world);
          expect([...copy.records.values()].sort(byId)).toEqual(records[`${noteScope}/notes`] ?? []);
          expect(Object.fromEntries(copy.counters)).toEqual(counters);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const byId = (one: unknown, other: unknown): number =>
  (one as { id: number }).id - (other as { id: number }).id;

import { expect, test } from 'vitest';
import { Draft } from '../../src/world/draft.ts';
import { comparing, stepBetween } from '../../src/world/step-between.ts';
import { looks, noteScope, notes, notesWorld } from '../support/store.ts';

test('what leads from one world to another is what a draft would have done', () => {
  const before = notesWorld();
  const draft = new Draft(before);
  draft.table(notes, noteScope).put({ id: 3, text: 'new' });
  draft.table(notes, noteScope).put({ id: 1, text: 'changed' });
  draft.table(notes, noteScope).delete(2);
  draft.next('puts');
  const after = draft.commit();
  const step = stepBetween(before, after);
  const byKey = (list: readonly { key: string | number }[]) =>
    [...list].sort((a, b) => Number(a.key) - Number(b.key));
  expect(byKey(step.changes)).toEqual(byKey(draft.changes()));
  expect(step).toMatchObject({ before, after, counters: draft.movedCounters() });
});

test('a counter that the other world does not have begins anew', () => {
  const before = notesWorld();
  const draft = new Draft(before);
  draft.next('others');
  const after = draft.commit();
  expect(stepBetween(after, before).counters).toEqual([['others', 0]]);
});

test('volatile bookkeeping is no part of it, and equal worlds need no step', () => {
  const before = notesWorld();
  const draft = new Draft(before);
  draft.table(looks, noteScope).put({ id: 1, text: 'x' });
  const { changes, counters } = stepBetween(before, draft.commit());
  expect([changes, counters]).toEqual([[], []]);
});

test('two worlds of many records are compared in many steps, from both sides', () => {
  const draft = new Draft(notesWorld());
  for (let id = 1; id <= 20_000; id++) draft.table(notes, noteScope).put({ id, text: 'same' });
  const before = draft.commit();
  const later = new Draft(before);
  later.table(notes, noteScope).put({ id: 1, text: 'other' });
  const steps = [...comparing(before, later.commit())];
  expect(steps.filter((change) => change !== undefined)).toMatchObject([{ key: 1 }]);
  // One for each 512 keys of either side.
  expect(steps.length).toBeGreaterThan(2 * 35);
});

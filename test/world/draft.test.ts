import { expect, test } from 'vitest';
import { Draft } from '../../src/world/draft.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';

interface Note {
  readonly id: number;
  readonly text: string;
}
const notes = table<Note>('notes', { key: (note) => note.id });
const uses = table<Note>('uses', { key: (note) => note.id, isVolatile: true });

function worldWith(...texts: string[]): World {
  const draft = new Draft(new World('seed'));
  for (const text of texts) draft.table(notes, 'scope').put({ id: draft.next('note'), text });
  return draft.commit();
}

test('a draft that changed nothing commits to the very same world', () => {
  const world = worldWith('a');
  const draft = new Draft(world);
  draft.table(notes, 'scope').put(draft.table(notes, 'scope').get(1) ?? { id: 1, text: 'a' });
  expect(draft.commit()).toBe(world);
});

test('a draft that is dropped leaves the world as it was', () => {
  const world = worldWith('a');
  const draft = new Draft(world);
  draft.table(notes, 'scope').put({ id: 1, text: 'changed' });
  draft.table(notes, 'scope').delete(1);
  draft.next('note');
  expect(world.collection(notes, 'scope').get(1)).toEqual({ id: 1, text: 'a' });
  expect(world.counters.get('note')).toBe(1);
});

test('a number is never given twice, not even after its record was deleted', () => {
  const draft = new Draft(worldWith('a', 'b'));
  draft.table(notes, 'scope').delete(2);
  expect(draft.next('note')).toBe(3);
  draft.raise('note', 10);
  draft.raise('note', 4);
  expect(draft.next('note')).toBe(11);
});

test('the changes of a draft name each record once, with before and after', () => {
  const draft = new Draft(worldWith('a', 'b'));
  const open = draft.table(notes, 'scope');
  open.put({ id: 1, text: 'x' });
  open.put({ id: 1, text: 'y' });
  open.delete(2);
  open.put({ id: 3, text: 'gone again' });
  open.delete(3);
  expect(draft.changes()).toEqual([
    { path: 'scope/notes', key: 1, before: { id: 1, text: 'a' }, after: { id: 1, text: 'y' } },
    { path: 'scope/notes', key: 2, before: { id: 2, text: 'b' }, after: undefined },
  ]);
});

test('volatile bookkeeping is kept but is no change', () => {
  const draft = new Draft(worldWith());
  draft.table(uses, 'scope').put({ id: 1, text: 'used' });
  expect(draft.changes()).toEqual([]);
  expect(draft.commit().collection(uses, 'scope').size).toBe(1);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Draft } from '../../../src/world/draft.ts';
import { Rebuild } from '../../../src/world/store/rebuild.ts';
import { TableRegistry } from '../../../src/world/store/table-registry.ts';
import { World } from '../../../src/world/world.ts';
import { noteScope, notes, noteTables } from '../../support/store.ts';

const path = `${noteScope}/notes` as const;
const id = fc.integer({ min: 1, max: 5 });
const text = fc.constantFrom('a', 'b', 'c');
const entry = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: fc.record({ id, text }) }) },
  { weight: 2, arbitrary: fc.record({ gone: id }) },
  { weight: 1, arbitrary: fc.constant('reset' as const) },
);
const files = {
  load: () => {
    throw new Error('no file is named');
  },
};

test('whatever entries come in whatever order, on nothing or on something, the last of each key counts', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ id, text })), fc.array(entry), (before, entries) => {
      const draft = new Draft(new World('seed'));
      for (const note of before) draft.table(notes, noteScope).put(note);
      const base = draft.commit();
      const build = new Rebuild(base, { tables: new TableRegistry(noteTables), files, migrations: [] });
      const began = new Map(before.map((note) => [note.id, note.text]));
      let due = new Map(began);
      let touched = new Set<number>();
      for (const each of entries) {
        if (each === 'reset') {
          build.reset();
          due = new Map(began);
          touched = new Set();
        } else if ('put' in each) {
          build.apply(build.read([path, { ...each.put }]));
          due.set(each.put.id, each.put.text);
          touched.add(each.put.id);
        } else {
          build.apply(build.read([path, null, each.gone]));
          due.delete(each.gone);
          touched.add(each.gone);
        }
      }
      expect([...(build.touched().get(path) ?? [])].sort()).toEqual([...touched].sort());
      const found = build.world().collection(notes, noteScope);
      expect([...found.values()].map((note) => [note.id, note.text]).sort()).toEqual([...due].sort());
    }),
  );
});

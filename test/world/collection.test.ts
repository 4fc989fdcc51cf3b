import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Collection } from '../../src/world/collection.ts';
import { table } from '../../src/world/table.ts';

interface Person {
  readonly id: number;
  readonly name: string;
  readonly tags: readonly string[];
}

const people = table('people', {
  key: (person: Person) => person.id,
  indexes: { name: (person: Person) => person.name, tag: (person: Person) => person.tags },
});

const ann = { id: 1, name: 'Ann', tags: ['a', 'b'] };
const bob = { id: 2, name: 'Bob', tags: ['b'] };

describe('a collection', () => {
  test('finds a record by key and by every value of an index', () => {
    const both = Collection.empty(people).with(ann).with(bob);
    expect(both.get(1)).toEqual(ann);
    expect(both.keysBy('name', 'Bob')).toEqual([2]);
    expect(both.keysBy('tag', 'b').sort()).toEqual([1, 2]);
    expect(both.countBy('tag', 'b')).toBe(2);
    expect(both.countBy('tag', 'nobody')).toBe(0);
  });

  test('is a value: a change gives a new one and leaves the old', () => {
    const before = Collection.empty(people).with(ann);
    const after = before.with({ ...ann, name: 'Anna', tags: [] }).with(bob);
    expect(before.keysBy('name', 'Ann')).toEqual([1]);
    expect(after.keysBy('name', 'Ann')).toEqual([]);
    expect(after.keysBy('name', 'Anna')).toEqual([1]);
    expect(before.size).toBe(1);
  });

  test('freezes what it is given, with everything in it', () => {
    const stored = Collection.empty(people)
      .with({ id: 3, name: 'C', tags: ['x'] })
      .get(3);
    expect(Object.isFrozen(stored)).toBe(true);
    expect(Object.isFrozen(stored?.tags)).toBe(true);
  });

  test('never matches a bigint, so that a number beyond 2^53 finds nothing instead of a neighbour', () => {
    const one = Collection.empty(people).with(ann);
    expect(one.get(1n)).toBeUndefined();
    expect(one.keysBy('name', 1n)).toEqual([]);
  });

  test('that is built or changed at once equals one that is record by record, and stays so through changes', () => {
    const person = fc.record({
      id: fc.integer({ min: 1, max: 20 }),
      name: fc.constantFrom('Ann', 'Bob', 'Cy'),
      tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    });
    const people1 = fc.uniqueArray(person, { selector: ({ id }) => id });
    fc.assert(
      fc.property(
        people1,
        fc.array(person),
        fc.array(fc.integer({ min: 1, max: 20 })),
        (start, puts, removals) => {
          const begun = Collection.of<Person, typeof people.indexes>(people, start);
          const atOnce = new Map<number, Person | undefined>(puts.map((each) => [each.id, each]));
          for (const id of removals) atOnce.set(id, undefined);
          const changed = begun.withAll(atOnce);
          let built = begun;
          let grown = Collection.empty(people);
          for (const each of start) grown = grown.with(each);
          for (const each of puts) {
            built = built.with(each);
            grown = grown.with(each);
          }
          for (const id of removals) {
            built = built.without(id);
            grown = grown.without(id);
          }
          expect(built.sorted()).toEqual(grown.sorted());
          expect(changed.sorted()).toEqual(grown.sorted());
          expect(changed.sorted().every((each) => Object.isFrozen(each))).toBe(true);
          expect(begun.sorted()).toEqual([...start].sort((a, b) => a.id - b.id));
          for (const name of ['Ann', 'Bob', 'Cy']) {
            const wanted = built.sorted().filter((each) => each.name === name);
            expect(built.keysBy('name', name).sort()).toEqual(wanted.map(({ id }) => id).sort());
            expect(changed.keysBy('name', name).sort()).toEqual(wanted.map(({ id }) => id).sort());
            expect(grown.countBy('name', name)).toBe(wanted.length);
            expect(begun.countBy('name', name)).toBe(start.filter((each) => each.name === name).length);
          }
        },
      ),
    );
  });
});

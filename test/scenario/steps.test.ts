import { expect, test } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { loadingScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { type ExportForm, exportText } from '../../src/scenario/state/export-text.ts';
import { Collection } from '../../src/world/collection.ts';
import { CollectionMaker } from '../../src/world/collection-maker.ts';
import { table } from '../../src/world/table.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

/** In how many steps a scenario is made whose project or suite generates these records. */
function stepsFor(generate: Readonly<Record<string, number>>, place: 'project' | 'suite'): number {
  const users = [{ login: 'ann', password: '', first: 'Ann', last: 'Onym' }];
  const scenario =
    place === 'project'
      ? { twintrack: 1, testtrack: { projects: [{ name: 'P', users, generate }] } }
      : { twintrack: 1, aptest: { users: ['ann'], suites: [{ name: 'S', generate }] } };
  const steps = loadingScenario(scenario, { now: 0, sections: productSections });
  let count = 0;
  while (!steps.next().done) count += 1;
  return count;
}

test.each([
  ['project', 'users', {}],
  ['project', 'customers', {}],
  ['project', 'defects', {}],
  ['project', 'tasks', { defects: 1 }],
  ['project', 'testCases', {}],
  ['project', 'testRuns', { testCases: 1 }],
  ['project', 'requirements', {}],
  ['project', 'requirementDocuments', { requirements: 1 }],
  ['suite', 'tests', {}],
  ['suite', 'requirements', {}],
  ['suite', 'sets', { tests: 5 }],
  ['suite', 'sessions', { tests: 5, sets: 1 }],
] as const)('each generated record of a %s in %s is a step of its own', (place, kind, others) => {
  const few = stepsFor({ ...others, [kind]: 5 }, place);
  const many = stepsFor({ ...others, [kind]: 45 }, place);
  expect(many - few).toBeGreaterThanOrEqual(40);
});

test.each([
  ['json', 'state.json'],
  ['lines', 'state.jsonl'],
] as const)(
  'reading a record of a state as %s is a step of its own, and so is looking at it',
  (form, name) => {
    const folder = new ScenarioFolder();
    try {
      const stepsOf = (defects: number) => stepsToRead(folder.write(name, exportOf(defects, form)));
      expect(stepsOf(45) - stepsOf(5)).toBeGreaterThanOrEqual(2 * 40);
    } finally {
      folder.remove();
    }
  },
);

function exportOf(defects: number, form: ExportForm): string {
  const project = { name: 'P', generate: { defects } };
  const scenario = { twintrack: 1, testtrack: { projects: [project] } };
  const { world, clock } = atOnce(loadingScenario(scenario, { now: 0, sections: productSections }));
  return [...exportText(world, clock, form)].join('');
}

function stepsToRead(file: string): number {
  const steps = loadingScenario(file, { now: 0, sections: productSections });
  let count = 0;
  while (!steps.next().done) count += 1;
  return count;
}

test('a value that finds many records is put into its index in many steps', () => {
  const numbers = table<{ id: number }, { all: () => string }>('numbers', {
    key: ({ id }) => id,
    indexes: { all: () => 'all' },
  });
  const maker = new CollectionMaker(numbers);
  for (let id = 0; id < 10_000; id++) maker.add({ id });
  const making = Collection.made(maker);
  let steps = 0;
  let next = making.next();
  for (; !next.done; next = making.next()) steps += 1;
  expect(steps).toBeGreaterThan(50);
  expect(next.value.countBy('all', 'all')).toBe(10_000);
});

test('a collection of many records is made in many steps', () => {
  const numbers = table<{ id: number }, { half: (record: { id: number }) => number }>('numbers', {
    key: ({ id }) => id,
    indexes: { half: ({ id }) => Math.floor(id / 2) },
  });
  const records = Array.from({ length: 10_000 }, (_, id) => ({ id }));
  const making = Collection.making(numbers, records);
  let steps = 0;
  let next = making.next();
  for (; !next.done; next = making.next()) steps += 1;
  expect(steps).toBeGreaterThan(100);
  expect(next.value.size).toBe(10_000);
});

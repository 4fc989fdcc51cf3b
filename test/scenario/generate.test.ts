import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { exportedScenario } from '../../src/scenario/state/exported.ts';
import { testTrackProblems } from '../../src/testtrack/invariants.ts';
import { defects, projectScope, requirements, testCases } from '../../src/testtrack/model/tables.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const scope = projectScope('Project');
function load(generate: object, rest: object = {}, seed = 'one') {
  const users = [
    { login: 'ann', last: 'A' },
    { login: 'bob', last: 'B' },
  ];
  const projects = [{ name: 'Project', users, defects: [{ summary: 'Written' }], generate, ...rest }];
  const scenario = { twintrack: 1, seed, testtrack: { projects } };
  return loadScenario(scenario, { now, sections: productSections }).world;
}
const textOf = (world: ReturnType<typeof load>) =>
  JSON.stringify(exportedScenario(world, { mode: 'real' }).state);

describe('generated items', () => {
  const world = load({ defects: 300, testCases: 40, requirements: 50 });

  test('stand behind those that are written out, as many as wanted', () => {
    expect(world.collection(defects, scope).get(1)?.summary).toBe('Written');
    expect(world.collection(defects, scope).size).toBe(301);
    expect(world.collection(testCases, scope).size).toBe(40);
    expect(world.collection(requirements, scope).size).toBe(50);
    expect(testTrackProblems(world)).toEqual([]);
  });

  test('look real: different texts, several states and people, one after another, none in the future', () => {
    const all = world.collection(defects, scope).sorted().slice(1);
    const different = (of: (defect: (typeof all)[number]) => unknown) => new Set(all.map(of)).size;
    expect(different(({ summary }) => summary)).toBeGreaterThan(280);
    expect(different(({ state }) => state)).toBeGreaterThan(2);
    expect(different(({ enteredBy }) => enteredBy)).toBe(2);
    expect(different(({ priority }) => priority)).toBe(4);
    const times = all.map(({ created }) => created.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.max(...all.map(({ modified }) => modified.at))).toBeLessThanOrEqual(now);
  });

  test('are the same for the same seed, and others for another one', () => {
    const again = load({ defects: 300, testCases: 40, requirements: 50 });
    expect(textOf(again)).toBe(textOf(world));
    expect(textOf(load({ defects: 300, testCases: 40, requirements: 50 }, {}, 'two'))).not.toBe(
      textOf(world),
    );
  });

  test('do not change when more of another kind are wanted', () => {
    const more = load({ defects: 300, testCases: 2, requirements: 50 });
    const of = (from: typeof world) =>
      from
        .collection(defects, scope)
        .sorted()
        .map(({ summary }) => summary);
    expect(of(more)).toEqual(of(world));
  });

  test('need no users', () => {
    expect(load({ defects: 20 }, { users: [], defects: [] }).collection(defects, scope).size).toBe(20);
  });

  test.each([-1, 1.5, 2_000_000, '5'])('%j of them are refused', (count) => {
    expect(() => load({ defects: count })).toThrow('testtrack.projects[0].generate.defects');
  });
});

import { describe, expect, test } from 'vitest';
import { apTestProblems } from '../../../src/aptest/invariants.ts';
import { suiteScope } from '../../../src/aptest/model/installation.ts';
import { sessions, sets } from '../../../src/aptest/model/run-head.ts';
import {
  testCases as aptestCases,
  requirements as aptestRequirements,
} from '../../../src/aptest/model/test-case.ts';
import { noteEntries } from '../../../src/aptest/model/test-run.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { exportedScenario } from '../../../src/scenario/state/exported.ts';
import { testTrackProblems } from '../../../src/testtrack/invariants.ts';
import {
  defects,
  documentNodes,
  folderItems,
  projectScope,
  publicFolders,
  requirementDocuments,
  requirementRecords,
  tasks,
  testCaseRecords,
  testRunRecords,
  users,
} from '../../../src/testtrack/model/tables.ts';

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
    expect(world.collection(testCaseRecords, scope).size).toBe(40);
    expect(world.collection(requirementRecords, scope).size).toBe(50);
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

  test('can be of every kind, and name one another', () => {
    const every = {
      users: 30,
      customers: 20,
      defects: 20,
      tasks: 10,
      testCases: 10,
      testRuns: 15,
      requirements: 40,
      requirementDocuments: 3,
      folders: 12,
    };
    const full = load(every);
    const size = ({ name }: { readonly name: string }) => full.collections.get(`${scope}/${name}`)?.size;
    expect(size(users)).toBe(52);
    expect([tasks, testCaseRecords, testRunRecords, requirementDocuments, publicFolders].map(size)).toEqual([
      10, 10, 15, 3, 12,
    ]);
    expect(size(documentNodes)).toBeGreaterThan(10);
    expect(size(folderItems)).toBeGreaterThan(10);
    const people = full.collection(users, scope).sorted();
    expect(new Set(people.map(({ login }) => login).filter((login) => login !== '')).size).toBe(32);
    expect(
      new Set(
        full
          .collection(defects, scope)
          .sorted()
          .map(({ enteredBy }) => enteredBy),
      ).size,
    ).toBeGreaterThan(5);
    expect(testTrackProblems(full)).toEqual([]);
    expect(textOf(load(every))).toBe(textOf(full));
  });

  test('give nobody a login that somebody has', () => {
    const names = load({ users: 400 })
      .collection(users, scope)
      .sorted()
      .map(({ login }) => login);
    const taken = names.slice(0, 50).map((login) => ({ login: login.toUpperCase(), last: 'T' }));
    expect(load({ users: 400 }, { customers: taken.slice(2) }).collection(users, scope).size).toBe(450);
  });

  test('that need others are refused where there are none', () => {
    expect(() => load({ testRuns: 1 })).toThrow(
      'scenario  testtrack.projects[0].generate.testRuns: this project has no test cases to run',
    );
    expect(() => load({ requirements: 1 }, { requirementTypes: [] })).toThrow(
      'testtrack.projects[0].generate.requirements: this project has no requirement types',
    );
  });

  test('run cases by record ID in a project without numbers', () => {
    const world = load({ testCases: 3, testRuns: 5 }, { autoNumbers: false });
    expect(world.collection(testRunRecords, scope).size).toBe(5);
  });

  test('need no users', () => {
    expect(load({ defects: 20 }, { users: [], defects: [] }).collection(defects, scope).size).toBe(20);
  });

  test.each([-1, 1.5, 2_000_000, '5'])('%j of them are refused', (count) => {
    expect(() => load({ defects: count })).toThrow('testtrack.projects[0].generate.defects');
  });
});

describe('generated suites', () => {
  const suiteOf = (generate: object, rest: object = {}) => ({
    name: 'Generated',
    variables: [{ name: 'os', values: ['Linux', 'Mac'] }],
    tests: ['Written/One'],
    sets: [{ path: 'all' }],
    generate,
    ...rest,
  });
  function loadSuite(suite: object, seed = 'one') {
    const users = ['ann', 'bob', { name: 'gone', disabled: true }];
    const aptest = { token: 'token', users, suites: [suite] };
    return loadScenario({ twintrack: 1, seed, aptest }, { now, sections: productSections }).world;
  }
  const generate = { tests: 400, requirements: 60, sets: 8, sessions: 12 };
  const world = loadSuite(suiteOf(generate));
  const suite = suiteScope('Generated');
  const cases = world.collection(aptestCases, suite).sorted();

  test('have tests, requirements, sets and sessions behind those that are written out', () => {
    expect(cases).toHaveLength(401);
    expect(world.collection(aptestRequirements, suite).size).toBe(60);
    expect(world.collection(sets, suite).size).toBe(9);
    expect(world.collection(sessions, suite).size).toBe(12);
    expect(apTestProblems(world)).toEqual([]);
  });

  test('look real: folders, several results and testers, sessions on many days, none in the future', () => {
    const folders = new Set(cases.map(({ id }) => id.split('/').slice(0, -1).join('/')));
    expect(folders.size).toBe(17);
    const runs = world.collection(sessions, suite).sorted();
    const codes = new Set(runs.flatMap(({ results }) => Object.keys(results)));
    expect([...codes].sort()).toEqual(['fail', 'pass', 'untested']);
    expect(new Set(runs.map(({ ctime }) => Math.floor(ctime / 86_400))).size).toBe(12);
    expect(runs.every(({ mtime }) => mtime <= now / 1000)).toBe(true);
    expect(runs.every(({ variables }) => ['Linux', 'Mac'].includes(String(variables.os)))).toBe(true);
    const testers = new Set([...world.collection(noteEntries, suite).values()].map(({ user }) => user));
    expect([...testers].sort()).toEqual(['ann', 'bob']);
  });

  test('are the same to the byte for the same seed, and others for another one', () => {
    expect(textOf(loadSuite(suiteOf(generate)))).toBe(textOf(world));
    expect(textOf(loadSuite(suiteOf(generate), 'two'))).not.toBe(textOf(world));
    const own = suiteOf({ ...generate, seed: 'mine' });
    const tests = (from: typeof world) =>
      from
        .collection(aptestCases, suite)
        .sorted()
        .map(({ id }) => id)
        .sort();
    expect(tests(loadSuite(own, 'two'))).toEqual(tests(loadSuite(own, 'three')));
  });

  test('can be loaded from their export', () => {
    const exported = exportedScenario(world, { mode: 'frozen', now });
    const again = loadScenario(JSON.parse(JSON.stringify(exported)), { now, sections: productSections });
    expect(textOf(again.world)).toBe(textOf(world));
  });

  test('need what they are made of', () => {
    const bare = { tests: [], sets: [] };
    expect(() => loadSuite(suiteOf({ sets: 1 }, bare))).toThrow(
      'scenario  aptest.suites[0].generate.sets: this suite has no tests to make sets of',
    );
    expect(() => loadSuite(suiteOf({ tests: 3, sessions: 1 }, bare))).toThrow(
      'scenario  aptest.suites[0].generate.sessions: this suite has no sets to make sessions of',
    );
    expect(loadSuite(suiteOf({ tests: 3 }, bare)).collection(aptestCases, suite).size).toBe(3);
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections as sections } from '../../../src/scenario/sections.ts';
import { defects, projectScope } from '../../../src/testtrack/model/tables.ts';
import { ScenarioFolder } from '../../support/scenarios.ts';

const folder = new ScenarioFolder();
afterAll(() => folder.remove());

const first = Date.parse('2026-01-31T09:15:00Z');
const later = Date.parse('2026-03-02T15:00:00Z');
const text = (summary: string) => `# A scenario that is read again and again.
twintrack: 1
testtrack:
  projects:
    - name: Tiny
      users: [{ login: administrator, last: Admin, groups: [Administrators] }]
      defects: [{ summary: ${summary} }]
`;

const load = (file: string, now = first) => loadScenario(file, { now, sections }).world;
const defectOf = (world: ReturnType<typeof load>) =>
  [...world.collection(defects, projectScope('Tiny')).values()][0];

describe('a scenario that is read again', () => {
  test('gives the same state', () => {
    const file = folder.write('same.yaml', text('Same'));
    const [one, other] = [load(file), load(file)];
    expect(defectOf(other)).toEqual(defectOf(one));
    expect(other.collections.toJS()).toEqual(one.collections.toJS());
  });

  test('starts at the time of its new start', () => {
    const file = folder.write('time.yaml', text('Time'));
    expect(defectOf(load(file))?.created.at).toBe(first);
    expect(defectOf(load(file, later))?.created.at).toBe(later);
  });

  test('is read anew when its text has changed, or that of a file it extends', () => {
    const file = folder.write('changed.yaml', text('Before'));
    const extending = folder.write('extending.yaml', 'twintrack: 1\nextends: changed.yaml\n');
    expect([defectOf(load(file))?.summary, defectOf(load(extending))?.summary]).toEqual(['Before', 'Before']);
    folder.write('changed.yaml', text('After'));
    expect([defectOf(load(file))?.summary, defectOf(load(extending))?.summary]).toEqual(['After', 'After']);
  });

  test('is refused again when it was wrong, at the place in the file that is named now', () => {
    const wrong = text('Wrong').replace('summary:', 'sumary:');
    for (const name of ['one.yaml', 'two.yaml', 'one.yaml']) {
      const file = folder.write(name, wrong);
      expect(() => load(file)).toThrow(`${file}:7:`);
    }
  });

  test('tells a dangling name in the file that is named now', () => {
    const dangling = text('Dangling').replace(
      '[{ summary: Dangling }]',
      '[{ summary: X, enteredBy: nobody }]',
    );
    for (const name of ['three.yaml', 'four.yaml']) {
      const file = folder.write(name, dangling);
      expect(() => load(file)).toThrow(`${file}:7:`);
    }
  });
});

test('a scenario that a program gives as data is checked anew each time, and stays as it is', () => {
  const data = { twintrack: 1, testtrack: { projects: [{ name: 'Tiny', defects: [{ summary: 'One' }] }] } };
  const summary = () => defectOf(loadScenario(data, { now: first, sections }).world)?.summary;
  expect(summary()).toBe('One');
  const [project] = data.testtrack.projects;
  if (project) project.defects = [{ summary: 'Two' }];
  expect(summary()).toBe('Two');
});

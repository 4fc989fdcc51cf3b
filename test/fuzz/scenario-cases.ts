import { stringify } from 'yaml';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { demoSection } from '../support/aptest.ts';
import { tinyScenario, twoUsersScenario } from '../support/scenarios.ts';
import { everyKind } from '../support/session-calls.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { mutated } from './mutate.ts';

const documents: readonly object[] = [
  tinyScenario,
  tinyScenario,
  twoUsersScenario,
  twoUsersScenario,
  { twintrack: 1, testtrack: { projects: [{ name: 'Project', ...everyKind }] } },
  { twintrack: 1, aptest: demoSection() },
];
const yaml = documents.map((each) => stringify(each));
const json = documents.map((each) => JSON.stringify(each));

/** A scenario file with a few bytes changed: it is loaded, or refused with the places that are wrong. */
export function scenarioCase(fuzz: FuzzCase): void {
  const { chance } = fuzz;
  const isJson = chance.happens(0.5);
  const bytes = Buffer.from(chance.of(isJson ? json : yaml));
  const text = (chance.happens(0.05) ? bytes : mutated(bytes, chance)).toString();
  const file = isJson ? 'fuzz.json' : 'fuzz.yaml';
  try {
    fuzz.timed('loading a scenario', () => loadScenario(file, { now: 0, sections: productSections, text }));
    fuzz.count('a scenario', true);
  } catch (error) {
    fuzz.count('a scenario', false);
    if (!(error instanceof ScenarioError)) fuzz.mistake('loading a scenario', error);
    else fuzz.mustTellNothing('loading a scenario', error.message);
  }
}

import { afterAll, expect, test } from 'vitest';
import { scenarioFileBeside } from '../../src/scenario/served-folder.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

const folder = new ScenarioFolder();
afterAll(() => folder.remove());

test('who controls a twin hears no names of files that lie beside its scenario', () => {
  const served = folder.write('served.yaml', 'twintrack: 1\n');
  const secret = folder.write('secret.yaml', 'twintrack: 1\n');
  expect(scenarioFileBeside(served, 'secret.yaml')).toBe(secret);
  expect(() => scenarioFileBeside(served, 'secre.yaml')).toThrow(/there is no file "secre\.yaml"/);
  expect(() => scenarioFileBeside(served, 'secre.yaml')).not.toThrow(/secret\.yaml/);
});

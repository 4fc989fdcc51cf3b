import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scriptWarnings } from '../../src/fault-rules/warnings.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { scenarioSchema } from '../../src/scenario/schema.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

const page = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);

test('every example of docs/scenarios.md is sound and warns of nothing', () => {
  const folder = new ScenarioFolder();
  try {
    for (const example of examples) {
      const file = folder.write('example.yaml', example);
      const { world } = loadScenario(file, {
        now: Date.parse('2026-03-02T09:00:00Z'),
        sections: productSections,
      });
      expect(scriptWarnings(world)).toEqual([]);
    }
    expect(examples).toHaveLength(3);
  } finally {
    folder.remove();
  }
});

test('docs/scenarios.md names every key at the top of a scenario', () => {
  for (const key of Object.keys(scenarioSchema(productSections).shape)) expect(page).toContain(`\`${key}\``);
});

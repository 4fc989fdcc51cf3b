import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flagOf } from '../../src/cli/setting-options.ts';
import { scriptWarnings } from '../../src/fault-rules/warnings.ts';
import { settingNames, settingsTable } from '../../src/http/settings.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text);

test('the README opens with exactly two set-up commands', () => {
  expect(page).toMatch(/^# Twintrack\n\n```sh\nnpm ci && npm start\nnpm ci && npm test\n```\n/);
});

test('the README names every limit, with its default and what it limits', () => {
  const rows = settingNames.map((name) => {
    const { default: initial, meaning } = settingsTable[name];
    return `| \`${flagOf(name)}\` | ${initial} | ${meaning} |`;
  });
  const [, table = ''] = /\| Option \| Default \|.*\|\n\|[-|]+\n(.*?)\n\n/s.exec(page) ?? [];
  expect(table.split('\n')).toEqual(rows);
});

test('the scenario of the README, with its script at the end, is sound and warns of nothing', () => {
  const folder = new ScenarioFolder();
  try {
    const file = folder.write('my.yaml', blocks('yaml').join(''));
    const { world } = loadScenario(file, { now: 0, sections: productSections });
    expect(scriptWarnings(world)).toEqual([]);
    expect(blocks('yaml')).toHaveLength(2);
  } finally {
    folder.remove();
  }
});

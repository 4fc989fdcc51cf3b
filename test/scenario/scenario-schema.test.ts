import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaFile, schemaText } from '../../scripts/scenario-schema.ts';

test('scenarios/scenario.schema.json is up to date; `npm run scenario:schema` writes it', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(schemaText());
});

test('every example scenario tells editors where its schema is', () => {
  const folder = new URL('.', schemaFile);
  const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(examples).not.toEqual([]);
  for (const name of examples) {
    expect(readFileSync(new URL(name, folder), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/,
    );
  }
});

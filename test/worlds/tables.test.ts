import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { tableRegistry, tables } from '../../src/worlds/tables.ts';

const src = path.join(import.meta.dirname, '../..', 'src');

/** The names of all tables that the models of a room declare. */
async function declaredIn(room: string): Promise<string[]> {
  const names = new Set<string>();
  for (const file of readdirSync(path.join(src, room)).filter((name) => name.endsWith('.ts'))) {
    const module: object = await import(pathToFileURL(path.join(src, room, file)).href);
    for (const value of Object.values(module) as unknown[]) {
      if (typeof value === 'object' && value !== null && 'isVolatile' in value && 'name' in value)
        names.add(String(value.name));
    }
  }
  return [...names].sort();
}

test.each([
  ['testtrack/model', 'testtrack'],
  ['aptest/model', 'aptest'],
  ['fault-rules', 'twintrack'],
])('every table of src/%s can be written down', async (room, product) => {
  const known = (tables[product] ?? []).map(({ name }) => name);
  expect(known.sort()).toEqual(await declaredIn(room));
});

test('a table is found by its path', () => {
  expect(tableRegistry.at('testtrack:A/B/defects').name).toBe('defects');
  expect(() => tableRegistry.at('aptest/defects')).toThrow('no table for "aptest/defects"');
});

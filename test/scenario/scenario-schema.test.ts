import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every example scenario tells editors where its schema is', () => {
  const folder = new URL('../../scenarios/', import.meta.url);
  const examples = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(examples).not.toEqual([]);
  for (const name of examples) {
    expect(readFileSync(new URL(name, folder), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/,
    );
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../src/aptest/commands/index.ts';
import { operations } from '../../src/testtrack/operations/index.ts';

interface OfferedName {
  readonly const?: string;
  readonly description?: string;
}

const schema = JSON.parse(
  readFileSync(new URL('../../scenarios/scenario.schema.json', import.meta.url), 'utf8'),
) as {
  properties: {
    script: { items: { properties: { when: { properties: { operation: { anyOf: OfferedName[] } } } } } };
  };
};

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

test('an editor is offered every operation and command for a rule, with what it does', () => {
  const { anyOf } = schema.properties.script.items.properties.when.properties.operation;
  const offered = anyOf.flatMap(({ const: name, description }) =>
    name !== undefined && description ? [name] : [],
  );
  expect(new Set(offered)).toEqual(
    new Set([...Object.keys(operations), ...commands.map(({ name }) => name)]),
  );
  expect(anyOf).toContainEqual({
    const: 'assignSet',
    description: expect.stringMatching(/^rpc\.mpl: Assigns the tests of a set to users/),
  });
  expect(anyOf.at(-1)).toEqual({ type: 'string' });
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from '../../../src/testtrack/operations/index.ts';

// The names of these operations are put together in the code, so a comment spells them for those who searches the text.

const folder = new URL('../../../src/testtrack/operations/', import.meta.url);

interface Composed {
  readonly family: string;
  readonly spelled: readonly string[];
}

const composed: readonly Composed[] = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return [...text.matchAll(/((?:^ *\/\/.*\n)*)^.*recordLifecycle\('(\w+)'/gm)].map(
    ([, comment = '', family = '']) => ({ family, spelled: comment.match(/\w+/g) ?? [] }),
  );
});

test('every composed life cycle is found', () => {
  const lists = composed.map(({ family }) => family);
  expect(lists.sort()).toEqual([
    'Customer',
    'Defect',
    'Link',
    'Requirement',
    'RequirementDocument',
    'Task',
    'TestCase',
    'TestConfig',
    'TestRun',
    'User',
  ]);
});

test.each(composed)(
  'a text search for an operation of the life cycle of $family finds it',
  ({ family, spelled }) => {
    const isOne = new RegExp(
      `^(?:(?:get|edit|delete)${family}(?:ByRecordID)?|(?:add|save|cancelSave)${family})$`,
    );
    expect([...spelled].sort()).toEqual(
      Object.keys(operations)
        .filter((name) => isOne.test(name))
        .sort(),
    );
  },
);

import { expect, test } from 'vitest';
import type { FieldDefinition } from '../../../src/aptest/model/definitions.ts';
import { stepsOf } from '../../../src/aptest/rules/test-steps.ts';

const testCase = (fields: Readonly<Record<string, string>>) => ({
  uuid: 'u',
  id: 'A.bts',
  position: 0,
  fields,
});
const inLines: FieldDefinition[] = [
  { name: 'steps', type: 'textarea', flags: [] },
  { name: 'expected', type: 'textarea', flags: [] },
];
const inTable: FieldDefinition[] = [{ name: 'process', type: 'table', flags: [] }, ...inLines];

test('the lines of steps and expected results go together by their number', () => {
  expect(stepsOf(inLines, testCase({ steps: 'Open\r\nClose\n', expected: 'It opens' }))).toEqual([
    { step: 'Open', expected: 'It opens' },
    { step: 'Close', expected: '' },
  ]);
  expect(stepsOf(inLines, testCase({ expected: 'Nothing\nbreaks' }))).toHaveLength(2);
});

test('a field of type table has a step on each line, with a bar before what is expected', () => {
  const fields = { process: 'Open | It opens\nWait\nPress | a | b', steps: 'of no use here' };
  expect(stepsOf(inTable, testCase(fields))).toEqual([
    { step: 'Open', expected: 'It opens' },
    { step: 'Wait', expected: '' },
    { step: 'Press', expected: 'a | b' },
  ]);
});

test('a test case without steps has none', () => {
  expect(stepsOf(inLines, testCase({}))).toEqual([]);
  expect(stepsOf([], testCase({ steps: 'not in the schema' }))).toEqual([]);
});

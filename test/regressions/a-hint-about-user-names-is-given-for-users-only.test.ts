import { expect, test } from 'vitest';
import { faultOf, project } from '../support/testtrack.ts';

const { tt, cookie } = project();

test('a hint about user names is given for fields that hold users only', () => {
  const hintOf = (pDefect: object) => faultOf(() => tt.addDefect({ cookie, pDefect })).hint;
  expect(hintOf({ summary: '' })).toBe('Summary of Defect must have a value.');
  expect(hintOf({ summary: 'x', enteredby: 'Nobody' })).toContain(
    'A user name that nobody has counts as none.',
  );
});

test('a column in the wrong case is told how it is written', () => {
  const columnlist = [{ name: 'record id' }];
  const fault = faultOf(() => tt.getRecordListForTable({ cookie, tablename: 'Defect', columnlist }));
  expect([fault.code, fault.hint]).toEqual([11, expect.stringContaining('"Record ID"')]);
});

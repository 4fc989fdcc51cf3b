import { expect, test } from 'vitest';
import { familyOfTable } from '../../../src/testtrack/kinds/index.ts';
import { recordTables } from '../../../src/testtrack/model/record-tables.ts';

test('items of every family can be followed to their records', () => {
  for (const [table, family] of familyOfTable)
    expect([table, recordTables[table]]).toEqual([table, family.records]);
});

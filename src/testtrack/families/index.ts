import type { Family } from '../family/family.ts';
import type { TableName } from '../rules/table-names.ts';
import { defectFamily } from './defect.ts';
import { testConfigFamily } from './test-config.ts';
import { userFamily } from './user.ts';

/** A family whose types nobody needs to know: for what works on records of any table. */
export type AnyFamily = Family<{ readonly recordId: number }, object>;

const all = [defectFamily, testConfigFamily, userFamily];

/** The family behind each table that has one. */
export const familyOfTable: ReadonlyMap<TableName, AnyFamily> = new Map(
  all.map((family) => [family.table, family as unknown as AnyFamily]),
);

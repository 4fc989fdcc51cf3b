import type { Family } from '../lifecycle/family.ts';
import type { TableName } from '../rules/table-names.ts';
import { defectFamily } from './defect.ts';
import { folderFamilies } from './folder.ts';
import { linkFamily } from './link.ts';
import { requirementFamily } from './requirement.ts';
import { requirementDocumentFamily } from './requirement-document.ts';
import { taskFamily } from './task.ts';
import { testCaseFamily } from './test-case.ts';
import { testConfigFamily } from './test-config.ts';
import { testRunFamily } from './test-run.ts';
import { customerFamily, userFamily } from './user.ts';

/** A family whose types nobody needs to know: for what works on records of any table. */
export type AnyFamily = Family<{ readonly recordId: number }, object>;

const all = [
  defectFamily,
  folderFamilies.public,
  linkFamily,
  testCaseFamily,
  testRunFamily,
  testConfigFamily,
  userFamily,
  customerFamily,
  taskFamily,
  requirementFamily,
  requirementDocumentFamily,
];

/** The family behind each table that has one. */
export const familyOfTable: ReadonlyMap<TableName, AnyFamily> = new Map(
  all.map((family) => [family.table, family as unknown as AnyFamily]),
);

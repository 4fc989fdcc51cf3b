import type { Table } from '../../world/table.ts';
import {
  defects,
  links,
  publicFolders,
  reports,
  requirementDocuments,
  requirementRecords,
  tasks,
  testCaseRecords,
  testConfigs,
  testRunRecords,
  testVariants,
  users,
} from './tables.ts';

/** A table of records whose type nobody needs to know. */
export type AnyRecordTable = Table<{ readonly recordId: number }>;

const tables = {
  Customer: users,
  Defect: defects,
  Folder: publicFolders,
  Links: links,
  Report: reports,
  Requirement: requirementRecords,
  'Requirement Document': requirementDocuments,
  Task: tasks,
  'Test Case': testCaseRecords,
  'Test Config': testConfigs,
  'Test Run': testRunRecords,
  'Test Variant': testVariants,
  User: users,
};

/**
 * Which of our tables holds the records of a table of the wire: for rules that follow a reference to an item of
 * any kind, such as links and folders. Kept apart from the families so that families can use those rules.
 */
export const recordTables = tables as unknown as Readonly<Record<string, AnyRecordTable>>;

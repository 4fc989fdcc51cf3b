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

/** What a table of the wire is: where its records are, and what one of them is called. */
interface RecordTable {
  readonly records: AnyRecordTable;
  /** What one record is called in sentences. */
  readonly noun: string;
  /** What addresses call the table; none for a table that has no addresses. */
  readonly address?: string;
}

/**
 * The tables, by their names on the wire and in the order the product lists them. [documented; of the addresses those
 * of customers, defects, folders, reports, requirements and documents, the others inferred]
 */
const declared = {
  Customer: { records: users, noun: 'customer', address: 'cust' },
  Defect: { records: defects, noun: 'defect', address: 'dfct' },
  Folder: { records: publicFolders, noun: 'folder', address: 'fold' },
  Links: { records: links, noun: 'link' },
  Report: { records: reports, noun: 'report', address: 'rprt' },
  Requirement: { records: requirementRecords, noun: 'requirement', address: 'rqmt' },
  'Requirement Document': { records: requirementDocuments, noun: 'requirement document', address: 'rdmt' },
  Task: { records: tasks, noun: 'task', address: 'task' },
  'Test Case': { records: testCaseRecords, noun: 'test case', address: 'tcas' },
  'Test Config': { records: testConfigs, noun: 'test configuration', address: 'tcfg' },
  'Test Run': { records: testRunRecords, noun: 'test run', address: 'trun' },
  'Test Variant': { records: testVariants, noun: 'test variant' },
  User: { records: users, noun: 'user', address: 'user' },
};
export type TableName = keyof typeof declared;

const all = Object.entries(declared as unknown as Readonly<Record<TableName, RecordTable>>);

export const tableNames = Object.keys(declared) as readonly string[] as readonly TableName[];

/**
 * Which of our tables holds the records of a table of the wire: for rules that follow a reference to an item of
 * any kind, such as links and folders. Kept apart from the families so that families can use those rules.
 */
export const recordTables: Readonly<Record<string, AnyRecordTable>> = Object.fromEntries(
  all.map(([name, { records }]) => [name, records]),
);

/** What addresses call the tables that have some. */
export const addressNames: Readonly<Record<string, string>> = Object.fromEntries(
  all.flatMap(([name, { address }]) => (address === undefined ? [] : [[name, address]])),
);

/** The wire's name of one of our tables; for users and customers, who share one, that of users. */
export const wireNames: ReadonlyMap<object, TableName> = new Map(
  all.map(([name, { records }]) => [records, name as TableName]),
);

/** What one record of a table of the wire is called in sentences. */
export function nounFor(table: TableName): string {
  return declared[table].noun;
}

/** The names that the numbers of a table's items are counted under. */
export function itemCounters(table: TableName): { readonly recordId: string; readonly number: string } {
  const recordId = nounFor(table).replaceAll(' ', '-');
  return { recordId, number: `${recordId}-number` };
}

const nouns: ReadonlyMap<object, string> = new Map(all.map(([, { records, noun }]) => [records, noun]));

/** What one record of a table of ours is called in sentences. */
export function nounOf(table: { readonly name: string }): string {
  return nouns.get(table) ?? table.name;
}

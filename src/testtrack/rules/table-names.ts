import { recordTables, type TableName } from '../model/record-tables.ts';

export { type TableName, tableNames } from '../model/record-tables.ts';

/** The tables of items: what has a workflow, and what a JSON query can be asked of. [documented] */
export const itemTables: readonly TableName[] = [
  'Defect',
  'Test Case',
  'Test Run',
  'Requirement',
  'Requirement Document',
];

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(recordTables, name);
}
